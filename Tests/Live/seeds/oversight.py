"""CloudTrail, CloudWatch, logs, Config, GuardDuty, Security Hub, Inspector, Macie, Systems Manager, Connect."""
import json


def seed(aws):
    for name in ("one", "two"):
        seed_trail(aws("cloudtrail"), name)
        aws("cloudwatch").put_metric_alarm(
            AlarmName=name, MetricName="m", Namespace="n", Statistic="Sum", Period=300, EvaluationPeriods=1, Threshold=1.5,
            ComparisonOperator="GreaterThanOrEqualToThreshold", AlarmActions=["arn:aws:sns:us-east-1:123456789012:first"],
            Dimensions=[{"Name": "a", "Value": "b & c"}])
        seed_logs(aws("logs"), name)
        aws("config").put_configuration_aggregator(
            ConfigurationAggregatorName=name, AccountAggregationSources=[{"AccountIds": ["123456789012"], "AllAwsRegions": True}])
        seed_systems(aws("ssm"), name)
        aws("connect").create_instance(
            IdentityManagementType="CONNECT_MANAGED", InstanceAlias=name, InboundCallsEnabled=True, OutboundCallsEnabled=True)
    config = aws("config")
    config.put_configuration_recorder(ConfigurationRecorder={
        "name": "default", "roleARN": "arn:aws:iam::123456789012:role/first",
        "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True}})
    config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": "first-bucket"})
    config.start_configuration_recorder(ConfigurationRecorderName="default")
    aws("guardduty").create_detector(Enable=True, FindingPublishingFrequency="SIX_HOURS", Tags={"team": "a"})
    aws("guardduty").enable_organization_admin_account(AdminAccountId="111122223333")
    aws("securityhub").enable_security_hub()
    aws("inspector2").enable(resourceTypes=["EC2", "ECR"], accountIds=["123456789012"])
    aws("macie2").enable_macie(findingPublishingFrequency="ONE_HOUR", status="ENABLED")


def seed_trail(cloudtrail, name):
    cloudtrail.create_trail(
        Name=name, S3BucketName="first-bucket", IsMultiRegionTrail=True, EnableLogFileValidation=True,
        TagsList=[{"Key": "team", "Value": "a"}])
    cloudtrail.start_logging(Name=name)
    cloudtrail.put_event_selectors(TrailName=name, EventSelectors=[
        {"ReadWriteType": "All", "IncludeManagementEvents": True,
         "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}])
    cloudtrail.put_insight_selectors(TrailName=name, InsightSelectors=[{"InsightType": "ApiCallRateInsight"}])


def seed_logs(logs, name):
    group = f"/app/{name}"
    logs.create_log_group(logGroupName=group, tags={"team": "a"})
    logs.put_retention_policy(logGroupName=group, retentionInDays=365)
    logs.put_metric_filter(
        logGroupName=group, filterName=name, filterPattern="{ $.errorCode = \"*Unauthorized*\" }",
        metricTransformations=[{"metricName": name, "metricNamespace": "n", "metricValue": "1"}])
    logs.put_resource_policy(policyName=name, policyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=[
        {"timestamp": 1_700_000_000_000 + index, "message": f"line {index} <&> é"} for index in range(3)])


def seed_systems(ssm, name):
    ssm.put_parameter(Name=f"/app/{name}", Value="made-up", Type="SecureString", Tags=[{"Key": "team", "Value": "a"}])
    ssm.create_document(
        Name=f"Document-{name}", DocumentType="Command", DocumentFormat="JSON", Content=json.dumps(
            {"schemaVersion": "2.2", "description": "d", "mainSteps": [
                {"action": "aws:runShellScript", "name": "run", "inputs": {"runCommand": ["true"]}}]}))
    ssm.modify_document_permission(
        Name=f"Document-{name}", PermissionType="Share", AccountIdsToAdd=["111122223333"])
    ssm.create_patch_baseline(Name=name, OperatingSystem="AMAZON_LINUX_2", Description="d")
