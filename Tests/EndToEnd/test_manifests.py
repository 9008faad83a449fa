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
    scanners = sorted({manifest["scanner"] for manifest in MANIFESTS if "scanner" in manifest})
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
    "AWS::ECS::CapacityProvider", "AWS::EMR::SecurityConfiguration", "AWS::KafkaConnect::Connector"}
NOT_COLLECTED = {
    ("AWS::ApiGatewayV2::Api", "Authorizers", "500"), ("AWS::Backup::BackupVault", "Policy", "404"),
    ("AWS::Connect::Instance", "ContactflowLogs", "404"), ("AWS::ElasticBeanstalk::Environment", "Settings", "500"),
    ("AWS::ElasticBeanstalk::Environment", "Properties", "500")}
# What cannot be made in moto. BuiltinTypesTests makes them up.
NONE = {"AWS::DocDB::DBCluster", "AWS::DocDB::DBClusterSnapshot", "AWS::EKS::AccessEntry"}


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


@pytest.mark.parametrize("name, tags", [
    ("AWS::EC2::VPC", {"Name": "vpc-1", "empty": ""}),  # Key, Value
    ("AWS::ECS::Cluster", {"team": "a"}),  # key, value
    ("AWS::KMS::Key", {"team": "a"}),  # TagKey, TagValue
    ("AWS::Lambda::Function", {"team": "a"}),  # a map
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", {"Name": "one"}),  # in a list of descriptions
    ("AWS::SQS::Queue", {"team": "a"}),  # a call for them
])
def test_tags_of_all_forms(collected, name, tags):
    assert tags in [resource["tags"] for resource in collected[0][name]]


@pytest.mark.parametrize("name, path, expected", [
    ("AWS::SQS::Queue", "Policy.Statement.0.Principal", "*"),
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
