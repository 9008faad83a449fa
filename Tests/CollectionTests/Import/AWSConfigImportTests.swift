import Collection
import Documents
import Resources
import Testing

@Suite struct AWSConfigImportTests {
    /// An item as AWS Config writes it.
    static func item(
        _ type: String, _ configuration: String, supplement: String = "{}", region: String = "eu-west-1",
        id: String = "id",
        more: String = ""
    ) -> String {
        """
        {"configurationItemVersion": "1.3", "configurationItemCaptureTime": "2026-01-10T00:00:00.000Z",
         "configurationStateId": 1, "awsAccountId": "111122223333", "configurationItemStatus": "OK",
         "resourceType": "\(type)", "resourceId": "\(id)", "ARN": "arn:aws:x:::\(id)", "awsRegion": "\(region)",
         "availabilityZone": "Regional", "relatedEvents": [], "relationships": [], "tags": {"team": "a"},
         "configuration": \(configuration), "supplementaryConfiguration": \(supplement)\(more)}
        """
    }

    static func imported(_ items: [String]) throws -> AWSConfigImport {
        let text =
            #"{"fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": [\#(items.joined(separator: ","))]}"#
        return try AWSConfigImport(
            Array(text.utf8), at: Timestamp(seconds: 1_768_435_200), catalog: try Fixtures.catalog())
    }

    static func resource(_ item: String) throws -> Resource {
        let found = try imported([item]).snapshot.resources.values.flatMap(\.self)
        #expect(found.count == 1)
        return try #require(found.first)
    }

    static func json(_ text: String) throws -> JSON { try JSON.parse(text) }

    // MARK: Types

    static let bucket =
        #"{"name": "logs", "owner": {"displayName": null, "id": "abc"}, "creationDate": "2020-12-28T03:36:13.000Z"}"#
    static let supplement = #"""
        {"AccessControlList": "{\"grantSet\":null,\"grantList\":[{\"grantee\":{\"id\":\"abc\",\"displayName\":null},\"permission\":\"FullControl\"},{\"grantee\":\"AllUsers\",\"permission\":\"Read\"}],\"owner\":{\"id\":\"abc\"}}",
         "BucketLoggingConfiguration": {"destinationBucketName": "other", "logFilePrefix": "x/"},
         "BucketPolicy": {"policyText": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"},
         "BucketVersioningConfiguration": {"status": "Enabled", "isMfaDeleteEnabled": false},
         "IsRequesterPaysEnabled": false,
         "PublicAccessBlockConfiguration": {"blockPublicAcls": true, "ignorePublicAcls": true, "blockPublicPolicy": true, "restrictPublicBuckets": false},
         "ServerSideEncryptionConfiguration": {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyID": "k"}, "bucketKeyEnabled": true}]}}
        """#

    @Test func buckets() throws {
        let bucket = try Self.resource(Self.item("AWS::S3::Bucket", Self.bucket, supplement: Self.supplement))
        #expect((bucket.id, bucket.arn, bucket.region) == ("logs", "arn:aws:s3:::logs", "eu-west-1"))
        #expect(bucket.tags == ["team": "a"])
        let expected = try Self.json(
            #"""
            {"Name": "logs", "CreationDate": "2020-12-28T03:36:13Z", "Location": {"LocationConstraint": "eu-west-1"},
             "Acl": {"Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": "abc"}, "Permission": "FULL_CONTROL"},
                {"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}]},
             "Logging": {"LoggingEnabled": {"TargetBucket": "other", "TargetPrefix": "x/"}},
             "Policy": {"Version": "2012-10-17", "Statement": []}, "Versioning": {"Status": "Enabled", "MFADelete": "Disabled"},
             "PublicAccessBlock": {"BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": false},
             "Encryption": {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"}, "BucketKeyEnabled": true}]}}
            """#)
        #expect(bucket.config == expected, "\(bucket.config.text())")
        #expect(
            bucket.uncollected == [
                "PolicyStatus": "NotRecorded", "OwnershipControls": "NotRecorded", "Lifecycle": "NotRecorded",
            ])
    }

    @Test func bucketsWithNothing() throws {
        let nothing = #"""
            {"AccessControlList": "\"{\\\"grantSet\\\":null,\\\"grantList\\\":[]}\"", "BucketLoggingConfiguration": "{\"destinationBucketName\":null,\"logFilePrefix\":null}",
             "BucketPolicy": "{\"policyText\":null}", "BucketVersioningConfiguration": "{\"status\":\"Off\",\"isMfaDeleteEnabled\":null}"}
            """#
        let bucket = try Self.resource(
            Self.item("AWS::S3::Bucket", Self.bucket, supplement: nothing, region: "us-east-1"))
        #expect(bucket.config["Policy"] == nil)
        #expect(bucket.config["Versioning"] == [:])
        #expect(bucket.config["Logging"] == [:])
        #expect(bucket.config["Acl"] == ["Grants": []])
        #expect(bucket.config["Location"] == [:])
        #expect(
            bucket.uncollected == [
                "PolicyStatus": "NotRecorded", "Encryption": "NotRecorded", "PublicAccessBlock": "NotRecorded",
                "OwnershipControls": "NotRecorded", "Lifecycle": "NotRecorded",
            ])
    }

    @Test(arguments: [
        (#"{"BucketVersioningConfiguration": {"status": "On"}}"#, "Versioning"),
        (#"{"BucketVersioningConfiguration": {"status": "Enabled", "isMfaDeleteEnabled": "maybe"}}"#, "Versioning"),
        (#"{"BucketLoggingConfiguration": "text"}"#, "Logging"), (#"{"AccessControlList": "{}"}"#, "Acl"),
        (#"{"AccessControlList": {"grantList": [{"grantee": "Everyone", "permission": "Read"}]}}"#, "Acl"),
        (#"{"AccessControlList": {"grantList": [{"grantee": {"id": "a"}, "permission": "Own"}]}}"#, "Acl"),
        (#"{"BucketPolicy": {"policyText": "no policy"}}"#, "Policy"),
        (#"{"ServerSideEncryptionConfiguration": []}"#, "Encryption"),
    ])
    func whatMakesNoSenseIsUncollected(supplement: String, attribute: String) throws {
        let bucket = try Self.resource(Self.item("AWS::S3::Bucket", Self.bucket, supplement: supplement))
        #expect(bucket.config[attribute] == nil)
        #expect(bucket.uncollected[attribute] == "MalformedResponse")
    }

    @Test func securityGroups() throws {
        let group = try Self.resource(
            Self.item(
                "AWS::EC2::SecurityGroup",
                #"""
                {"description": "web", "groupName": "web", "groupId": "sg-1", "ownerId": "1", "vpcId": "vpc-1", "tags": [],
                 "ipPermissions": [{"fromPort": 80, "ipProtocol": "tcp", "ipv6Ranges": [{"cidrIpv6": "::/0"}], "prefixListIds": [], "toPort": 80,
                   "userIdGroupPairs": [{"groupId": "sg-2", "userId": "1"}], "ipv4Ranges": [{"cidrIp": "0.0.0.0/0", "description": "all"}], "ipRanges": ["0.0.0.0/0"]}],
                 "ipPermissionsEgress": [{"ipProtocol": "-1", "ipv6Ranges": [], "prefixListIds": [], "userIdGroupPairs": [], "ipv4Ranges": [], "ipRanges": []}]}
                """#))
        let expected = try Self.json(
            #"""
            {"GroupId": "sg-1", "GroupName": "web", "Description": "web", "VpcId": "vpc-1",
             "IpPermissions": [{"FromPort": 80, "ToPort": 80, "IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}],
               "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [], "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "1"}]}],
             "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}]}
            """#)
        #expect(group.config == expected, "\(group.config.text())")
        #expect(group.uncollected.isEmpty)
        #expect(group.arn == "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1")
    }

    @Test func instancesAndVolumes() throws {
        let instance = try Self.resource(
            Self.item(
                "AWS::EC2::Instance",
                #"""
                {"instanceId": "i-1", "imageId": "ami-1", "instanceType": "t3.micro", "launchTime": "2026-01-01T10:00:00.000Z",
                 "state": {"code": 16, "name": "running"}, "publicIpAddress": null, "privateIpAddress": "10.0.0.1", "subnetId": "s", "vpcId": "v",
                 "metadataOptions": {"state": "applied", "httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
                 "securityGroups": [{"groupName": "web", "groupId": "sg-1"}], "iamInstanceProfile": null, "keyName": "k",
                 "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"attachTime": 1767261600000, "deleteOnTermination": "true", "status": "attached", "volumeId": "vol-1"}}],
                 "monitoring": {"state": "disabled"}, "enclaveOptions": {"enabled": true}, "stateTransitionReason": "", "virtualizationType": "hvm",
                 "networkInterfaces": [{"networkInterfaceId": "eni-1", "subnetId": "s", "vpcId": "v"}]}
                """#))
        #expect(instance.config["State"] == ["Code": 16, "Name": "running"])
        #expect(instance.config["MetadataOptions"]?["HttpTokens"] == "required")
        #expect(instance.config["LaunchTime"] == "2026-01-01T10:00:00Z")
        let disk = instance.config["BlockDeviceMappings"]?[0]?["Ebs"]
        #expect(disk?["AttachTime"] == "2026-01-01T10:00:00Z")
        #expect(disk?["DeleteOnTermination"] == true)
        // Null is absent; what is left out is not recorded.
        #expect(instance.config["PublicIpAddress"] == nil)
        #expect(instance.config["NetworkInterfaces"] == [["NetworkInterfaceId": "eni-1"]])
        #expect(
            instance.uncollected == [
                "EbsOptimized": "NotRecorded", "Images": "NotRecorded", "InspectorFindings": "NotRecorded",
                "UserData": "NotRecorded",
            ])
        let volume = try Self.resource(
            Self.item(
                "AWS::EC2::Volume",
                #"""
                {"attachments": [{"attachTime": "2026-01-01T10:00:00.000Z", "device": "/dev/xvda", "instanceId": "i-1", "state": "attached", "volumeId": "vol-1", "deleteOnTermination": true}],
                 "availabilityZone": "eu-west-1a", "createTime": "2026-01-01T10:00:00.000Z", "encrypted": false, "kmsKeyId": null, "size": 8,
                 "snapshotId": "", "state": "in-use", "volumeId": "vol-1", "iops": 100, "tags": [], "volumeType": "gp2"}
                """#))
        #expect(volume.config["Encrypted"] == false)
        #expect(volume.config["KmsKeyId"] == nil)
        #expect(volume.config["Attachments"]?[0]?["InstanceId"] == "i-1")
        #expect(volume.uncollected.isEmpty)
    }

    @Test func usersAndRoles() throws {
        let policy = "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%7D%5D%7D"
        let user = try Self.resource(
            Self.item(
                "AWS::IAM::User",
                #"""
                {"path": "/", "userName": "alice", "userId": "AIDA1", "arn": "arn:aws:iam::111122223333:user/alice", "createDate": "2025-01-01T00:00:00.000Z",
                 "userPolicyList": [{"policyName": "inline", "policyDocument": "\#(policy)"}], "groupList": ["admins"],
                 "permissionsBoundary": {"permissionsBoundaryType": "PermissionsBoundaryPolicy", "permissionsBoundaryArn": "arn:aws:iam::aws:policy/b"},
                 "attachedManagedPolicies": [{"policyName": "p", "policyArn": "arn:aws:iam::aws:policy/p"}], "tags": []}
                """#, region: "global", id: "AIDA1"))
        #expect((user.id, user.region, user.arn) == ("alice", "global", "arn:aws:iam::111122223333:user/alice"))
        #expect(user.config["InlinePolicies"]?[0]?["PolicyDocument"]?["Statement"]?[0]?["Effect"] == "Allow")
        #expect(user.config["AttachedPolicies"] == [["PolicyName": "p", "PolicyArn": "arn:aws:iam::aws:policy/p"]])
        #expect(user.config["GroupList"] == ["admins"])
        #expect(user.config["PermissionsBoundary"]?["PermissionsBoundaryArn"] == "arn:aws:iam::aws:policy/b")
        #expect(
            user.uncollected == [
                "AccessKeys": "NotRecorded", "CredentialReport": "NotRecorded", "LoginProfile": "NotRecorded",
                "MFADevices": "NotRecorded", "PasswordLastUsed": "NotRecorded",
            ])
        let role = try Self.resource(
            Self.item(
                "AWS::IAM::Role",
                #"""
                {"path": "/", "roleName": "app", "roleId": "AROA1", "arn": "arn:aws:iam::111122223333:role/app", "createDate": "2025-01-01T00:00:00.000Z",
                 "assumeRolePolicyDocument": "\#(policy)", "instanceProfileList": [], "permissionsBoundary": null, "rolePolicyList": [], "attachedManagedPolicies": []}
                """#, region: "global"))
        #expect(role.config["AssumeRolePolicyDocument"]?["Statement"]?[0]?["Effect"] == "Allow")
        #expect(role.config["InlinePolicies"] == [])
        #expect(role.config["InstanceProfiles"] == [])
        #expect(role.config["PermissionsBoundary"] == nil)
        #expect(role.uncollected == ["MaxSessionDuration": "NotRecorded", "RoleLastUsed": "NotRecorded"])
    }

    @Test func databases() throws {
        let database = try Self.resource(
            Self.item(
                "AWS::RDS::DBInstance",
                #"""
                {"dBInstanceIdentifier": "db", "dBInstanceClass": "db.t3.micro", "engine": "postgres", "dBInstanceStatus": "available",
                 "dBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:db", "endpoint": {"address": "db.x", "port": 5432, "hostedZoneId": "Z"},
                 "storageEncrypted": true, "publiclyAccessible": false, "multiAZ": true, "iAMDatabaseAuthenticationEnabled": true,
                 "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-1", "status": "active"}], "backupRetentionPeriod": 7, "kmsKeyId": "k"}
                """#, id: "db-ABC"))
        #expect((database.id, database.arn) == ("db", "arn:aws:rds:eu-west-1:111122223333:db:db"))
        #expect(database.config["MultiAZ"] == true)
        #expect(database.config["IAMDatabaseAuthenticationEnabled"] == true)
        #expect(database.config["VpcSecurityGroups"] == [["VpcSecurityGroupId": "sg-1", "Status": "active"]])
        // The manifest says what an absent member means; this one is not absent.
        #expect(database.uncollected["DeletionProtection"] == "NotRecorded")
    }

    /// Newer types have names that start big.
    @Test(arguments: [false, true]) func trails(isUpper: Bool) throws {
        let names = [
            ("name", #""trail""#), ("trailARN", #""arn:aws:cloudtrail:eu-west-1:111122223333:trail/trail""#),
            ("s3BucketName", #""logs""#), ("includeGlobalServiceEvents", "true"), ("isMultiRegionTrail", "true"),
            ("homeRegion", #""eu-west-1""#), ("logFileValidationEnabled", "false"), ("kmsKeyId", "null"),
        ]
        let members = names.map { name, value in
            "\"\(isUpper ? name.prefix(1).uppercased() + name.dropFirst() : name)\": \(value)"
        }
        let trail = try Self.resource(Self.item("AWS::CloudTrail::Trail", "{\(members.joined(separator: ","))}"))
        #expect(trail.config["S3BucketName"] == "logs")
        #expect(trail.config["IsMultiRegionTrail"] == true)
        #expect(trail.config["KmsKeyId"] == nil)
        #expect(trail.uncollected["Status"] == "NotRecorded")
        #expect(trail.uncollected["EventSelectors"] == "NotRecorded")
        #expect(trail.uncollected["KmsKeyId"] == nil)
    }

    // MARK: Files

    static let volume = item("AWS::EC2::Volume", #"{"volumeId": "vol-1", "encrypted": true}"#, id: "vol-1")

    @Test func whatHasNoMappingIsCounted() throws {
        let found = try Self.imported([
            Self.item("AWS::Lambda::Function", "{}"), Self.item("AWS::Lambda::Function", "{}"), Self.volume,
        ])
        #expect(found.skipped == ["AWS::Lambda::Function": 2])
        #expect(found.snapshot.types == ["AWS::EC2::Volume"])
        #expect(found.snapshot.regions == ["eu-west-1"])
        #expect(found.snapshot.gaps.isEmpty)
    }

    @Test func theNewestItemCounts() throws {
        let later = { (text: String) in text.replacing("2026-01-10T", with: "2026-01-11T") }
        let changed = later(Self.volume.replacing("true", with: "false"))
        for items in [[Self.volume, changed], [changed, Self.volume]] {
            let found = try Self.imported(items).snapshot.resources["AWS::EC2::Volume"]
            #expect(found?.map { $0.config["Encrypted"] } == [false])
        }
        let gone = later(
            Self.item("AWS::EC2::Volume", "null", id: "vol-1").replacing("\"OK\"", with: "\"ResourceDeleted\""))
        let found = try Self.imported([gone, Self.volume])
        #expect(found.deleted == 1)
        #expect(found.snapshot.count == 0)
        #expect(found.snapshot.types == ["AWS::EC2::Volume"])
    }

    @Test(arguments: [
        (item("AWS::EC2::Volume", "{}"), "eu-west-1", "MalformedResponse", 1),
        (#"{"resourceType": "AWS::EC2::Volume"}"#, "global", "MalformedResponse", 1),
        (volume.replacing("\"OK\"", with: "\"ResourceNotRecorded\""), "eu-west-1", "NotRecorded", 0),
    ])
    func whatCannotBeImportedIsAGap(item: String, region: String, code: String, malformed: Int) throws {
        let found = try Self.imported([item])
        #expect(found.malformed == malformed)
        #expect(found.snapshot.count == 0)
        #expect(
            found.snapshot.gaps == [
                CollectionGap(
                    type: "AWS::EC2::Volume", region: region, operation: "config:ConfigurationItem", code: code)
            ])
    }

    /// A file holds the buckets of its region, and Parapet lists those of all.
    @Test func bucketsOfOtherRegionsAreAGap() throws {
        let found = try Self.imported([Self.item("AWS::S3::Bucket", Self.bucket)])
        #expect(found.snapshot.gaps.map(\.code) == ["NotRecorded"])
        #expect(found.snapshot.gaps.map(\.region) == ["global"])
    }

    @Test func tagsThatAreNotRecordedAreUncollected() throws {
        let volume = try Self.resource(Self.volume.replacing(#""tags": {"team": "a"},"#, with: ""))
        #expect(volume.uncollected["tags"] == "NotRecorded")
        let secret = try Self.resource(Self.volume.replacing(#"{"team": "a"}"#, with: #"{"password": "hunter2"}"#))
        #expect(secret.tags == ["password": "(secret password-like-key)"])
    }

    @Test(arguments: [
        ("[]", "it has no list `configurationItems`"), ("{", "it is not JSON"),
        (
            #"{"configurationItems": [\#(volume), \#(volume.replacing("111122223333", with: "444455556666"))]}"#,
            "it holds 2 accounts: import one at a time"
        ),
    ])
    func filesThatAreNone(text: String, message: String) throws {
        let catalog = try Fixtures.catalog()
        let error = #expect(throws: AWSConfigImportError.self) {
            try AWSConfigImport(Array(text.utf8), at: Timestamp(seconds: 0), catalog: catalog)
        }
        #expect(error?.description == message)
    }
}
