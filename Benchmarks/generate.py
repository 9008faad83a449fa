#!/usr/bin/env python3
"""Writes a made-up snapshot: one resource a line (NDJSON), the same bytes for the same number at every run.

usage: generate.py NUMBER FILE

Of a hundred resources 28 are buckets, 22 security groups, 18 IAM users, 22 volumes and 10 databases. All were collected
at 2026-01-15T00:00:00Z, and every age is counted to that moment. A share of each setting is wrong on purpose.
"""
import json
import os
import random
import sys
from datetime import datetime, timedelta, timezone

NOW = datetime(2026, 1, 15, tzinfo=timezone.utc)
REGIONS = ["eu-west-1", "us-east-1", "us-west-2", "ap-southeast-2"]
TEAMS = ["payments", "identity", "search", "data-platform", "edge", "mobile"]
# The mix, in hundredths. One security group more comes first, so that databases always have one to name.
MIX = ["security_group"] * 22 + ["bucket"] * 28 + ["user"] * 18 + ["volume"] * 22 + ["database"] * 10
BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def timestamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Estate:
    """Makes one resource after the other. The order of the draws is part of the format: another order, other data."""

    def __init__(self, number, seed=20260115):
        self.random = random.Random(f"{seed}:{number}")
        self.number = number
        # (account, region) -> ids of the security groups there; and these places in the order of their first group.
        self.groups = {}
        self.places = []

    def __iter__(self):
        kinds = list(MIX)
        self.random.shuffle(kinds)
        kinds.insert(0, "security_group")
        for index in range(self.number):
            yield getattr(self, kinds[index % len(kinds)])(index)

    # -- Draws ---------------------------------------------------------------------------------------------------------

    def hex(self, digits):
        return "%0*x" % (digits, self.random.getrandbits(4 * digits))

    def happens(self, probability):
        return self.random.random() < probability

    def choice(self, options):
        return self.random.choice(options)

    def times(self, least, most):
        return range(self.random.randint(least, most))

    def date(self, least, most):
        """A moment that many days ago."""
        return timestamp(NOW - timedelta(days=self.random.randint(least, most), seconds=self.random.randint(0, 86399)))

    def account(self):
        return "%012d" % (100000000000 + 7919 * self.random.randint(1, 40))

    def place(self):
        return self.account(), self.choice(REGIONS)

    def record(self, kind, identifier, arn, config, account, region):
        tags = {
            "team": self.choice(TEAMS), "env": self.choice(["prod", "stage", "dev"]),
            "cost-center": "cc-%04d" % self.random.randint(1, 400),
            "aws:cloudformation:stack-name": "stack-%s" % self.hex(6),
            "owner": "user%d@example.com" % self.random.randint(1, 900)}
        if self.happens(0.1):
            del tags["owner"]
        return {
            "type": kind, "id": identifier, "arn": arn, "account": account, "region": region,
            "collectedAt": timestamp(NOW), "tags": tags, "config": config}

    # -- S3 ------------------------------------------------------------------------------------------------------------

    def bucket(self, index):
        account, region = self.place()
        name = "corp-%s-%s-%d" % (self.choice(TEAMS), self.hex(8), index)
        arn = "arn:aws:s3:::" + name
        config = {
            "Name": name, "CreationDate": self.date(1, 2500),
            "Owner": {"DisplayName": "root+" + account, "ID": self.hex(64)}, "Location": {"LocationConstraint": region}}
        if not self.happens(0.08):
            algorithm = "aws:kms" if self.happens(0.7) else "AES256"
            default = {"SSEAlgorithm": algorithm}
            if algorithm == "aws:kms":
                default["KMSMasterKeyID"] = "arn:aws:kms:%s:%s:key/%s" % (region, account, self.hex(32))
            config["Encryption"] = {
                "Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": self.happens(0.5)}]}
        elif self.happens(0.5):
            config["Encryption"] = None
        if not self.happens(0.06):
            config["PublicAccessBlock"] = {setting: not self.happens(0.03) for setting in BLOCK}
        if not self.happens(0.2):
            config["Versioning"] = {"Status": "Enabled" if self.happens(0.85) else "Suspended", "MFADelete": "Disabled"}
        if not self.happens(0.25):
            config["Logging"] = {"LoggingEnabled": {"TargetBucket": "logs-" + account, "TargetPrefix": name + "/"}}
        if not self.happens(0.15):
            statements = self.bucket_statements(arn, account)
            if statements:
                config["Policy"] = {"Version": "2012-10-17", "Statement": statements}
        config["LifecycleRules"] = [
            {"ID": "r%d" % k, "Status": "Enabled", "Filter": {"Prefix": "p%d/" % k},
             "Expiration": {"Days": self.random.randint(30, 900)}} for k in self.times(0, 3)]
        return self.record("AWS::S3::Bucket", name, arn, config, account, region)

    def bucket_statements(self, arn, account):
        statements = []
        if not self.happens(0.25):
            statements.append({
                "Sid": "DenyInsecure", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": [arn, arn + "/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}})
        for k in self.times(0, 2):
            roles = ["arn:aws:iam::%s:role/app-%s" % (account, self.hex(6)) for _ in self.times(1, 3)]
            statements.append({
                "Sid": "App%d" % k, "Effect": "Allow", "Principal": {"AWS": roles},
                "Action": ["s3:GetObject", "s3:PutObject"], "Resource": arn + "/*"})
        if self.happens(0.06):
            public = {
                "Sid": "Pub", "Effect": "Allow", "Principal": self.choice(["*", {"AWS": "*"}, {"AWS": ["*"]}]),
                "Action": "s3:GetObject", "Resource": arn + "/*"}
            if self.happens(0.4):
                public["Condition"] = {"StringEquals": {"aws:PrincipalOrgID": "o-abc123456"}}
            statements.append(public)
        return statements

    # -- EC2 -----------------------------------------------------------------------------------------------------------

    def security_group(self, index):
        account, region = self.place()
        group = "sg-" + self.hex(17)
        if (account, region) not in self.groups:
            self.groups[account, region] = []
            self.places.append((account, region))
        self.groups[account, region].append(group)
        ingress = [self.permission(account) for _ in self.times(1, 7)]
        config = {
            "GroupId": group, "GroupName": "sg-%s-%d" % (self.choice(TEAMS), index),
            "Description": "managed by terraform", "VpcId": "vpc-" + self.hex(17), "OwnerId": account,
            "IpPermissions": ingress,
            "IpPermissionsEgress": [{
                "IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [],
                "UserIdGroupPairs": []}]}
        arn = "arn:aws:ec2:%s:%s:security-group/%s" % (region, account, group)
        return self.record("AWS::EC2::SecurityGroup", group, arn, config, account, region)

    def permission(self, account):
        protocol = self.choice(["tcp"] * 8 + ["udp"])
        first = self.choice([443, 443, 80, 8080, 5432, 3306, 9092, 6379, 22, 3389, 53])
        last = first + self.choice([0, 0, 0, 0, 10, 100])
        sources = {"IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}
        # All protocols: then there are no ports.
        if self.happens(0.03):
            permission = {"IpProtocol": "-1", **sources}
        else:
            permission = {"IpProtocol": protocol, "FromPort": first, "ToPort": last, **sources}
        for _ in self.times(0, 3):
            second, third = self.random.randint(0, 255), self.random.randint(0, 255)
            prefix = self.choice([16, 20, 24, 28])
            # Without host bits, as AWS stores blocks.
            third = 0 if prefix == 16 else third & 240 if prefix == 20 else third
            block = "10.%d.%d.0/%d" % (second, third, prefix)
            if self.happens(0.02):
                block = "10.0.0.0/8"
            permission["IpRanges"].append({"CidrIp": block, "Description": "range " + self.hex(4)})
        if self.happens(0.08):
            permission["IpRanges"].append({"CidrIp": "0.0.0.0/0", "Description": "public"})
        if self.happens(0.02):
            permission["Ipv6Ranges"].append({"CidrIpv6": "::/0"})
        if self.happens(0.25):
            permission["UserIdGroupPairs"].append({"GroupId": "sg-" + self.hex(17), "UserId": account})
        return permission

    def volume(self, index):
        account, region = self.place()
        volume = "vol-" + self.hex(17)
        used = not self.happens(0.2)
        config = {
            "VolumeId": volume, "Size": self.choice([8, 20, 100, 500, 2000]),
            "VolumeType": self.choice(["gp2", "gp3", "io2"]), "Iops": 3000, "Throughput": 125,
            "State": "in-use" if used else "available", "AvailabilityZone": region + "a",
            "CreateTime": self.date(1, 1500), "MultiAttachEnabled": False, "SnapshotId": "snap-" + self.hex(17),
            "Attachments": [{
                "InstanceId": "i-" + self.hex(17), "Device": "/dev/xvda", "State": "attached",
                "AttachTime": self.date(1, 300), "DeleteOnTermination": True, "VolumeId": volume}] if used else [],
            "Tags": [
                {"Key": "Name", "Value": "data-%d" % index},
                {"Key": "kubernetes.io/created-for/pvc/name", "Value": "pvc-" + self.hex(8)},
                {"Key": "backup", "Value": self.choice(["daily", "none"])}],
            "Metrics": {
                name: [self.random.randint(0, 9999) for _ in range(24)]
                for name in ("VolumeReadOps", "VolumeWriteOps")}}
        if not self.happens(0.04):
            config["Encrypted"] = not self.happens(0.12)
        if config.get("Encrypted"):
            config["KmsKeyId"] = "arn:aws:kms:%s:%s:key/%s" % (region, account, self.hex(32))
        arn = "arn:aws:ec2:%s:%s:volume/%s" % (region, account, volume)
        return self.record("AWS::EC2::Volume", volume, arn, config, account, region)

    # -- IAM -----------------------------------------------------------------------------------------------------------

    def user(self, index):
        account = self.account()
        name = "user-%d" % index
        arn = "arn:aws:iam::%s:user/%s" % (account, name)
        keys = [self.access_key(name) for _ in range(self.choice([0, 1, 1, 1, 2]))]
        policies = [self.inline_policy(account, k) for k in self.times(0, 2)]
        config = {
            "UserName": name, "UserId": "AIDA" + self.hex(16).upper(), "Path": "/", "CreateDate": self.date(1, 2000),
            "MFADevices": [] if self.happens(0.15) else [
                {"SerialNumber": "arn:aws:iam::%s:mfa/%s" % (account, name), "EnableDate": self.date(1, 900)}],
            "AccessKeys": keys, "InlinePolicies": policies,
            "AttachedPolicies": [
                {"PolicyName": "P" + self.hex(5), "PolicyArn": "arn:aws:iam::%s:policy/P%s" % (account, self.hex(5))}
                for _ in self.times(0, 4)],
            "Groups": ["grp-" + self.hex(4) for _ in self.times(0, 3)]}
        if self.happens(0.6):
            config["LoginProfile"] = {
                "UserName": name, "CreateDate": self.date(1, 900), "PasswordResetRequired": False}
        return self.record("AWS::IAM::User", arn, arn, config, account, "global")

    def access_key(self, user):
        key = {
            "UserName": user, "AccessKeyId": "AKIA" + self.hex(16).upper(),
            "Status": "Active" if self.happens(0.8) else "Inactive", "CreateDate": self.date(1, 400)}
        if not self.happens(0.2):
            key["LastUsed"] = {"LastUsedDate": self.date(0, 200), "ServiceName": "s3", "Region": "us-east-1"}
        return key

    def inline_policy(self, account, k):
        statements = [{
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "dynamodb:Query"],
            "Resource": [
                "arn:aws:s3:::corp-%s/*" % self.hex(8), "arn:aws:dynamodb:*:%s:table/t" % account]}]
        if self.happens(0.04):
            statements.append({
                "Effect": "Allow", "Action": self.choice(["*", ["*"]]), "Resource": self.choice(["*", ["*"]])})
        return {
            "PolicyName": "inline%d" % k, "PolicyDocument": {"Version": "2012-10-17", "Statement": statements}}

    # -- RDS -----------------------------------------------------------------------------------------------------------

    def database(self, index):
        account, region = self.choice(self.places)
        name = "db-%d" % index
        engine, port = self.choice([("postgres", 5432), ("mysql", 3306)])
        groups = [self.choice(self.groups[account, region]) for _ in self.times(1, 3)]
        config = {
            "DBInstanceIdentifier": name, "DBInstanceClass": "db.r6g.large", "Engine": engine, "EngineVersion": "15.4",
            "DBInstanceStatus": "available", "MasterUsername": "admin",
            "Endpoint": {
                "Address": "%s.%s.%s.rds.amazonaws.com" % (name, self.hex(12), region), "Port": port,
                "HostedZoneId": "Z" + self.hex(12).upper()},
            "AllocatedStorage": self.choice([20, 100, 500]), "InstanceCreateTime": self.date(1, 1500),
            "BackupRetentionPeriod": self.choice([0, 1, 7, 7, 14, 30]), "MultiAZ": self.happens(0.6),
            "StorageEncrypted": not self.happens(0.1), "PubliclyAccessible": self.happens(0.2),
            "DeletionProtection": self.happens(0.7), "AutoMinorVersionUpgrade": self.happens(0.9),
            "IAMDatabaseAuthenticationEnabled": self.happens(0.3),
            "VpcSecurityGroups": [{"VpcSecurityGroupId": group, "Status": "active"} for group in groups],
            "DBSubnetGroup": {
                "DBSubnetGroupName": "sn-" + self.hex(6), "VpcId": "vpc-" + self.hex(17),
                "SubnetGroupStatus": "Complete",
                "Subnets": [
                    {"SubnetIdentifier": "subnet-" + self.hex(17), "SubnetAvailabilityZone": {"Name": region + zone},
                     "SubnetStatus": "Active"} for zone in "abc"]},
            "DBParameterGroups": [{"DBParameterGroupName": "default." + engine, "ParameterApplyStatus": "in-sync"}],
            "EnabledCloudwatchLogsExports": ["postgresql", "upgrade"] if self.happens(0.5) else []}
        arn = "arn:aws:rds:%s:%s:db:%s" % (region, account, name)
        return self.record("AWS::RDS::DBInstance", name, arn, config, account, region)


def main():
    number, target = int(sys.argv[1]), sys.argv[2]
    # Renamed at the end, so that a file of this name is always whole.
    with open(target + ".part", "w") as file:
        for record in Estate(number):
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
    os.rename(target + ".part", target)


if __name__ == "__main__":
    main()
