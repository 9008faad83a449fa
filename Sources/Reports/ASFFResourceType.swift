/// What Security Hub calls resource types.
enum ASFFResourceType {
    /// `AWS::S3::Bucket` is `AwsS3Bucket`; what Security Hub does not know is `Other`.
    static func name(of type: String) -> String {
        renamed[type] ?? known[type.replacing("::", with: "").lowercased()] ?? "Other"
    }

    private static let renamed = [
        "AWS::::Account": "AwsAccount", "AWS::ElasticLoadBalancing::LoadBalancer": "AwsElbLoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer": "AwsElbv2LoadBalancer",
        "AWS::StepFunctions::StateMachine": "AwsStepFunctionStateMachine",
    ]

    private static let known = Dictionary(names.map { ($0.lowercased(), $0) }) { first, _ in first }

    /// All that there are, but for `AwsAccount`.
    static let names = [
        "AwsAmazonMqBroker", "AwsApiGatewayRestApi", "AwsApiGatewayStage", "AwsApiGatewayV2Api",
        "AwsApiGatewayV2Stage", "AwsAppSyncGraphQlApi", "AwsAthenaWorkGroup", "AwsAutoScalingAutoScalingGroup",
        "AwsAutoScalingLaunchConfiguration", "AwsBackupBackupPlan", "AwsBackupBackupVault", "AwsBackupRecoveryPoint",
        "AwsCertificateManagerCertificate", "AwsCloudFormationStack", "AwsCloudFrontDistribution",
        "AwsCloudTrailTrail", "AwsCloudWatchAlarm", "AwsCodeBuildProject", "AwsDmsEndpoint",
        "AwsDmsReplicationInstance", "AwsDmsReplicationTask", "AwsDynamoDbTable", "AwsEc2ClientVpnEndpoint",
        "AwsEc2Eip", "AwsEc2Instance", "AwsEc2LaunchTemplate", "AwsEc2NetworkAcl", "AwsEc2NetworkInterface",
        "AwsEc2RouteTable", "AwsEc2SecurityGroup", "AwsEc2Subnet", "AwsEc2TransitGateway", "AwsEc2Volume",
        "AwsEc2Vpc", "AwsEc2VpcEndpointService", "AwsEc2VpcPeeringConnection", "AwsEc2VpnConnection",
        "AwsEcrContainerImage", "AwsEcrRepository", "AwsEcsCluster", "AwsEcsContainer", "AwsEcsService", "AwsEcsTask",
        "AwsEcsTaskDefinition", "AwsEfsAccessPoint", "AwsEksCluster", "AwsElasticBeanstalkEnvironment",
        "AwsElasticsearchDomain", "AwsElbLoadBalancer", "AwsElbv2LoadBalancer", "AwsEventSchemasRegistry",
        "AwsEventsEndpoint", "AwsEventsEventbus", "AwsGuardDutyDetector", "AwsIamAccessKey", "AwsIamGroup",
        "AwsIamPolicy", "AwsIamRole", "AwsIamUser", "AwsKinesisStream", "AwsKmsKey", "AwsLambdaFunction",
        "AwsLambdaLayerVersion", "AwsMskCluster", "AwsNetworkFirewallFirewall", "AwsNetworkFirewallFirewallPolicy",
        "AwsNetworkFirewallRuleGroup", "AwsOpenSearchServiceDomain", "AwsRdsDbCluster", "AwsRdsDbClusterSnapshot",
        "AwsRdsDbInstance", "AwsRdsDbSecurityGroup", "AwsRdsDbSnapshot", "AwsRdsEventSubscription",
        "AwsRedshiftCluster", "AwsRoute53HostedZone", "AwsS3AccessPoint", "AwsS3AccountPublicAccessBlock",
        "AwsS3Bucket", "AwsS3Object", "AwsSageMakerNotebookInstance", "AwsSecretsManagerSecret", "AwsSnsTopic",
        "AwsSqsQueue", "AwsSsmPatchCompliance", "AwsStepFunctionStateMachine", "AwsWafRateBasedRule",
        "AwsWafRegionalRateBasedRule", "AwsWafRegionalRule", "AwsWafRegionalRuleGroup", "AwsWafRegionalWebAcl",
        "AwsWafRule", "AwsWafRuleGroup", "AwsWafWebAcl", "AwsWafv2RuleGroup", "AwsWafv2WebAcl",
        "AwsXrayEncryptionConfig",
    ]
}
