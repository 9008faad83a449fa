"""What the built-in rules should say of an account, worked out from boto3's answers alone."""
import datetime
import fnmatch
import json
import re

from botocore.exceptions import ClientError

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
USER, ROLE, BUCKET = "AWS::IAM::User", "AWS::IAM::Role", "AWS::S3::Bucket"
ACCOUNT, REGION = "AWS::::Account", "AWS::::Region"

# Conditions that say who may call. Others, such as aws:SecureTransport, say how.
CALLER_KEYS = {"aws:principalorgid", "aws:principalaccount", "aws:principalarn", "aws:sourcevpce", "aws:sourcevpc", "aws:sourceip"}


def verdicts(account, regions, account_id="123456789012"):
    """(rule, type, id, region) -> "pass", "fail" or "not_applicable"."""
    found = {}

    def say(rule, kind, id, region, good):
        found[rule, kind, id, region] = "not_applicable" if good is None else "pass" if good else "fail"

    identity(account, account_id, say)
    buckets(account, say)
    for region in regions:
        compute(account, region, say)
    logging(account, regions, account_id, say)
    return found


def missing(code, call, **parameters):
    """The answer, or None where AWS says with this code that there is none."""
    try:
        return call(**parameters)
    except ClientError as error:
        if error.response["Error"]["Code"] == code:
            return None
        raise


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def everything(client, operation, key, **parameters):
    return [item for page in client.get_paginator(operation).paginate(**parameters) for item in page[key]]


# -- IAM -----------------------------------------------------------------------------------------------------------

def grants_everything(document):
    return any(
        statement["Effect"] == "Allow" and {"*", "*:*"} & set(listed(statement.get("Action")))
        and "*" in listed(statement.get("Resource"))
        for statement in listed(document["Statement"]))


def is_administrator(policies):
    return any(re.fullmatch(r"arn:aws[a-z-]*:iam::aws:policy/AdministratorAccess", one["PolicyArn"]) for one in policies)


def identity(account, account_id, say):
    iam = account.client("iam")
    for user in everything(iam, "list_users", "Users"):
        name = user["UserName"]
        of = {"UserName": name}
        devices = everything(iam, "list_mfa_devices", "MFADevices", **of)
        console = missing("NoSuchEntity", iam.get_login_profile, **of)
        attached = everything(iam, "list_attached_user_policies", "AttachedPolicies", **of)
        inline = everything(iam, "list_user_policies", "PolicyNames", **of)
        documents = [iam.get_user_policy(UserName=name, PolicyName=one)["PolicyDocument"] for one in inline]
        limit = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=90)
        keys = everything(iam, "list_access_keys", "AccessKeyMetadata", **of)
        place = (USER, name, "global")
        say("iam-user-mfa", *place, bool(devices))
        say("iam-user-console-mfa", *place, bool(devices) if console else None)
        say("iam-user-administrator-access-policy", *place, not is_administrator(attached))
        say("iam-inline-policy-no-administrative-privileges", *place, not any(map(grants_everything, documents)))
        say("iam-user-no-direct-policies", *place, not attached and not inline)
        say("iam-user-access-key-rotated-90", *place,
            all(key["CreateDate"] > limit for key in keys if key["Status"] == "Active"))
    for role in everything(iam, "list_roles", "Roles"):
        name = role["RoleName"]
        attached = everything(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)
        inline = everything(iam, "list_role_policies", "PolicyNames", RoleName=name)
        documents = [iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"] for one in inline]
        say("iam-role-administratoraccess-policy", ROLE, name, "global", not is_administrator(attached))
        say("iam-inline-policy-no-administrative-privileges", ROLE, name, "global",
            not any(map(grants_everything, documents)))
    summary = iam.get_account_summary()["SummaryMap"]
    rules = (missing("NoSuchEntity", iam.get_account_password_policy) or {}).get("PasswordPolicy", {})
    place = (ACCOUNT, account_id, "global")
    say("iam-root-no-access-key", *place, summary["AccountAccessKeysPresent"] == 0)
    say("iam-root-mfa", *place, summary["AccountMFAEnabled"] == 1)
    say("iam-password-policy-min-length", *place, rules.get("MinimumPasswordLength", 0) >= 14)
    say("iam-password-policy-reuse-24", *place, rules.get("PasswordReusePrevention", 0) >= 24)


# -- S3 ------------------------------------------------------------------------------------------------------------

def lets_everyone(document, actions):
    for statement in listed(document["Statement"]):
        principal = statement.get("Principal")
        everyone = principal == "*" or isinstance(principal, dict) and "*" in listed(principal.get("AWS"))
        patterns = [pattern.lower() for pattern in listed(statement.get("Action"))]
        covers = any(fnmatch.fnmatchcase(action.lower(), pattern) for action in actions for pattern in patterns)
        keys = {key.lower() for keys in statement.get("Condition", {}).values() for key in keys}
        if statement["Effect"] == "Allow" and everyone and covers and not keys & CALLER_KEYS:
            return True
    return False


def buckets(account, say):
    s3 = account.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        of = {"Bucket": bucket["Name"]}
        place = (BUCKET, bucket["Name"], s3.get_bucket_location(**of)["LocationConstraint"] or "us-east-1")
        grants = s3.get_bucket_acl(**of)["Grants"]
        public = {grant["Permission"] for grant in grants if grant["Grantee"].get("URI") == ALL_USERS}
        say("s3-bucket-acl-no-public-read", *place, not public & {"READ", "FULL_CONTROL"})
        say("s3-bucket-acl-no-public-write", *place, not public & {"WRITE", "WRITE_ACP", "FULL_CONTROL"})
        say("s3-bucket-acl-no-authenticated-users", *place,
            not any(grant["Grantee"].get("URI") == AUTHENTICATED for grant in grants))
        policy = missing("NoSuchBucketPolicy", s3.get_bucket_policy, **of)
        document = json.loads(policy["Policy"]) if policy else None
        for kind, actions in (("read", ["s3:GetObject", "s3:ListBucket"]), ("write", ["s3:PutObject", "s3:DeleteObject"])):
            say(f"s3-bucket-policy-no-public-{kind}", *place, not lets_everyone(document, actions) if document else None)
        encryption = missing("ServerSideEncryptionConfigurationNotFoundError", s3.get_bucket_encryption, **of)
        say("s3-bucket-default-encryption", *place, bool(
            encryption and encryption["ServerSideEncryptionConfiguration"]["Rules"]))
        block = missing("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, **of)
        say("s3-bucket-public-access-block", *place, bool(
            block and len(block["PublicAccessBlockConfiguration"]) == 4
            and all(block["PublicAccessBlockConfiguration"].values())))
        say("s3-bucket-versioning", *place, s3.get_bucket_versioning(**of).get("Status") == "Enabled")
        say("s3-bucket-access-logging", *place, "LoggingEnabled" in s3.get_bucket_logging(**of))


# -- EC2 -----------------------------------------------------------------------------------------------------------

def opens(permission, port):
    world = any(one["CidrIp"] == "0.0.0.0/0" for one in permission.get("IpRanges", [])) or any(
        one["CidrIpv6"] == "::/0" for one in permission.get("Ipv6Ranges", []))
    if permission["IpProtocol"] == "-1":
        return world
    return world and permission["IpProtocol"] == "tcp" and permission["FromPort"] <= port <= permission["ToPort"]


def compute(account, region, say):
    ec2 = account.client("ec2", region)
    for group in everything(ec2, "describe_security_groups", "SecurityGroups"):
        for name, port in (("ssh", 22), ("rdp", 3389)):
            say(f"sg-no-ingress-{name}", "AWS::EC2::SecurityGroup", group["GroupId"], region,
                not any(opens(permission, port) for permission in group["IpPermissions"]))
    for volume in everything(ec2, "describe_volumes", "Volumes"):
        say("ebs-volume-encrypted", "AWS::EC2::Volume", volume["VolumeId"], region, volume["Encrypted"])
    for reservation in everything(ec2, "describe_instances", "Reservations"):
        for instance in reservation["Instances"]:
            options = instance.get("MetadataOptions", {})
            good = options.get("HttpTokens") == "required" or options.get("HttpEndpoint") == "disabled"
            gone = instance["State"]["Name"] in ("terminated", "shutting-down")
            say("ec2-instance-imdsv2-required", "AWS::EC2::Instance", instance["InstanceId"], region, None if gone else good)
    say("ebs-default-encryption", REGION, region, region, ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"])
    guardduty = account.client("guardduty", region)
    detectors = [guardduty.get_detector(DetectorId=id) for id in guardduty.list_detectors()["DetectorIds"]]
    say("guardduty-enabled", REGION, region, region, any(one["Status"] == "ENABLED" for one in detectors))


# -- CloudTrail ----------------------------------------------------------------------------------------------------

def logging(account, regions, account_id, say):
    trails = {}
    for region in regions:
        for trail in account.client("cloudtrail", region).describe_trails()["trailList"]:
            trails[trail["TrailARN"]] = trail
    recording = []
    for arn, trail in trails.items():
        home = trail["HomeRegion"]
        is_logging = account.client("cloudtrail", home).get_trail_status(Name=arn)["IsLogging"]
        place = ("AWS::CloudTrail::Trail", trail["Name"], home)
        say("cloudtrail-trail-logging", *place, is_logging)
        say("cloudtrail-log-file-validation", *place, trail["LogFileValidationEnabled"])
        if is_logging and trail["IsMultiRegionTrail"]:
            recording.append(trail)
    place = (ACCOUNT, account_id, "global")
    say("cloudtrail-enabled", *place, bool(recording))
    say("cloudtrail-global-service-events", *place, any(trail["IncludeGlobalServiceEvents"] for trail in recording))
