import AWS
import Collection
import Documents
import Resources
import Testing

/// Built-in types that no stand-in for AWS can make, out of answers as AWS writes them.
@Suite struct BuiltinTypesTests {
    private static func collect(
        _ type: String, scanner: String, _ answers: [String: JSON]
    ) async throws -> (resources: [Resource], gaps: [CollectionGap], calls: [String]) {
        let plan = try Fixtures.plan([scanner])
        let manifest = try #require(plan.manifests.first { $0.type == type })
        let catalog = ResourceCatalog([ResourceType(manifest: manifest, schema: .any)])
        let caller = ScriptedCaller { call, _, _ in answers[call].map { .success($0) } ?? failure("AccessDenied") }
        let snapshot = await Fixtures.collect(
            CollectionPlan(catalog: catalog, scanners: [scanner], dependencies: Fixtures.noDependencies), caller,
            regions: ["eu-west-1"])
        return (snapshot.resources[type] ?? [], snapshot.gaps, caller.calls)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var type: String
        var scanner: String
        var answers: [String: JSON]
        var id: String
        var arn: String
        var config: JSON
        var testDescription: String { type }
    }

    private static let vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:daily"
    private static let reports = "arn:aws:codebuild:eu-west-1:111122223333:report-group/unit"
    private static let connector = "arn:aws:kafkaconnect:eu-west-1:111122223333:connector/sink/1-2"
    private static let entry = "arn:aws:eks:eu-west-1:111122223333:access-entry/prod/role/111122223333/admin/3"
    private static let admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

    static let cases = [
        Case(
            type: "AWS::Backup::RecoveryPoint", scanner: "storage",
            answers: [
                "backup:ListBackupVaults": ["BackupVaultList": [["BackupVaultName": "daily"]]],
                "backup:ListRecoveryPointsByBackupVault": [
                    "RecoveryPoints": [
                        [
                            "RecoveryPointArn": "arn:aws:ec2:eu-west-1::snapshot/snap-1", "BackupVaultName": "daily",
                            "BackupVaultArn": .string(vault), "IsEncrypted": false, "BackupSizeInBytes": 7,
                        ]
                    ]
                ],
            ],
            id: "arn:aws:ec2:eu-west-1::snapshot/snap-1", arn: "arn:aws:ec2:eu-west-1::snapshot/snap-1",
            config: [
                "RecoveryPointArn": "arn:aws:ec2:eu-west-1::snapshot/snap-1", "BackupVaultName": "daily",
                "BackupVaultArn": .string(vault), "IsEncrypted": false,
            ]),
        Case(
            type: "AWS::CodeBuild::ReportGroup", scanner: "devtools",
            answers: [
                "codebuild:ListReportGroups": ["reportGroups": [.string(reports)]],
                "codebuild:BatchGetReportGroups": [
                    "reportGroups": [
                        [
                            "arn": .string(reports), "name": "unit",
                            "exportConfig": [
                                "exportConfigType": "S3", "s3Destination": ["bucket": "b", "encryptionDisabled": true],
                            ],
                        ]
                    ]
                ],
            ],
            id: reports, arn: reports,
            config: [
                "arn": .string(reports), "name": "unit",
                "exportConfig": [
                    "exportConfigType": "S3", "s3Destination": ["bucket": "b", "encryptionDisabled": true],
                ],
            ]),
        Case(
            type: "AWS::DocDB::DBCluster", scanner: "databases",
            answers: [
                "docdb:DescribeDBClusters": [
                    "DBClusters": [
                        [
                            "DBClusterIdentifier": "d", "Engine": "docdb", "DBClusterParameterGroup": "g",
                            "DBClusterArn": "arn:aws:rds:eu-west-1:111122223333:cluster:d",
                        ],
                        ["DBClusterIdentifier": "a", "Engine": "aurora-mysql"],
                    ]
                ],
                "docdb:DescribeDBClusterParameters": [
                    "Parameters": [
                        ["ParameterName": "tls", "ParameterValue": "disabled", "Source": "user", "Description": "d"]
                    ]
                ],
            ],
            id: "d", arn: "arn:aws:rds:eu-west-1:111122223333:cluster:d",
            config: [
                "DBClusterIdentifier": "d", "Engine": "docdb", "DBClusterParameterGroup": "g",
                "DBClusterArn": "arn:aws:rds:eu-west-1:111122223333:cluster:d",
                "Parameters": [["ParameterName": "tls", "ParameterValue": "disabled", "Source": "user"]],
            ]),
        Case(
            type: "AWS::DocDB::DBClusterSnapshot", scanner: "databases",
            answers: [
                "docdb:DescribeDBClusterSnapshots": [
                    "DBClusterSnapshots": [
                        [
                            "DBClusterSnapshotIdentifier": "s", "Engine": "docdb",
                            "DBClusterSnapshotArn": "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:s",
                        ],
                        ["DBClusterSnapshotIdentifier": "n", "Engine": "neptune"],
                    ]
                ],
                "docdb:DescribeDBClusterSnapshotAttributes": [
                    "DBClusterSnapshotAttributesResult": [
                        "DBClusterSnapshotAttributes": [["AttributeName": "restore", "AttributeValues": ["all"]]]
                    ]
                ],
            ],
            id: "s", arn: "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:s",
            config: [
                "DBClusterSnapshotIdentifier": "s", "Engine": "docdb",
                "DBClusterSnapshotArn": "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:s",
                "Attributes": [["AttributeName": "restore", "AttributeValues": ["all"]]],
            ]),
        Case(
            type: "AWS::EC2::ClientVpnEndpoint", scanner: "network",
            answers: [
                "ec2:DescribeClientVpnEndpoints": [
                    "ClientVpnEndpoints": [
                        ["ClientVpnEndpointId": "cvpn-endpoint-1", "ConnectionLogOptions": ["Enabled": false]]
                    ]
                ]
            ],
            id: "cvpn-endpoint-1", arn: "arn:aws:ec2:eu-west-1:111122223333:client-vpn-endpoint/cvpn-endpoint-1",
            config: ["ClientVpnEndpointId": "cvpn-endpoint-1", "ConnectionLogOptions": ["Enabled": false]]),
        Case(
            type: "AWS::EKS::AccessEntry", scanner: "containers",
            answers: [
                "eks:ListClusters": ["clusters": ["prod"]],
                "eks:DescribeCluster": [
                    "cluster": ["name": "prod", "accessConfig": ["authenticationMode": "API_AND_CONFIG_MAP"]]
                ],
                "eks:ListAccessEntries": ["accessEntries": ["arn:aws:iam::111122223333:role/admin"]],
                "eks:DescribeAccessEntry": [
                    "accessEntry": [
                        "clusterName": "prod", "principalArn": "arn:aws:iam::111122223333:role/admin",
                        "accessEntryArn": .string(entry), "kubernetesGroups": ["ops"], "tags": ["team": "a"],
                    ]
                ],
                "eks:ListAssociatedAccessPolicies": [
                    "associatedAccessPolicies": [["policyArn": .string(admin), "accessScope": ["type": "cluster"]]]
                ],
            ],
            id: "prod/arn:aws:iam::111122223333:role/admin", arn: entry,
            config: [
                "clusterName": "prod", "principalArn": "arn:aws:iam::111122223333:role/admin",
                "accessEntryArn": .string(entry), "kubernetesGroups": ["ops"],
                "AccessPolicies": [["policyArn": .string(admin), "accessScope": ["type": "cluster"]]],
            ]),
        Case(
            type: "AWS::EMR::SecurityConfiguration", scanner: "analytics",
            answers: [
                "emr:ListSecurityConfigurations": ["SecurityConfigurations": [["Name": "c"]]],
                "emr:DescribeSecurityConfiguration": [
                    "Name": "c",
                    "SecurityConfiguration": #"{"EncryptionConfiguration": {"EnableAtRestEncryption": false}}"#,
                ],
            ],
            id: "c", arn: "arn:aws:elasticmapreduce:eu-west-1:111122223333:security-configuration/c",
            config: [
                "Name": "c",
                "SecurityConfiguration": ["EncryptionConfiguration": ["EnableAtRestEncryption": false]],
            ]),
        Case(
            type: "AWS::KafkaConnect::Connector", scanner: "messaging",
            answers: [
                "kafkaconnect:ListConnectors": [
                    "connectors": [["connectorName": "sink", "connectorArn": .string(connector)]]
                ],
                "kafkaconnect:DescribeConnector": [
                    "connectorName": "sink", "connectorArn": .string(connector),
                    "kafkaClusterEncryptionInTransit": ["encryptionType": "TLS"],
                    "connectorConfiguration": ["tasks.max": "1", "connection.password": "made-up-7Q3kz9"],
                ],
            ],
            id: "sink", arn: connector,
            config: [
                "connectorName": "sink", "connectorArn": .string(connector),
                "kafkaClusterEncryptionInTransit": ["encryptionType": "TLS"],
                "connectorConfiguration": [
                    "Keys": ["connection.password", "tasks.max"], "References": [],
                    "Secrets": [["Key": "connection.password", "Kind": "password-like-key"]],
                ],
            ]),
        Case(
            type: "AWS::Connect::Instance", scanner: "enduser",
            answers: [
                "connect:ListInstances": [
                    "InstanceSummaryList": [
                        [
                            "Id": "1", "Arn": "arn:aws:connect:eu-west-1:111122223333:instance/1",
                            "InstanceAlias": "made-up",
                        ]
                    ]
                ],
                "connect:DescribeInstanceAttribute": [
                    "Attribute": ["AttributeType": "CONTACTFLOW_LOGS", "Value": "false"]
                ],
            ],
            id: "1", arn: "arn:aws:connect:eu-west-1:111122223333:instance/1",
            config: [
                "Id": "1", "Arn": "arn:aws:connect:eu-west-1:111122223333:instance/1", "ContactflowLogs": "false",
            ]),
    ]

    @Test(arguments: cases) func documents(of example: Case) async throws {
        let (resources, gaps, _) = try await Self.collect(example.type, scanner: example.scanner, example.answers)
        #expect(gaps.isEmpty)
        let resource = try #require(resources.first)
        #expect(resources.count == 1)
        #expect(resource.id == example.id)
        #expect(resource.arn == example.arn)
        #expect(resource.config == example.config, "\(resource.config.text())")
        #expect(resource.uncollected.isEmpty)
    }

    private static let environment: JSON = [
        "Environments": [
            [
                "EnvironmentId": "e-1", "EnvironmentName": "stage", "ApplicationName": "shop",
                "EnvironmentArn": "arn:aws:elasticbeanstalk:eu-west-1:111122223333:environment/shop/stage",
            ]
        ]
    ]

    /// A password of the database stands among the same options as everything else.
    @Test func optionsOfElasticBeanstalk() async throws {
        func option(_ namespace: String, _ name: String, _ value: String) -> JSON {
            ["Namespace": .string(namespace), "OptionName": .string(name), "Value": .string(value)]
        }
        let logs = option("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true")
        let (resources, _, _) = try await Self.collect(
            "AWS::ElasticBeanstalk::Environment", scanner: "devtools",
            [
                "elasticbeanstalk:DescribeEnvironments": Self.environment,
                "elasticbeanstalk:DescribeConfigurationSettings": [
                    "ConfigurationSettings": [
                        [
                            "DeploymentStatus": "deployed",
                            "OptionSettings": [
                                logs, option("aws:rds:dbinstance", "DBPassword", "made-up-1"),
                                option("aws:elasticbeanstalk:application:environment", "API_KEY", "made-up-2"),
                            ],
                        ]
                    ]
                ],
            ])
        let config = try #require(resources.first?.config)
        #expect(config["Settings"] == [["DeploymentStatus": "deployed", "OptionSettings": [logs]]])
        #expect(ValuePath("Properties.OptionSettings.Keys").values(in: config) == ["API_KEY"])
        #expect(ValuePath("Properties.OptionSettings.Secrets.Key").values(in: config) == ["API_KEY"])
        #expect(!config.text().contains("made-up"))
    }

    /// Clusters without access entries are not asked for them; where nobody says which they are, there is a gap.
    @Test(arguments: [
        (["cluster": ["name": "prod", "accessConfig": ["authenticationMode": "CONFIG_MAP"]]] as JSON?, [String]()),
        (nil, ["AccessDenied"]),
    ])
    func clustersWithoutAccessEntries(cluster: JSON?, codes: [String]) async throws {
        var answers: [String: JSON] = ["eks:ListClusters": ["clusters": ["prod"]]]
        answers["eks:DescribeCluster"] = cluster
        let (resources, gaps, calls) = try await Self.collect("AWS::EKS::AccessEntry", scanner: "containers", answers)
        #expect(resources.isEmpty)
        #expect(gaps.map(\.code) == codes)
        #expect(!calls.contains { $0.hasPrefix("eks:ListAccessEntries") })
    }
}
