"""SNS, SQS, SES, EventBridge, Kinesis, Firehose, MQ, Kafka."""
import json

ROLE = "arn:aws:iam::123456789012:role/first"


def seed(aws):
    for name in ("first", "second"):
        topic = aws("sns").create_topic(Name=name, Tags=[{"Key": "team", "Value": "a"}])["TopicArn"]
        queue = aws("sqs").create_queue(
            QueueName=name, tags={"team": "a"}, Attributes={"SqsManagedSseEnabled": "true", "Policy": json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]})})
        arn = aws("sqs").get_queue_attributes(QueueUrl=queue["QueueUrl"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        aws("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        aws("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.org")
        aws("sesv2").create_configuration_set(ConfigurationSetName=name, DeliveryOptions={"TlsPolicy": "REQUIRE"})
        aws("sesv2").create_email_identity(EmailIdentity=f"{name}.example.org")
        aws("events").create_event_bus(Name=name)
        aws("events").put_permission(EventBusName=name, Action="events:PutEvents", Principal="111122223333", StatementId="s")
        aws("kinesis").create_stream(StreamName=name, ShardCount=2)
        aws("firehose").create_delivery_stream(
            DeliveryStreamName=name, DeliveryStreamType="DirectPut",
            ExtendedS3DestinationConfiguration={"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::first-bucket"},
            DeliveryStreamEncryptionConfigurationInput={"KeyType": "AWS_OWNED_CMK"})
        aws("mq").create_broker(
            BrokerName=name, EngineType="ACTIVEMQ", EngineVersion="5.18", HostInstanceType="mq.t3.micro", DeploymentMode="SINGLE_INSTANCE",
            PubliclyAccessible=True, AutoMinorVersionUpgrade=True, Users=[{"Username": "admin", "Password": "made-up"}],
            Logs={"Audit": True, "General": False})
        aws("kafka").create_cluster_v2(ClusterName=name, Tags={"team": "a"}, Serverless={
            "VpcConfigs": [{"SubnetIds": ["subnet-1"]}], "ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}}})
