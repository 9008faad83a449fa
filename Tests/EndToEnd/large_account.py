"""An account of some 2,000 resources of many types, over two regions."""
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import boto3
import botocore.config
import jmespath

REGIONS = ["eu-west-1", "us-east-1"]
GLOBAL_REGION = "us-east-1"
SCANNERS = [
    "s3", "iam", "ec2", "ebs", "network", "messaging", "cloudwatch", "kms", "databases", "secrets", "containers", "lambda"]
THREADS = 12

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
INLINE = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})

# type -> how boto3 lists it: service, method, members of the answer, the id, further input. None of the types is global
# but S3's and IAM's.
LISTS = {
    "AWS::S3::Bucket": ("s3", "list_buckets", "Buckets[].Name", {}),
    "AWS::IAM::User": ("iam", "list_users", "Users[].UserName", {}),
    "AWS::IAM::Role": ("iam", "list_roles", "Roles[].RoleName", {}),
    "AWS::IAM::Policy": ("iam", "list_policies", "Policies[].PolicyName", {"Scope": "Local"}),
    "AWS::IAM::Group": ("iam", "list_groups", "Groups[].GroupName", {}),
    "AWS::EC2::Instance": ("ec2", "describe_instances", "Reservations[].Instances[].InstanceId", {}),
    "AWS::EC2::Volume": ("ec2", "describe_volumes", "Volumes[].VolumeId", {}),
    "AWS::EC2::Snapshot": ("ec2", "describe_snapshots", "Snapshots[].SnapshotId", {"OwnerIds": ["self"]}),
    "AWS::EC2::SecurityGroup": ("ec2", "describe_security_groups", "SecurityGroups[].GroupId", {}),
    "AWS::EC2::NetworkInterface": ("ec2", "describe_network_interfaces", "NetworkInterfaces[].NetworkInterfaceId", {}),
    "AWS::EC2::VPC": ("ec2", "describe_vpcs", "Vpcs[].VpcId", {}),
    "AWS::EC2::Subnet": ("ec2", "describe_subnets", "Subnets[].SubnetId", {}),
    "AWS::EC2::RouteTable": ("ec2", "describe_route_tables", "RouteTables[].RouteTableId", {}),
    "AWS::EC2::NetworkAcl": ("ec2", "describe_network_acls", "NetworkAcls[].NetworkAclId", {}),
    "AWS::EC2::InternetGateway": ("ec2", "describe_internet_gateways", "InternetGateways[].InternetGatewayId", {}),
    "AWS::SQS::Queue": ("sqs", "list_queues", "QueueUrls[]", {}),
    "AWS::SNS::Topic": ("sns", "list_topics", "Topics[].TopicArn", {}),
    "AWS::Logs::LogGroup": ("logs", "describe_log_groups", "logGroups[].logGroupName", {}),
    "AWS::CloudWatch::Alarm": ("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName", {}),
    "AWS::KMS::Key": ("kms", "list_keys", "Keys[].KeyId", {}),
    "AWS::DynamoDB::Table": ("dynamodb", "list_tables", "TableNames[]", {}),
    "AWS::SecretsManager::Secret": ("secretsmanager", "list_secrets", "SecretList[].Name", {}),
    "AWS::ECR::Repository": ("ecr", "describe_repositories", "repositories[].repositoryName", {}),
    "AWS::Lambda::Function": ("lambda", "list_functions", "Functions[].FunctionName", {}),
}


class LargeAccount:
    """Makes the account behind an endpoint, and lists it."""

    def __init__(self, endpoint):
        self._endpoint = endpoint
        self._clients = {}

    def client(self, service, region=GLOBAL_REGION):
        if (service, region) not in self._clients:
            self._clients[service, region] = boto3.client(
                service, region_name=region, endpoint_url=self._endpoint, aws_access_key_id="seed",
                aws_secret_access_key="seed", config=botocore.config.Config(max_pool_connections=THREADS))
        return self._clients[service, region]

    def seed(self):
        """Makes everything: services at once, but one thing after the other in each, which is as much as moto bears."""
        # Functions need roles.
        for jobs in self._global_jobs(), [job for region in REGIONS for job in self._regional_jobs(region)]:
            lines = {}
            for call, given in jobs:
                lines.setdefault(call.__self__.meta.service_model.service_name, []).append((call, given))
            with ThreadPoolExecutor(THREADS) as pool:
                for done in [pool.submit(in_order, line) for line in lines.values()]:
                    done.result()
        iam = self.client("iam")
        for number in range(0, 60, 4):
            iam.create_access_key(UserName=f"user-{number:04}")
            iam.put_user_policy(UserName=f"user-{number:04}", PolicyName="inline", PolicyDocument=INLINE)
            iam.put_role_policy(RoleName=f"role-{number:04}", PolicyName="inline", PolicyDocument=INLINE)
        for region in REGIONS:
            ec2 = self.client("ec2", region)
            for volume in jmespath.search("Volumes[:30].VolumeId", ec2.describe_volumes()):
                ec2.create_snapshot(VolumeId=volume)

    def _global_jobs(self):
        s3, iam = self.client("s3"), self.client("iam")
        place = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
        jobs = [(s3.create_bucket, {"Bucket": f"bucket-{number:04}", **(place if number % 2 else {})}) for number in range(60)]
        # More than the hundred of a page.
        jobs += [(iam.create_user, {"UserName": f"user-{number:04}"}) for number in range(105)]
        jobs += [
            (iam.create_role, {"RoleName": f"role-{number:04}", "AssumeRolePolicyDocument": TRUST}) for number in range(60)]
        jobs += [(iam.create_policy, {"PolicyName": f"policy-{number:04}", "PolicyDocument": INLINE}) for number in range(40)]
        return jobs + [(iam.create_group, {"GroupName": f"group-{number:04}"}) for number in range(10)]

    def _regional_jobs(self, region):
        names = [f"one-{number:04}" for number in range(200)]
        client = lambda service: self.client(service, region)
        ec2 = client("ec2")
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        # Each comes with a volume and a network interface.
        jobs = [(ec2.run_instances, {"ImageId": "ami-12345678", "MinCount": 100, "MaxCount": 100, "UserData": "echo hello"})]
        jobs += [(client("logs").create_log_group, {"logGroupName": f"/app/{name}"}) for name in names[:180]]
        jobs += [(client("sns").create_topic, {"Name": name}) for name in names[:105 if region == GLOBAL_REGION else 20]]
        for name in names[:110]:
            jobs.append((ec2.create_security_group, {"GroupName": name, "Description": name, "VpcId": vpc}))
        for name in names[:60]:
            jobs.append((client("sqs").create_queue, {"QueueName": name}))
        for name in names[:40]:
            jobs.append((client("cloudwatch").put_metric_alarm, {
                "AlarmName": name, "MetricName": "CPUUtilization", "Namespace": "AWS/EC2", "Period": 60,
                "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold", "Statistic": "Sum"}))
            jobs.append((client("secretsmanager").create_secret, {"Name": name, "SecretString": "x"}))
        for name in names[:20]:
            jobs.append((client("kms").create_key, {"Description": name}))
        for name in names[:15]:
            jobs.append((client("dynamodb").create_table, {
                "TableName": name, "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}))
            jobs.append((client("ecr").create_repository, {"repositoryName": name}))
        for name in names[:5]:
            jobs.append((client("lambda").create_function, {
                "FunctionName": name, "Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/role-0000",
                "Handler": "index.handler", "Code": {"ZipFile": archive()}}))
        return jobs

    def listed(self):
        """(type, region) -> the names of what boto3 lists, sorted."""
        found = {}
        for kind, (service, method, path, given) in LISTS.items():
            for region in ["global"] if service in ("iam", "s3") else REGIONS:
                client = self.client(service, GLOBAL_REGION if region == "global" else region)
                if client.can_paginate(method):
                    pages = client.get_paginator(method).paginate(**given)
                else:
                    pages = [getattr(client, method)(**given)]
                for name in (name for page in pages for name in jmespath.search(path, page) or []):
                    found.setdefault((kind, self._place(kind, name, region)), []).append(name)
        return {key: sorted(names) for key, names in found.items()}

    def _place(self, kind, name, region):
        if kind != "AWS::S3::Bucket":
            return region
        return self.client("s3").get_bucket_location(Bucket=name)["LocationConstraint"] or "us-east-1"


def in_order(calls):
    for call, given in calls:
        call(**given)


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("index.py", "def handler(event, context): pass\n")
    return content.getvalue()
