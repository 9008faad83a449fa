"""Every resource type, collected from an account that has resources of many kinds."""
import functools
import importlib
import json
import sys

import pytest
import yaml

import conftest
from aws_server import AWSServer

sys.path.insert(0, str(conftest.ROOT / "Tests" / "Live"))
from live_account import SEEDS  # noqa: E402
from reference import client  # noqa: E402

MANIFESTS = [
    yaml.safe_load(path.read_text()) for path in sorted((conftest.ROOT / "Sources/Resources/manifests").glob("*.yaml"))]
TYPES = [manifest["resource"] for manifest in MANIFESTS]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The resources of a full scan by type, and what could not be listed."""
    repository = conftest.Repository(tmp_path_factory.mktemp("all") / "posture")
    scanners = sorted({part["scanner"] for manifest in MANIFESTS for part in [
        manifest, *manifest.get("attributes", {}).values()] if "scanner" in part})
    repository.write("tenants/prod.yaml", f"{conftest.TENANT}regions: [us-east-1]\nscanners: [{', '.join(scanners)}]\n")
    repository.commit()
    with AWSServer() as server:
        aws = functools.cache(lambda service: client(service, server.url))
        for name in SEEDS:
            importlib.import_module(f"seeds.{name}").seed(aws)
        result = repository.scan(server.url)
    assert result.code in (0, 1, 3), result
    by_type = {}
    for resource in repository.resources():
        by_type.setdefault(resource["type"], []).append(resource)
    return by_type, json.loads(repository.show("parapet/snapshots", "prod/_scan.json"))


# What moto does not implement.
NOT_LISTED = {
    "AWS::AccessAnalyzer::Analyzer", "AWS::Backup::RecoveryPoint", "AWS::CodeBuild::ReportGroup", "AWS::EC2::ClientVpnEndpoint",
    "AWS::ECS::CapacityProvider", "AWS::EMR::SecurityConfiguration", "AWS::KafkaConnect::Connector",
    "AWS::NetworkFirewall::FirewallPolicy", "AWS::NetworkFirewall::RuleGroup", "AWS::RedshiftServerless::Namespace",
    "AWS::RedshiftServerless::Workgroup", "AWS::SSM::AssociationCompliance", "AWS::SSM::ManagedInstance",
    "AWS::SSM::PatchCompliance", "AWS::SageMaker::FeatureGroup", "AWS::SageMaker::MonitoringSchedule", "AWS::WAF::Rule",
    "AWS::WAF::RuleGroup", "AWS::WAF::WebACL", "AWS::WAFRegional::Rule", "AWS::WAFRegional::RuleGroup",
    "AWS::WAFRegional::WebACL"}
NOT_COLLECTED = {
    ("AWS::ApiGatewayV2::Api", "Authorizers", "500"), ("AWS::Backup::BackupVault", "Policy", "404"),
    ("AWS::Connect::Instance", "ContactflowLogs", "404"), ("AWS::ElasticBeanstalk::Environment", "Settings", "500"),
    ("AWS::ElasticBeanstalk::Environment", "Properties", "500"),
    # It sends a map where a truth value is due.
    *(("AWS::SES::ConfigurationSet", f"{member}Options", "UnexpectedContentType")
      for member in ("Delivery", "Reputation", "Sending", "Tracking"))}
# What cannot be made in moto: BuiltinTypesTests makes it up. Ordinary buckets must not pass for directory buckets.
NONE = {
    "AWS::DocDB::DBCluster", "AWS::DocDB::DBClusterSnapshot", "AWS::EKS::AccessEntry", "AWS::S3Express::DirectoryBucket"}


@pytest.mark.parametrize("name", TYPES)
def test_resources_are_collected(collected, name):
    by_type, scan = collected
    gaps = [gap for gap in scan["gaps"] if gap["type"] == name]
    if name in NOT_LISTED:
        assert [gap["code"] in ("404", "500") for gap in gaps] == [True]
        return
    assert not gaps
    if name in NONE:
        assert name not in by_type
        return
    assert by_type.get(name), "nothing was collected"
    for resource in by_type[name]:
        assert resource["arn"].startswith("arn:aws:"), resource["arn"]
        for member, code in resource.get("uncollected", {}).items():
            assert (name, member, code) in NOT_COLLECTED


def test_each_cluster_has_one_type(collected):
    engines = {name: {one["config"]["Engine"] for one in collected[0].get(name, [])} for name in TYPES if "DBCluster" in name}
    assert all(name.partition("::")[2].startswith("RDS") or len(found) <= 1 for name, found in engines.items())
    assert not engines["AWS::RDS::DBCluster"] & {"neptune", "docdb"}
    assert not engines["AWS::RDS::DBClusterSnapshot"] & {"neptune", "docdb"}


@pytest.mark.parametrize("name, tags", [
    ("AWS::EC2::VPC", {"Name": "vpc-1", "empty": ""}),  # Key, Value
    ("AWS::ECS::Cluster", {"team": "a"}),  # key, value
    ("AWS::KMS::Key", {"team": "a"}),  # TagKey, TagValue
    ("AWS::Lambda::Function", {"team": "a"}),  # a map
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", {"Name": "one"}),  # in a list of descriptions
    ("AWS::SQS::Queue", {"team": "a"}),  # a call for them
    ("AWS::IAM::Role", {"team": "first"}),  # a call for those of all roles
])
def test_tags_of_all_forms(collected, name, tags):
    assert tags in [resource["tags"] for resource in collected[0][name]]


@pytest.mark.parametrize("name, path, expected", [
    ("AWS::SQS::Queue", "Policy.Statement.0.Principal", "*"),
    ("AWS::::Account", "S3PublicAccessBlock.BlockPublicAcls", True),
    ("AWS::::Account", "CredentialReport.mfa_active", True),
    ("AWS::::Account", "ContactInformation.PhoneNumber.Length", 11),
    ("AWS::::Account", "SecurityContact.AlternateContactType", "SECURITY"),
    ("AWS::::Account", "SecurityContact.EmailAddress.Length", 13),
    ("AWS::::Region", "Inspector.resourceState.ec2.status", "ENABLED"),
    ("AWS::::Region", "InstanceMetadataDefaults.HttpTokens", "required"),
    ("AWS::::Region", "SnapshotBlockPublicAccess", "block-new-sharing"),
    ("AWS::EC2::VPCBlockPublicAccessOptions", "InternetGatewayBlockMode", "off"),
    ("AWS::IAM::Group", "Users.0.UserName", "first"),
    ("AWS::IAM::Group", "InlinePolicies.0.PolicyDocument.Statement.0.Resource", "*"),
    ("AWS::IAM::InstanceProfile", "Roles.0.RoleName", "first"),
    ("AWS::IAM::Policy", "Document.Statement.0.Action", ["*"]),
    ("AWS::IAM::Policy", "Arn", "arn:aws:iam::aws:policy/SecurityAudit"),
    ("AWS::IAM::Role", "AttachedPolicies.0.PolicyName", "first"),
    ("AWS::IAM::Role", "InlinePolicies.0.PolicyDocument.Statement.0.Resource", "*"),
    ("AWS::IAM::Role", "InstanceProfiles.0.InstanceProfileName", "first"),
    ("AWS::IAM::Role", "PermissionsBoundary.PermissionsBoundaryArn", "arn:aws:iam::123456789012:policy/second"),
    ("AWS::IAM::User", "AttachedPolicies.0.PolicyName", "first"),
    ("AWS::IAM::User", "CredentialReport.mfa_active", True),
    ("AWS::IAM::User", "GroupList", ["first", "second"]),
    ("AWS::IAM::User", "InlinePolicies.0.PolicyDocument.Statement.0.Resource", "*"),
    ("AWS::Macie::Session", "AutomatedDiscoveryStatus", "DISABLED"),
    ("AWS::Macie::Session", "ClassificationJobs.0.bucketDefinitions.0.buckets", ["first-bucket"]),
    ("AWS::SecurityHub::Hub", "EnabledStandards.0.StandardsStatus", "READY"),
    ("AWS::SSM::ServiceSetting", "SettingValue", "Enable"),
    ("AWS::SNS::Topic", "Attributes.Policy.Version", "2008-10-17"),
    ("AWS::Lambda::Function", "Environment.Variables.Keys", ["STAGE"]),
    ("AWS::EFS::FileSystem", "Policy.Version", "2012-10-17"),
    ("AWS::EKS::Nodegroup", "scalingConfig.maxSize", 2),
    ("AWS::ECS::TaskSet", "networkConfiguration.awsvpcConfiguration.assignPublicIp", "ENABLED"),
    ("AWS::ECR::Image", "Scan.imageScanStatus.status", "COMPLETE"),
    ("AWS::ECR::Registry", "ScanningConfiguration.rules.0.scanFrequency", "SCAN_ON_PUSH"),
    ("AWS::DMS::ReplicationTask", "ReplicationTaskSettings.Logging.EnableLogging", True),
    ("AWS::Events::EventBus", "Policy.Statement.0.Action", "events:PutEvents"),
    ("AWS::Glue::MLTransform", "TransformEncryption.MlUserDataEncryption.MlUserDataEncryptionMode", "SSE-KMS"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "Targets.0.Target.Id", "10.1.0.10"),
    ("AWS::RDS::DBCluster", "Parameters.0.ParameterName", "rds.force_ssl"),
    ("AWS::DynamoDB::Table", "ScalableTargets.1.MaxCapacity", 9),
    ("AWS::DynamoDB::Table", "ContinuousBackups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus", "ENABLED"),
    ("AWS::ApiGateway::Stage", "variables.Keys", ["key"]),
    ("AWS::EC2::LaunchTemplate", "Versions.0.LaunchTemplateData.MetadataOptions.HttpTokens", "required"),
    ("AWS::EC2::Snapshot", "CreateVolumePermissions", [{"Group": "all"}]),
    ("AWS::ECS::TaskDefinition", "containerDefinitions.0.environment.Keys", ["STAGE"]),
    ("AWS::CodeBuild::Project", "environment.environmentVariables.Keys", ["STAGE"]),
    ("AWS::RDS::DBParameterGroup", "Parameters.0", {"ParameterName": "require_secure_transport", "ParameterValue": "1"}),
    ("AWS::Redshift::ClusterParameterGroup", "Parameters.0.ParameterName", "auto_analyze"),
    ("AWS::S3::AccessPoint", "PublicAccessBlock.BlockPublicPolicy", True),
    ("AWS::S3::Bucket", "OwnershipControls.Rules.0.ObjectOwnership", "BucketOwnerPreferred"),
    ("AWS::S3::Bucket", "Lifecycle.0.Expiration.Days", 30),
    ("AWS::S3::MultiRegionAccessPoint", "PublicAccessBlock.RestrictPublicBuckets", True),
    ("AWS::SSM::Document", "SharedWith", ["111122223333"]),
    ("AWS::SageMaker::ModelBiasJobDefinition", "JobResources.ClusterConfig.InstanceCount", 1),
    ("AWS::WAFv2::WebACL", "Scope", "CLOUDFRONT"),
])
def test_documents_hold_what_was_made(collected, name, path, expected):
    def value(document):
        for part in path.split("."):
            document = document[int(part)] if isinstance(document, list) else (document or {}).get(part)
        return document

    found = []
    for resource in collected[0][name]:
        try:
            found.append(value(resource["config"]))
        except IndexError:
            pass
    assert expected in found
