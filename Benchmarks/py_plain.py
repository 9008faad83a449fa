#!/usr/bin/env python3
"""The 20 rules as plain Python functions: what each rule means, and what Python does without a rule language.

usage: py_plain.py FILE.ndjson      prints the violations of each rule as JSON
"""
import json
import sys

# Timestamps of one form sort as text. 90 and 30 days before the snapshot's time.
NINETY_DAYS_AGO, THIRTY_DAYS_AGO = "2025-10-17T00:00:00Z", "2025-12-16T00:00:00Z"
BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def as_list(value):
    return value if isinstance(value, list) else [value]


# -- S3 ----------------------------------------------------------------------------------------------------------------

def s3_no_encryption(bucket):
    return not bucket.get("Encryption")


def s3_not_kms(bucket):
    encryption = bucket.get("Encryption")
    return bool(encryption) and not any(
        rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms" for rule in encryption["Rules"])


def s3_pab(bucket):
    block = bucket.get("PublicAccessBlock") or {}
    return not all(block.get(setting) is True for setting in BLOCK)


def s3_versioning(bucket):
    return (bucket.get("Versioning") or {}).get("Status") != "Enabled"


def s3_logging(bucket):
    return not (bucket.get("Logging") or {}).get("LoggingEnabled")


def statements(bucket):
    return (bucket.get("Policy") or {}).get("Statement", ())


def is_anyone(principal):
    return principal == "*" or isinstance(principal, dict) and "*" in as_list(principal.get("AWS"))


def s3_public_policy(bucket):
    return any(
        statement["Effect"] == "Allow" and not statement.get("Condition") and is_anyone(statement["Principal"])
        for statement in statements(bucket))


def s3_no_tls_deny(bucket):
    return not any(
        statement["Effect"] == "Deny"
        and statement.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport") == "false"
        for statement in statements(bucket))


# -- EC2 ---------------------------------------------------------------------------------------------------------------

def admits_world(permission):
    return any(source["CidrIp"] == "0.0.0.0/0" for source in permission["IpRanges"]) or any(
        source["CidrIpv6"] == "::/0" for source in permission["Ipv6Ranges"])


def opens(group, port):
    return any(
        (permission["IpProtocol"] == "-1" or permission["FromPort"] <= port <= permission["ToPort"])
        and admits_world(permission)
        for permission in group["IpPermissions"])


def sg_ssh(group):
    return opens(group, 22)


def sg_rdp(group):
    return opens(group, 3389)


def sg_all(group):
    return any(permission["IpProtocol"] == "-1" and admits_world(permission) for permission in group["IpPermissions"])


def sg_wide(group):
    return any(
        int(source["CidrIp"].split("/")[1]) <= 8
        for permission in group["IpPermissions"] for source in permission["IpRanges"])


def ebs_unenc(volume):
    return volume.get("Encrypted") is not True


def ebs_unattached(volume):
    return volume["State"] == "available" and volume["CreateTime"] < THIRTY_DAYS_AGO


# -- IAM ---------------------------------------------------------------------------------------------------------------

def active_keys(user):
    return [key for key in user["AccessKeys"] if key["Status"] == "Active"]


def iam_no_mfa(user):
    return bool(user.get("LoginProfile")) and not user["MFADevices"]


def iam_key_old(user):
    return any(key["CreateDate"] < NINETY_DAYS_AGO for key in active_keys(user))


def iam_key_unused(user):
    return any(key.get("LastUsed", {}).get("LastUsedDate", "") < NINETY_DAYS_AGO for key in active_keys(user))


def iam_admin(user):
    return any(
        statement["Effect"] == "Allow" and "*" in as_list(statement["Action"])
        and "*" in as_list(statement["Resource"])
        for policy in user["InlinePolicies"] for statement in policy["PolicyDocument"]["Statement"])


def iam_two_keys(user):
    return len(active_keys(user)) > 1


# -- RDS ---------------------------------------------------------------------------------------------------------------

def rds_weak(database):
    return not database["StorageEncrypted"] or database["BackupRetentionPeriod"] < 7


def rds_public_sg(database, groups):
    """`groups` are the configs of all security groups by id; they may stand after the database."""
    port = database["Endpoint"]["Port"]
    named = (groups.get(group["VpcSecurityGroupId"]) for group in database["VpcSecurityGroups"])
    return any(group is not None and opens(group, port) for group in named)


RULES = {
    "AWS::S3::Bucket": [
        s3_no_encryption, s3_not_kms, s3_pab, s3_versioning, s3_logging, s3_public_policy, s3_no_tls_deny],
    "AWS::EC2::SecurityGroup": [sg_ssh, sg_rdp, sg_all, sg_wide],
    "AWS::IAM::User": [iam_no_mfa, iam_key_old, iam_key_unused, iam_admin, iam_two_keys],
    "AWS::EC2::Volume": [ebs_unenc, ebs_unattached],
    "AWS::RDS::DBInstance": [rds_weak],
}


def main():
    counts = {rule: 0 for rules in RULES.values() for rule in rules}
    groups, public_databases = {}, []
    with open(sys.argv[1], "rb") as file:
        for line in file:
            record = json.loads(line)
            kind, config = record["type"], record["config"]
            for rule in RULES[kind]:
                if rule(config):
                    counts[rule] += 1
            if kind == "AWS::EC2::SecurityGroup":
                groups[record["id"]] = config
            elif kind == "AWS::RDS::DBInstance" and config["PubliclyAccessible"]:
                public_databases.append(config)
    counts[rds_public_sg] = sum(rds_public_sg(database, groups) for database in public_databases)
    print(json.dumps({rule.__name__.replace("_", "-"): number for rule, number in counts.items()}))


if __name__ == "__main__":
    main()
