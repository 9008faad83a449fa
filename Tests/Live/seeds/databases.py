"""RDS and its kin, DynamoDB, ElastiCache, Redshift, DAX, database migration."""
import json


def seed(aws):
    seed_clusters(aws("rds"), aws("neptune"))
    seed_instances(aws("rds"), aws("ec2"))
    seed_tables(aws("dynamodb"), aws("dax"), aws("application-autoscaling"))
    seed_caches(aws("elasticache"))
    seed_redshift(aws("redshift"))
    seed_migration(aws("dms"))


def seed_clusters(rds, neptune):
    for engine, client in (("aurora-postgresql", rds), ("neptune", neptune)):
        for name in ("one", "two"):
            cluster = f"{engine}-{name}"
            client.create_db_cluster_parameter_group(
                DBClusterParameterGroupName=f"{cluster}-settings", DBParameterGroupFamily="aurora-postgresql15", Description="d")
            client.modify_db_cluster_parameter_group(DBClusterParameterGroupName=f"{cluster}-settings", Parameters=[
                {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}])
            client.create_db_cluster(
                DBClusterIdentifier=cluster, Engine=engine, DBClusterParameterGroupName=f"{cluster}-settings", MasterUsername="root", MasterUserPassword="made-up-1",
                StorageEncrypted=True, BackupRetentionPeriod=7, Tags=[{"Key": "team", "Value": "a"}],
                **({} if engine == "neptune" else {"EnableCloudwatchLogsExports": ["audit"]}))
            client.create_db_cluster_snapshot(DBClusterIdentifier=cluster, DBClusterSnapshotIdentifier=f"{cluster}-copy")


def seed_instances(rds, ec2):
    default = [{"Name": "default-for-az", "Values": ["true"]}]
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets(Filters=default)["Subnets"]][:2]
    for name in ("one", "two"):
        rds.create_db_parameter_group(DBParameterGroupName=f"{name}-settings", DBParameterGroupFamily="mysql8.0", Description="d")
        rds.modify_db_parameter_group(DBParameterGroupName=f"{name}-settings", Parameters=[
            {"ParameterName": "require_secure_transport", "ParameterValue": "1", "ApplyMethod": "immediate"}])
        rds.create_db_instance(
            DBInstanceIdentifier=name, Engine="mysql", DBInstanceClass="db.t3.micro", AllocatedStorage=20, MasterUsername="root",
            MasterUserPassword="made-up-1", DBParameterGroupName=f"{name}-settings", MultiAZ=False, PubliclyAccessible=True, BackupRetentionPeriod=1,
            Tags=[{"Key": "team", "Value": "a"}])
        rds.create_db_snapshot(DBInstanceIdentifier=name, DBSnapshotIdentifier=f"{name}-copy")
        rds.modify_db_snapshot_attribute(DBSnapshotIdentifier=f"{name}-copy", AttributeName="restore", ValuesToAdd=["all"])
        rds.create_event_subscription(
            SubscriptionName=name, SnsTopicArn="arn:aws:sns:us-east-1:123456789012:first", SourceType="db-instance",
            EventCategories=["failure"], SourceIds=["one"])
        rds.create_db_subnet_group(DBSubnetGroupName=name, DBSubnetGroupDescription="d", SubnetIds=subnets)
        rds.create_db_proxy(
            DBProxyName=name, EngineFamily="MYSQL", RoleArn="arn:aws:iam::123456789012:role/first", VpcSubnetIds=subnets,
            Auth=[{"AuthScheme": "SECRETS", "SecretArn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:a", "IAMAuth": "DISABLED"}])


def seed_tables(dynamodb, dax, scaling):
    for name in ("one", "two"):
        arn = dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}], SSESpecification={"Enabled": True, "SSEType": "KMS"},
            DeletionProtectionEnabled=True)["TableDescription"]["TableArn"]
        dynamodb.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
        dynamodb.put_resource_policy(ResourceArn=arn, Policy=json.dumps({"Version": "2012-10-17", "Statement": []}))
        for dimension in ("Read", "Write"):
            scaling.register_scalable_target(
                ServiceNamespace="dynamodb", ResourceId=f"table/{name}", ScalableDimension=f"dynamodb:table:{dimension}CapacityUnits",
                MinCapacity=1, MaxCapacity=9)
        dax.create_cluster(
            ClusterName=name, NodeType="dax.t3.small", ReplicationFactor=1, IamRoleArn="arn:aws:iam::123456789012:role/first",
            SSESpecification={"Enabled": True}, ClusterEndpointEncryptionType="TLS")


def seed_caches(elasticache):
    for name in ("one", "two"):
        elasticache.create_cache_subnet_group(
            CacheSubnetGroupName=f"group-{name}", CacheSubnetGroupDescription="d", SubnetIds=["subnet-1"])
        elasticache.create_cache_cluster(
            CacheClusterId=f"cache-{name}", Engine="redis", NumCacheNodes=1, CacheNodeType="cache.t3.micro",
            TransitEncryptionEnabled=True, SnapshotRetentionLimit=3)
        elasticache.create_replication_group(
            ReplicationGroupId=f"group-{name}", ReplicationGroupDescription="d & e", Engine="redis", AtRestEncryptionEnabled=True)


def seed_redshift(redshift):
    for name in ("one", "two"):
        redshift.create_cluster(
            ClusterIdentifier=name, NodeType="ra3.large", MasterUsername="root", MasterUserPassword="made-Up-1", DBName="data",
            Encrypted=True, PubliclyAccessible=False, Tags=[{"Key": "team", "Value": "a"}])
    redshift.enable_logging(ClusterIdentifier="one", BucketName="first-bucket", S3KeyPrefix="redshift/")


def seed_migration(dms):
    for name in ("one", "two"):
        instance = dms.create_replication_instance(
            ReplicationInstanceIdentifier=name, ReplicationInstanceClass="dms.t3.micro", PubliclyAccessible=True)
        source, target = (
            dms.create_endpoint(
                EndpointIdentifier=f"{name}-{kind}", EndpointType=kind, EngineName="mysql", ServerName="db.example.org", Port=3306,
                Username="u", Password="made-up", DatabaseName="d", SslMode="none")["Endpoint"]["EndpointArn"]
            for kind in ("source", "target"))
        dms.create_replication_task(
            ReplicationTaskIdentifier=name, SourceEndpointArn=source, TargetEndpointArn=target, MigrationType="full-load",
            ReplicationInstanceArn=instance["ReplicationInstance"]["ReplicationInstanceArn"], TableMappings="{}",
            ReplicationTaskSettings="{\"Logging\": {\"EnableLogging\": true}}")
