#!/usr/bin/env python3
"""Seeds an account behind an AWS API endpoint with good and bad resources, over two regions.

usage: seed.py ENDPOINT
"""
import json
import sys

import boto3

ACCOUNT = "123456789012"
REGIONS = ["eu-west-1", "us-east-1"]
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


class Account:
    """Clients for one endpoint."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def client(self, service, region="us-east-1"):
        made = boto3.client(
            service, region_name=region, endpoint_url=self.endpoint, aws_access_key_id="seed", aws_secret_access_key="seed")
        if service == "s3control":
            # boto3 puts the account before the name of the server.
            made.meta.events.register("before-sign.s3-control", without_account)
        return made


def without_account(request, **_):
    request.url = request.url.replace("//123456789012.", "//")


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


# -- S3 ------------------------------------------------------------------------------------------------------------

def make_bucket(s3, name, region="eu-west-1"):
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=name, **place)


def harden(s3, name):
    """What a bucket needs to pass every rule but logging."""
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
    s3.put_public_access_block(
        Bucket=name,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def seed_buckets(account):
    s3 = account.client("s3")
    make_bucket(s3, "acme-logs", "us-east-1")
    harden(s3, "acme-logs")
    s3.put_bucket_acl(
        Bucket="acme-logs",
        AccessControlPolicy={
            "Owner": s3.get_bucket_acl(Bucket="acme-logs")["Owner"],
            "Grants": [
                {"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}, "Permission": permission}
                for permission in ("WRITE", "READ_ACP")
            ],
        })

    make_bucket(s3, "acme-ledger", "us-east-1")
    harden(s3, "acme-ledger")
    s3.put_bucket_logging(
        Bucket="acme-ledger",
        BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "acme-logs", "TargetPrefix": "ledger/"}})
    s3.put_bucket_tagging(Bucket="acme-ledger", Tagging={"TagSet": [{"Key": "team", "Value": "payments"}]})
    s3.put_bucket_policy(
        Bucket="acme-ledger",
        Policy=policy({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-ledger/*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}))

    make_bucket(s3, "acme-website")
    s3.put_bucket_policy(
        Bucket="acme-website", Policy=policy(allow("s3:GetObject", "arn:aws:s3:::acme-website/*", Principal="*")))

    make_bucket(s3, "acme-dropbox", "us-east-1")
    s3.put_bucket_acl(
        Bucket="acme-dropbox",
        AccessControlPolicy={
            "Owner": s3.get_bucket_acl(Bucket="acme-dropbox")["Owner"],
            "Grants": [
                {"Grantee": {"Type": "Group", "URI": ALL_USERS}, "Permission": permission} for permission in ("READ", "WRITE")
            ],
        })

    make_bucket(s3, "acme-partners")
    s3.put_bucket_acl(Bucket="acme-partners", ACL="authenticated-read")
    s3.put_bucket_versioning(Bucket="acme-partners", VersioningConfiguration={"Status": "Suspended"})

    make_bucket(s3, "acme.within.org")
    s3.put_bucket_policy(
        Bucket="acme.within.org",
        Policy=policy(allow(
            ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme.within.org/*", Principal={"AWS": "*"},
            Condition={"StringEquals": {"aws:PrincipalOrgID": "o-abc1234567"}})))

    make_bucket(s3, "acme-inbox")
    s3.put_bucket_policy(
        Bucket="acme-inbox",
        Policy=policy(allow("s3:Put*", "arn:aws:s3:::acme-inbox/*", Principal={"AWS": ["*"]})))


# -- IAM -----------------------------------------------------------------------------------------------------------

def seed_users(account):
    iam = account.client("iam")
    for name in ("ann", "bob", "deploy", "root-like", "scripted"):
        iam.create_user(UserName=name, Tags=[{"Key": "owner", "Value": name}])
    for name in ("ann", "bob"):
        iam.create_login_profile(UserName=name, Password="Correct-Horse-Battery-1")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="ann")["VirtualMFADevice"]["SerialNumber"]
    iam.enable_mfa_device(
        UserName="ann", SerialNumber=device, AuthenticationCode1="123456", AuthenticationCode2="654321")
    iam.attach_user_policy(UserName="bob", PolicyArn=ADMINISTRATOR)
    iam.put_user_policy(UserName="root-like", PolicyName="everything", PolicyDocument=policy(allow("*", "*")))
    iam.put_user_policy(
        UserName="deploy", PolicyName="artifacts", PolicyDocument=policy(allow("s3:PutObject", "arn:aws:s3:::acme-ledger/*")))
    for name in ("deploy", "deploy", "scripted"):
        iam.create_access_key(UserName=name)
    key = iam.list_access_keys(UserName="scripted")["AccessKeyMetadata"][0]["AccessKeyId"]
    iam.update_access_key(UserName="scripted", AccessKeyId=key, Status="Inactive")


def seed_roles(account):
    iam = account.client("iam")
    service = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    partner = {
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::210987654321:root"},
        "Condition": {"StringEquals": {"sts:ExternalId": "partner-7"}}}
    for name, trust in (("build", service), ("worker", service), ("partner", partner), ("ParapetScan", partner)):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    iam.attach_role_policy(RoleName="build", PolicyArn=ADMINISTRATOR)
    iam.put_role_policy(
        RoleName="worker", PolicyName="queue",
        PolicyDocument=policy(allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:jobs")))
    iam.put_role_policy(
        RoleName="partner", PolicyName="too-much", PolicyDocument=policy(allow(["s3:Get*", "*:*"], ["*"])))
    iam.attach_role_policy(RoleName="ParapetScan", PolicyArn="arn:aws:iam::aws:policy/SecurityAudit")


def seed_password_policy(account):
    account.client("iam").update_account_password_policy(MinimumPasswordLength=8, RequireNumbers=True)


# -- EC2 -----------------------------------------------------------------------------------------------------------

def tcp(first, last, **ranges):
    return {"IpProtocol": "tcp", "FromPort": first, "ToPort": last, **ranges}


WORLD = {"IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "anyone"}]}
WORLD_V6 = {"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
OFFICE = {"IpRanges": [{"CidrIp": "10.0.0.0/8"}]}

GROUPS = {
    "web": [tcp(443, 443, **WORLD)],
    "bastion": [tcp(22, 22, **WORLD)],
    "desktop": [tcp(3389, 3389, **WORLD_V6)],
    "office": [tcp(22, 22, **OFFICE)],
    "wide": [tcp(0, 65535, **WORLD)],
    "everything": [{"IpProtocol": "-1", **WORLD}],
    "ping": [{"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, **WORLD}],
    "dns": [{"IpProtocol": "udp", "FromPort": 0, "ToPort": 65535, **WORLD}],
}


def seed_network(account):
    ec2 = account.client("ec2", "eu-west-1")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    for name, permissions in GROUPS.items():
        group = ec2.create_security_group(GroupName=name, Description=f"{name} traffic", VpcId=vpc)["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=permissions)


def seed_instances(account):
    for region, tokens in (("eu-west-1", "required"), ("us-east-1", "optional")):
        ec2 = account.client("ec2", region)
        run = {"ImageId": "ami-12c6146b", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
        ec2.run_instances(
            **run, MetadataOptions={"HttpTokens": tokens, "HttpEndpoint": "enabled"},
            TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": f"app-{region}"}]}])
        gone = ec2.run_instances(**run)["Instances"][0]["InstanceId"]
        ec2.terminate_instances(InstanceIds=[gone])


def seed_volumes(account):
    ec2 = account.client("ec2", "eu-west-1")
    for encrypted in (True, False):
        ec2.create_volume(AvailabilityZone="eu-west-1a", Size=8, Encrypted=encrypted)
    account.client("ec2", "us-east-1").enable_ebs_encryption_by_default()


# -- Logging -------------------------------------------------------------------------------------------------------

def seed_trails(account):
    """A good trail in us-east-1, and a stopped one in eu-west-1."""
    cloudtrail = account.client("cloudtrail", "us-east-1")
    cloudtrail.create_trail(
        Name="organisation", S3BucketName="acme-logs", IsMultiRegionTrail=True, IncludeGlobalServiceEvents=True,
        EnableLogFileValidation=True)
    cloudtrail.start_logging(Name="organisation")
    account.client("cloudtrail", "eu-west-1").create_trail(
        Name="forgotten", S3BucketName="acme-logs", IncludeGlobalServiceEvents=False)


def seed_guardduty(account):
    account.client("guardduty", "eu-west-1").create_detector(Enable=True)


def seed(endpoint, with_trails=True):
    account = Account(endpoint)
    seed_buckets(account)
    seed_users(account)
    seed_roles(account)
    seed_password_policy(account)
    seed_network(account)
    seed_instances(account)
    seed_volumes(account)
    if with_trails:
        seed_trails(account)
    seed_guardduty(account)
    return account


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    seed(sys.argv[1])
    print("seeded 7 buckets, 5 users, 4 roles, 8 security groups, 4 instances, volumes, trails, a detector")
