"""What the built-in rules should say of an account, worked out from boto3's answers alone."""
import datetime
import json
import re

from botocore.exceptions import ClientError

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"

PUBLIC_ACTIONS = {"read": ("s3:GetObject", "s3:ListBucket"), "write": ("s3:PutObject", "s3:DeleteObject")}

# Conditions that say who calls; others, such as aws:SecureTransport, only say how.
CALLER_KEYS = {
    "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn", "aws:userid",
    "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceip"}
MATCHING = {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"}
ANYTHING = {"0.0.0.0/0", "::/0"}


class Verdicts(dict):
    """(rule, type, id, region) -> "pass", "fail" or "not_applicable"."""

    def say(self, rule, type, id, region, good):
        """Records a verdict; None stands for not applicable."""
        self[rule, type, id, region] = "not_applicable" if good is None else "pass" if good else "fail"


def verdicts(account, regions, account_id="123456789012"):
    """The verdicts of all rules on all resources of the account."""
    found = Verdicts()
    judge_users(account, found)
    judge_roles(account, found)
    judge_iam_account(account, account_id, found)
    judge_buckets(account, found)
    for region in regions:
        judge_region(account, region, found)
    judge_trails(account, regions, account_id, found)
    return found


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def pages(client, operation, member, **parameters):
    """The elements of a list over all pages."""
    return [item for page in client.get_paginator(operation).paginate(**parameters) for item in page.get(member, [])]


def unless(code, call, **parameters):
    """The answer, or None when AWS refuses with this code."""
    try:
        return call(**parameters)
    except ClientError as error:
        if error.response["Error"]["Code"] != code:
            raise
        return None


def statements(document):
    return as_list((json.loads(document) if isinstance(document, str) else document).get("Statement"))


# -- IAM -----------------------------------------------------------------------------------------------------------

def administers(document):
    """Whether a statement allows every action on every resource."""
    return any(
        one.get("Effect") == "Allow"
        and any(action in ("*", "*:*") for action in as_list(one.get("Action")))
        and "*" in as_list(one.get("Resource"))
        for one in statements(document))


def has_administrator_access(attached):
    pattern = re.compile(r"arn:aws[^:]*:iam::aws:policy/AdministratorAccess")
    return any(pattern.fullmatch(policy["PolicyArn"]) for policy in attached)


def judge_users(account, found):
    iam = account.client("iam")
    now = datetime.datetime.now(datetime.timezone.utc)
    for user in pages(iam, "list_users", "Users"):
        name = user["UserName"]
        place = ("AWS::IAM::User", name, "global")
        devices = pages(iam, "list_mfa_devices", "MFADevices", UserName=name)
        profile = unless("NoSuchEntity", iam.get_login_profile, UserName=name)
        attached = pages(iam, "list_attached_user_policies", "AttachedPolicies", UserName=name)
        inline = pages(iam, "list_user_policies", "PolicyNames", UserName=name)
        texts = [iam.get_user_policy(UserName=name, PolicyName=policy)["PolicyDocument"] for policy in inline]
        keys = pages(iam, "list_access_keys", "AccessKeyMetadata", UserName=name)
        active = [key for key in keys if key["Status"] == "Active"]
        found.say("iam-user-mfa", *place, len(devices) >= 1)
        found.say("iam-user-console-mfa", *place, None if profile is None else len(devices) >= 1)
        found.say("iam-user-administrator-access-policy", *place, not has_administrator_access(attached))
        found.say("iam-inline-policy-no-administrative-privileges", *place, not any(map(administers, texts)))
        found.say(
            "iam-user-access-key-rotated-90", *place,
            all(now - key["CreateDate"] < datetime.timedelta(days=90) for key in active))
        found.say("iam-user-no-direct-policies", *place, not attached and not inline)


def judge_roles(account, found):
    iam = account.client("iam")
    for role in pages(iam, "list_roles", "Roles"):
        name = role["RoleName"]
        place = ("AWS::IAM::Role", name, "global")
        attached = pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)
        inline = pages(iam, "list_role_policies", "PolicyNames", RoleName=name)
        texts = [iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in inline]
        found.say("iam-role-administratoraccess-policy", *place, not has_administrator_access(attached))
        found.say("iam-inline-policy-no-administrative-privileges", *place, not any(map(administers, texts)))


def judge_iam_account(account, account_id, found):
    iam = account.client("iam")
    place = ("AWS::::Account", account_id, "global")
    summary = iam.get_account_summary()["SummaryMap"]
    found.say("iam-root-no-access-key", *place, summary.get("AccountAccessKeysPresent") == 0)
    found.say("iam-root-mfa", *place, summary.get("AccountMFAEnabled") == 1)
    answer = unless("NoSuchEntity", iam.get_account_password_policy)
    policy = answer["PasswordPolicy"] if answer else {}
    found.say("iam-password-policy-min-length", *place, policy.get("MinimumPasswordLength", 0) >= 14)
    found.say("iam-password-policy-reuse-24", *place, policy.get("PasswordReusePrevention", 0) >= 24)


# -- S3 ------------------------------------------------------------------------------------------------------------

def matches(pattern, action):
    """IAM's globs: * and ? only, in any case."""
    expression = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.fullmatch(expression, action, re.IGNORECASE) is not None


def covers(statement, actions):
    if "NotAction" in statement:
        excluded = as_list(statement["NotAction"])
        return any(not any(matches(pattern, action) for pattern in excluded) for action in actions)
    return any(matches(pattern, action) for pattern in as_list(statement.get("Action")) for action in actions)


def is_for_everyone(statement):
    principal = statement.get("Principal")
    return principal == "*" or isinstance(principal, dict) and "*" in as_list(principal.get("AWS"))


def restricts_caller(condition):
    """Whether some test needs a known caller: not one that a missing key passes, nor one that any value passes."""
    for operator, tests in (condition or {}).items():
        if operator.lower().removeprefix("foranyvalue:") not in MATCHING:
            continue
        for key, values in tests.items():
            real = [str(value).strip("*?") and value not in ANYTHING for value in as_list(values)]
            if key.lower() in CALLER_KEYS and real and all(real):
                return True
    return False


def is_public(document, actions):
    return any(
        one.get("Effect") == "Allow" and is_for_everyone(one) and covers(one, actions)
        and not restricts_caller(one.get("Condition"))
        for one in statements(document))


def judge_buckets(account, found):
    s3 = account.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        location = s3.get_bucket_location(Bucket=name).get("LocationConstraint") or "us-east-1"
        place = ("AWS::S3::Bucket", name, location)
        judge_acl(s3.get_bucket_acl(Bucket=name)["Grants"], place, found)

        policy = unless("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=name)
        for kind, actions in PUBLIC_ACTIONS.items():
            good = None if policy is None else not is_public(policy["Policy"], actions)
            found.say(f"s3-bucket-policy-no-public-{kind}", *place, good)

        encryption = unless("ServerSideEncryptionConfigurationNotFoundError", s3.get_bucket_encryption, Bucket=name)
        found.say(
            "s3-bucket-default-encryption", *place,
            bool(encryption and encryption["ServerSideEncryptionConfiguration"].get("Rules")))
        answer = unless("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=name)
        block = answer["PublicAccessBlockConfiguration"] if answer else {}
        switches = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        found.say("s3-bucket-public-access-block", *place, all(block.get(switch) is True for switch in switches))
        found.say("s3-bucket-versioning", *place, s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled")
        found.say("s3-bucket-access-logging", *place, bool(s3.get_bucket_logging(Bucket=name).get("LoggingEnabled")))


def judge_acl(grants, place, found):
    everyone = {grant["Permission"] for grant in grants if grant["Grantee"].get("URI") == ALL_USERS}
    authenticated = [grant for grant in grants if grant["Grantee"].get("URI") == AUTHENTICATED_USERS]
    found.say("s3-bucket-acl-no-public-read", *place, everyone.isdisjoint({"READ", "FULL_CONTROL"}))
    found.say("s3-bucket-acl-no-public-write", *place, everyone.isdisjoint({"WRITE", "WRITE_ACP", "FULL_CONTROL"}))
    found.say("s3-bucket-acl-no-authenticated-users", *place, not authenticated)


# -- EC2, GuardDuty ------------------------------------------------------------------------------------------------

def opens(permission, port):
    """Whether the world reaches the port."""
    ranges = [one.get("CidrIp") for one in permission.get("IpRanges", [])]
    ranges += [one.get("CidrIpv6") for one in permission.get("Ipv6Ranges", [])]
    if ANYTHING.isdisjoint(ranges):
        return False
    if permission["IpProtocol"] == "-1":
        return True
    return permission["IpProtocol"] == "tcp" and permission["FromPort"] <= port <= permission["ToPort"]


def judge_region(account, region, found):
    ec2 = account.client("ec2", region)
    for group in pages(ec2, "describe_security_groups", "SecurityGroups"):
        for name, port in (("ssh", 22), ("rdp", 3389)):
            good = not any(opens(permission, port) for permission in group.get("IpPermissions", []))
            found.say(f"sg-no-ingress-{name}", "AWS::EC2::SecurityGroup", group["GroupId"], region, good)
    for volume in pages(ec2, "describe_volumes", "Volumes"):
        encrypted = volume.get("Encrypted", False)
        found.say("ebs-volume-encrypted", "AWS::EC2::Volume", volume["VolumeId"], region, encrypted)
    for reservation in pages(ec2, "describe_instances", "Reservations"):
        for instance in reservation["Instances"]:
            options = instance.get("MetadataOptions", {})
            good = options.get("HttpTokens") == "required" or options.get("HttpEndpoint") == "disabled"
            if instance["State"]["Name"] in ("terminated", "shutting-down"):
                good = None
            found.say("ec2-instance-imdsv2-required", "AWS::EC2::Instance", instance["InstanceId"], region, good)
    by_default = ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"]
    found.say("ebs-default-encryption", "AWS::::Region", region, region, by_default)

    guardduty = account.client("guardduty", region)
    detectors = pages(guardduty, "list_detectors", "DetectorIds")
    enabled = [id for id in detectors if guardduty.get_detector(DetectorId=id)["Status"] == "ENABLED"]
    found.say("guardduty-enabled", "AWS::::Region", region, region, bool(enabled))


# -- CloudTrail ----------------------------------------------------------------------------------------------------

def judge_trails(account, regions, account_id, found):
    """A multi-region trail shows in every region, and is judged once, where its home is."""
    trails = {}
    for region in regions:
        for trail in account.client("cloudtrail", region).describe_trails(includeShadowTrails=True)["trailList"]:
            trails[trail["TrailARN"]] = trail
    recording = []
    for arn, trail in trails.items():
        home = trail["HomeRegion"]
        is_logging = account.client("cloudtrail", home).get_trail_status(Name=arn)["IsLogging"]
        place = ("AWS::CloudTrail::Trail", trail["Name"], home)
        found.say("cloudtrail-trail-logging", *place, is_logging)
        found.say("cloudtrail-log-file-validation", *place, trail.get("LogFileValidationEnabled", False))
        if is_logging and trail.get("IsMultiRegionTrail"):
            recording.append(trail)
    place = ("AWS::::Account", account_id, "global")
    found.say("cloudtrail-enabled", *place, bool(recording))
    found.say(
        "cloudtrail-global-service-events", *place,
        any(trail.get("IncludeGlobalServiceEvents") for trail in recording))
