internal import Documents

/// Where AWS Config has what a resource type's documents hold. Types without a mapping are not imported: their shapes
/// have not been compared.
struct AWSConfigMapping {
    /// API members whose recorded names differ in more than case, both in small letters.
    var names: [String: String] = [:]
    /// Attributes that are recorded. All others are not.
    var attributes: [String: Source] = [:]

    /// Where an attribute stands.
    enum Source {
        /// A member of the configuration, in the API's shape.
        case member(String)
        /// A supplement. The function brings it into the API's shape: null where AWS has none, nil where it makes no
        /// sense of it.
        case supplement(String, @Sendable (JSON) -> JSON?)
        /// What follows from the item.
        case item(@Sendable (AWSConfigItem) -> JSON?)
    }

    static let all: [String: AWSConfigMapping] = [
        "AWS::EC2::Instance": AWSConfigMapping(), "AWS::EC2::Volume": AWSConfigMapping(),
        // `ipRanges` is a list of plain text, kept for old readers.
        "AWS::EC2::SecurityGroup": AWSConfigMapping(names: ["ipranges": "ipv4ranges"]),
        "AWS::RDS::DBInstance": AWSConfigMapping(), "AWS::CloudTrail::Trail": AWSConfigMapping(),
        "AWS::IAM::User": AWSConfigMapping(attributes: [
            "AttachedPolicies": .member("attachedManagedPolicies"), "InlinePolicies": .member("userPolicyList"),
            "GroupList": .member("groupList"), "PermissionsBoundary": .member("permissionsBoundary"),
        ]),
        "AWS::IAM::Role": AWSConfigMapping(attributes: [
            "AttachedPolicies": .member("attachedManagedPolicies"), "InlinePolicies": .member("rolePolicyList"),
            "InstanceProfiles": .member("instanceProfileList"), "PermissionsBoundary": .member("permissionsBoundary"),
        ]),
        "AWS::S3::Bucket": AWSConfigMapping(attributes: [
            "Location": .item { ["LocationConstraint": $0.region == "us-east-1" ? .null : .string($0.region)] },
            "Encryption": .supplement("ServerSideEncryptionConfiguration") { $0 },
            "PublicAccessBlock": .supplement("PublicAccessBlockConfiguration") { $0 },
            "Policy": .supplement("BucketPolicy") { $0["policyText"] }, "Acl": .supplement("AccessControlList", acl),
            "Versioning": .supplement("BucketVersioningConfiguration", versioning),
            "Logging": .supplement("BucketLoggingConfiguration", logging),
        ]),
    ]
}

/// Shapes of the S3 client that AWS Config uses, which are not those of the API.
extension AWSConfigMapping {
    @Sendable private static func versioning(_ value: JSON) -> JSON? {
        var result = JSONObject()
        switch value["status"]?.string {
        case "Enabled"?, "Suspended"?: result["Status"] = value["status"] ?? .null
        case "Off"?: break
        default: return nil
        }
        switch value["isMfaDeleteEnabled"] {
        case .bool(let isEnabled)?: result["MFADelete"] = isEnabled ? "Enabled" : "Disabled"
        case .null?, nil: break
        default: return nil
        }
        return .object(result)
    }

    @Sendable private static func logging(_ value: JSON) -> JSON? {
        guard value.object != nil else { return nil }
        guard let bucket = value["destinationBucketName"], !bucket.isNull else { return [:] }
        return ["LoggingEnabled": ["TargetBucket": bucket, "TargetPrefix": value["logFilePrefix"] ?? .null]]
    }

    private static let permissions: [String: JSON] = [
        "FullControl": "FULL_CONTROL", "Read": "READ", "Write": "WRITE", "ReadAcp": "READ_ACP", "WriteAcp": "WRITE_ACP",
    ]
    private static let groups: [String: JSON] = [
        "AllUsers": "http://acs.amazonaws.com/groups/global/AllUsers",
        "AuthenticatedUsers": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
        "LogDelivery": "http://acs.amazonaws.com/groups/s3/LogDelivery",
    ]

    @Sendable private static func acl(_ value: JSON) -> JSON? {
        guard let list = [value["grantList"], value["grantSet"]].compactMap({ $0?.array }).first else { return nil }
        var grants: [JSON] = []
        for grant in list {
            guard let permission = grant["permission"]?.string.flatMap({ permissions[$0] }) else { return nil }
            let grantee: JSON
            if let group = grant["grantee"]?.string {
                guard let address = groups[group] else { return nil }
                grantee = ["Type": "Group", "URI": address]
            } else {
                guard let id = grant["grantee"]?["id"], id.string != nil else { return nil }
                grantee = ["Type": "CanonicalUser", "ID": id]
            }
            grants.append(["Grantee": grantee, "Permission": permission])
        }
        return ["Grants": .array(grants)]
    }
}
