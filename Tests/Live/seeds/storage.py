"""S3, EFS, FSx, backups, Transfer, DataSync, Glacier's kin."""
import json


def seed(aws):
    seed_buckets(aws("s3"), aws("s3control"))
    seed_file_systems(aws("efs"), aws("ec2"), aws("fsx"))
    seed_backups(aws("backup"))
    seed_transfer(aws("transfer"), aws("datasync"))


def seed_buckets(s3, control):
    for name in ("first-bucket", "second.bucket"):
        s3.create_bucket(Bucket=name)
    s3.create_bucket(
        Bucket="far-bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}, ObjectLockEnabledForBucket=True)
    bucket = "first-bucket"
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "key"}, "BucketKeyEnabled": True}]})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_versioning(Bucket="second.bucket", VersioningConfiguration={"Status": "Enabled"})
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": True, "RestrictPublicBuckets": False})
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]}))
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "é & <b>"}, {"Key": "x", "Value": ""}]})
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [
        {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 60}]})
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [
        {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "a/"}, "Expiration": {"Days": 30},
         "NoncurrentVersionExpiration": {"NoncurrentDays": 7}},
        {"ID": "cold", "Status": "Disabled", "Filter": {"And": {"Prefix": "b/", "Tags": [{"Key": "k", "Value": "v"}]}},
         "Transitions": [{"Days": 60, "StorageClass": "GLACIER"}]}]})
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]})
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}})
    s3.put_bucket_acl(Bucket="second.bucket", ACL="public-read-write")
    s3.put_bucket_acl(Bucket="far-bucket", ACL="log-delivery-write")
    s3.put_bucket_logging(Bucket="far-bucket", BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": "far-bucket", "TargetPrefix": "logs/"}})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [
        {"Id": "one", "QueueArn": "arn:aws:sqs:us-east-1:123456789012:first", "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}]})
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={
        "Role": "arn:aws:iam::123456789012:role/first",
        "Rules": [{"ID": "r", "Status": "Enabled", "Priority": 1, "Destination": {"Bucket": "arn:aws:s3:::second.bucket"}}]})
    for key in ("plain", "with space+plus", "größe/&<x>"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    s3.put_object_acl(Bucket=bucket, Key="plain", ACL="public-read")
    control.put_public_access_block(AccountId="123456789012", PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False})
    for name in ("one", "two"):
        control.create_access_point(AccountId="123456789012", Name=name, Bucket=bucket)
        control.create_multi_region_access_point(
            AccountId="123456789012", ClientToken=name, Details={"Name": f"{name}-everywhere", "Regions": [{"Bucket": bucket}]})


def seed_file_systems(efs, ec2, fsx):
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"]]
    for name in ("one", "two"):
        system = efs.create_file_system(
            CreationToken=name, Encrypted=True, Backup=True, Tags=[{"Key": "Name", "Value": name}])["FileSystemId"]
        for subnet in subnets[:2]:
            efs.create_mount_target(FileSystemId=system, SubnetId=subnet)
        efs.create_access_point(
            ClientToken=name, FileSystemId=system, PosixUser={"Uid": 1, "Gid": 2}, RootDirectory={"Path": "/" + name})
        efs.put_file_system_policy(FileSystemId=system, Policy=json.dumps({"Version": "2012-10-17", "Statement": []}))
        fsx.create_file_system(
            FileSystemType="WINDOWS", StorageCapacity=300, SubnetIds=subnets[:1],
            WindowsConfiguration={"ThroughputCapacity": 8}, Tags=[{"Key": "Name", "Value": name}])


def seed_backups(backup):
    for name in ("one", "two"):
        backup.create_backup_vault(BackupVaultName=name, BackupVaultTags={"team": "a"})
        backup.create_backup_plan(BackupPlan={"BackupPlanName": name, "Rules": [
            {"RuleName": "daily", "TargetBackupVaultName": name, "Lifecycle": {"DeleteAfterDays": 35}}]})
        backup.create_report_plan(
            ReportPlanName=f"report_{name}", ReportDeliveryChannel={"S3BucketName": "first-bucket", "Formats": ["CSV"]},
            ReportSetting={"ReportTemplate": "BACKUP_JOB_REPORT"})


def seed_transfer(transfer, datasync):
    for name in ("one", "two"):
        transfer.create_server(Protocols=["SFTP"], EndpointType="PUBLIC", Tags=[{"Key": "Name", "Value": name}])
        transfer.create_connector(
            Url=f"sftp://{name}.example.org", AccessRole="arn:aws:iam::123456789012:role/first",
            SftpConfig={"TrustedHostKeys": ["ssh-rsa AAAA"]})
        source, destination = (
            datasync.create_location_s3(
                S3BucketArn=f"arn:aws:s3:::{bucket}", Subdirectory=name,
                S3Config={"BucketAccessRoleArn": "arn:aws:iam::123456789012:role/first"})["LocationArn"]
            for bucket in ("first-bucket", "far-bucket"))
        datasync.create_task(SourceLocationArn=source, DestinationLocationArn=destination, Name=name)
