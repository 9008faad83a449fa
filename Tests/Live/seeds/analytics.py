"""Athena, EMR, Glue, OpenSearch, SageMaker, CodeBuild, WorkSpaces, service catalogue."""

import json

ROLE = "arn:aws:iam::123456789012:role/first"


def seed(aws):
    for name in ("one", "two"):
        aws("athena").create_work_group(
            Name=name, Description="d", Configuration={"EnforceWorkGroupConfiguration": True, "ResultConfiguration": {
                "OutputLocation": "s3://first-bucket/", "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"}}})
        aws("opensearch").create_domain(
            DomainName=name, EngineVersion="OpenSearch_2.11", EncryptionAtRestOptions={"Enabled": True},
            NodeToNodeEncryptionOptions={"Enabled": True}, DomainEndpointOptions={"EnforceHTTPS": True})
        seed_emr(aws("emr"), name)
        seed_glue(aws("glue"), name)
        seed_builds(aws("codebuild"), name)
        aws("servicecatalog").create_portfolio(DisplayName=name, ProviderName="p", IdempotencyToken=name)
    aws("emr").put_block_public_access_configuration(BlockPublicAccessConfiguration={
        "BlockPublicSecurityGroupRules": True, "PermittedPublicSecurityGroupRuleRanges": [{"MinRange": 22, "MaxRange": 22}]})
    aws("glue").put_resource_policy(PolicyInJson=json.dumps({"Version": "2012-10-17", "Statement": []}))
    seed_sagemaker(aws("sagemaker"))
    seed_workspaces(aws("ds"), aws("workspaces"), aws("ec2"))


def seed_emr(emr, name):
    emr.run_job_flow(
        Name=name, ReleaseLabel="emr-6.15.0", ServiceRole="EMR_DefaultRole", JobFlowRole="EMR_EC2_DefaultRole",
        Instances={"MasterInstanceType": "m5.xlarge", "InstanceCount": 1, "KeepJobFlowAliveWhenNoSteps": True},
        Tags=[{"Key": "team", "Value": "a"}])
    emr.create_security_configuration(Name=name, SecurityConfiguration="{\"EncryptionConfiguration\": {}}")


def seed_glue(glue, name):
    glue.create_connection(ConnectionInput={
        "Name": name, "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:mysql://db/d", "USERNAME": "u"}})
    glue.create_dev_endpoint(EndpointName=name, RoleArn=ROLE)
    glue.create_job(
        Name=name, Role=ROLE, Command={"Name": "glueetl", "ScriptLocation": "s3://first-bucket/a.py"}, MaxCapacity=2.5,
        DefaultArguments={"--job-language": "python"}, GlueVersion="4.0")
    glue.create_ml_transform(
        Name=name, Role=ROLE, InputRecordTables=[{"DatabaseName": "d", "TableName": "t"}],
        Parameters={"TransformType": "FIND_MATCHES", "FindMatchesParameters": {"PrimaryKeyColumnName": "k"}},
        TransformEncryption={"MlUserDataEncryption": {"MlUserDataEncryptionMode": "SSE-KMS", "KmsKeyId": "k"}})
    glue.create_security_configuration(Name=name, EncryptionConfiguration={
        "S3Encryption": [{"S3EncryptionMode": "SSE-S3"}], "CloudWatchEncryption": {"CloudWatchEncryptionMode": "DISABLED"}})


def seed_builds(codebuild, name):
    codebuild.create_project(
        name=name, source={"type": "S3", "location": "first-bucket/source"}, artifacts={"type": "NO_ARTIFACTS"}, serviceRole=ROLE,
        environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL",
                     "environmentVariables": [{"name": "STAGE", "value": "test", "type": "PLAINTEXT"}]})
    for _ in range(2):
        codebuild.start_build(projectName=name)


def seed_sagemaker(sagemaker):
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/one:v1"
    cluster = {"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 20}}
    endpoint = {"EndpointInput": {"EndpointName": "e", "LocalPath": "/opt/ml"}}
    output = {"MonitoringOutputs": [{"S3Output": {"S3Uri": "s3://first-bucket/out", "LocalPath": "/opt/ml"}}]}
    for name in ("one", "two"):
        sagemaker.create_model(
            ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer={"Image": image}, EnableNetworkIsolation=True,
            VpcConfig={"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]})
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[
            {"VariantName": "v", "ModelName": name, "InitialInstanceCount": 1, "InstanceType": "ml.m5.large", "InitialVariantWeight": 1.0}])
        sagemaker.create_notebook_instance_lifecycle_config(
            NotebookInstanceLifecycleConfigName=name, OnStart=[{"Content": "ZWNobyBtYWRlLXVw"}])
        sagemaker.create_notebook_instance(
            NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=ROLE, DirectInternetAccess="Enabled",
            LifecycleConfigName=name, RootAccess="Enabled")
        sagemaker.create_domain(
            DomainName=name, AuthMode="IAM", DefaultUserSettings={"ExecutionRole": ROLE}, SubnetIds=["subnet-1"], VpcId="vpc-1")
        sagemaker.create_feature_group(
            FeatureGroupName=name, RecordIdentifierFeatureName="i", EventTimeFeatureName="t", RoleArn=ROLE,
            FeatureDefinitions=[{"FeatureName": "i", "FeatureType": "String"}, {"FeatureName": "t", "FeatureType": "Fractional"}],
            OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://first-bucket/features"}})
        sagemaker.create_model_package_group(ModelPackageGroupName=name, ModelPackageGroupDescription="d")
        sagemaker.create_model_package(
            ModelPackageGroupName=name, InferenceSpecification={"Containers": [{"Image": image}],
                                                                "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]})
        sagemaker.create_training_job(
            TrainingJobName=name, AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"}, RoleArn=ROLE,
            OutputDataConfig={"S3OutputPath": "s3://first-bucket/out"},
            ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
            StoppingCondition={"MaxRuntimeInSeconds": 60}, EnableInterContainerTrafficEncryption=True)
        sagemaker.create_processing_job(
            ProcessingJobName=name, ProcessingResources=cluster, AppSpecification={"ImageUri": image}, RoleArn=ROLE,
            Environment={"STAGE": "test"})
        common = {"JobDefinitionName": name, "JobResources": cluster, "RoleArn": ROLE}
        sagemaker.create_data_quality_job_definition(
            **common, DataQualityAppSpecification={"ImageUri": image}, DataQualityJobInput=endpoint, DataQualityJobOutputConfig=output)
        sagemaker.create_model_explainability_job_definition(
            **common, ModelExplainabilityAppSpecification={"ImageUri": image, "ConfigUri": "s3://first-bucket/c"},
            ModelExplainabilityJobInput=endpoint, ModelExplainabilityJobOutputConfig=output)
        truth = {**endpoint, "GroundTruthS3Input": {"S3Uri": "s3://first-bucket/truth"}}
        sagemaker.create_model_bias_job_definition(
            **common, ModelBiasAppSpecification={"ImageUri": image, "ConfigUri": "s3://first-bucket/c"}, ModelBiasJobInput=truth,
            ModelBiasJobOutputConfig=output)
        sagemaker.create_model_quality_job_definition(
            **common, ModelQualityAppSpecification={"ImageUri": image, "ProblemType": "Regression"}, ModelQualityJobInput=truth,
            ModelQualityJobOutputConfig=output)


def seed_workspaces(ds, workspaces, ec2):
    subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"][:2]
    directory = ds.create_directory(
        Name="corp.example.org", Password="Made-up-1", Size="Small",
        VpcSettings={"VpcId": subnets[0]["VpcId"], "SubnetIds": [subnet["SubnetId"] for subnet in subnets]})["DirectoryId"]
    workspaces.register_workspace_directory(DirectoryId=directory)
    workspaces.create_workspaces(Workspaces=[
        {"DirectoryId": directory, "UserName": name, "BundleId": "wsb-1", "RootVolumeEncryptionEnabled": True,
         "UserVolumeEncryptionEnabled": True, "VolumeEncryptionKey": "k"} for name in ("one", "two")])
