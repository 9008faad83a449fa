"""Instances, their disks and images, Auto Scaling, Lambda, Step Functions, Beanstalk, WorkSpaces."""
import io
import json
import zipfile

ROLE = "arn:aws:iam::123456789012:role/first"


def seed(aws):
    seed_instances(aws("ec2"))
    seed_scaling(aws("autoscaling"), aws("application-autoscaling"), aws("dynamodb"))
    seed_functions(aws("lambda"))
    for name in ("one", "two"):
        aws("stepfunctions").create_state_machine(
            name=name, roleArn=ROLE, definition=json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}),
            loggingConfiguration={"level": "ALL", "includeExecutionData": False})
        aws("elasticbeanstalk").create_application(ApplicationName=name)
        aws("elasticbeanstalk").create_environment(
            ApplicationName=name, EnvironmentName=f"stage-{name}", SolutionStackName="64bit Amazon Linux 2 v5 running Node.js")
        aws("cloudformation").create_stack(
            StackName=name, Parameters=[{"ParameterKey": "Name", "ParameterValue": name}], Tags=[{"Key": "team", "Value": "a"}],
            TemplateBody=json.dumps({
                "Parameters": {"Name": {"Type": "String"}},
                "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": "Name"}}}},
                "Outputs": {"Name": {"Value": {"Ref": "Name"}}}}))


def seed_instances(ec2):
    ec2.enable_ebs_encryption_by_default()
    group = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"][0]["GroupId"]
    instances = ec2.run_instances(
        ImageId="ami-12c6146b", MinCount=2, MaxCount=2, InstanceType="t3.micro", SecurityGroupIds=[group],
        UserData="#!/bin/sh\necho made-up", MetadataOptions={"HttpTokens": "required", "HttpEndpoint": "enabled"},
        IamInstanceProfile={"Name": "first"},
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "a<b>&c"}]}])["Instances"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    for index, instance in enumerate(instances):
        ec2.create_image(InstanceId=instance["InstanceId"], Name=f"image-{index}")
        volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=8 + index, Encrypted=True)["VolumeId"]
        snapshot = ec2.create_snapshot(VolumeId=volume, Description="a copy")["SnapshotId"]
        ec2.modify_snapshot_attribute(
            SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", GroupNames=["all"])
        ec2.create_launch_template(
            LaunchTemplateName=f"template-{index}",
            LaunchTemplateData={"ImageId": "ami-12c6146b", "MetadataOptions": {"HttpTokens": "required"},
                                "NetworkInterfaces": [{"DeviceIndex": 0, "AssociatePublicIpAddress": True}]})
        ec2.create_launch_template_version(
            LaunchTemplateName=f"template-{index}", LaunchTemplateData={"InstanceType": "t3.micro"})
        ec2.request_spot_fleet(SpotFleetRequestConfig={
            "IamFleetRole": ROLE, "TargetCapacity": 1, "AllocationStrategy": "lowestPrice", "SpotPrice": "0.1",
            "LaunchSpecifications": [{
                "ImageId": "ami-12c6146b", "InstanceType": "t3.micro", "SpotPrice": "0.1", "WeightedCapacity": 1.0,
                "SubnetId": subnet}]})


def seed_scaling(autoscaling, application, dynamodb):
    for name in ("one", "two"):
        autoscaling.create_launch_configuration(
            LaunchConfigurationName=name, ImageId="ami-12c6146b", InstanceType="t3.micro", AssociatePublicIpAddress=True)
        autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name, LaunchConfigurationName=name, MinSize=0, MaxSize=0, AvailabilityZones=["us-east-1a"],
            Tags=[{"Key": "team", "Value": "a", "PropagateAtLaunch": True, "ResourceId": name, "ResourceType": "auto-scaling-group"}])
        dynamodb.create_table(
            TableName=f"scaled-{name}", BillingMode="PROVISIONED", AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}], ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1})
        application.register_scalable_target(
            ServiceNamespace="dynamodb", ResourceId=f"table/scaled-{name}", ScalableDimension="dynamodb:table:ReadCapacityUnits",
            MinCapacity=1, MaxCapacity=9)


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(zipfile.ZipInfo("main.py", (2026, 1, 1, 0, 0, 0)), "def handle(event, context): return 1")
    return buffer.getvalue()


def seed_functions(functions):
    for name in ("one", "two"):
        functions.create_function(
            FunctionName=name, Runtime="python3.11", Role=ROLE, Handler="main.handle", Code={"ZipFile": archive()},
            Environment={"Variables": {"STAGE": "test"}}, Tags={"team": "a"}, Timeout=5,
            TracingConfig={"Mode": "Active"}, DeadLetterConfig={"TargetArn": "arn:aws:sqs:us-east-1:123456789012:first"})
        functions.add_permission(
            FunctionName=name, StatementId="all", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
        functions.create_function_url_config(FunctionName=name, AuthType="NONE", Cors={"AllowOrigins": ["*"]})
        functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=5)
        functions.publish_layer_version(LayerName=f"layer-{name}", Content={"ZipFile": archive()}, CompatibleRuntimes=["python3.11"])
