internal import Documents

/// A condition key, and what it says of a request.
public struct ConditionKey: Sendable {
    /// Where a key's value comes from, and so who can have which.
    public enum Origin: String, Sendable {
        /// Who calls. Nobody can have another's.
        case principal
        /// For whom a service calls: only on requests of AWS services.
        case source
        /// From where. Networks belong to somebody.
        case network
        /// Something that only those know who were told.
        case secret
        /// The claims of a token of an identity provider.
        case token
        /// Whether an AWS service calls in its own name, and which.
        case service
        /// How and what is asked for, the caller's own tags included: whoever calls chooses.
        case request
        /// A property of what is called. Keeps nobody out.
        case resource
    }

    /// What the key's values look like: which part of one tells whose it is.
    public enum Shape: String, Sendable {
        /// The whole value.
        case whole
        /// `true` or `false`.
        case flag
        case account
        case organization
        /// `o-example/r-example/ou-example/`: the organisation.
        case organizationPath
        /// The account in it; where there is none, as in a bucket's, the name.
        case arn
        /// `AROAEXAMPLE:session`: what stands before the colon.
        case userID
        /// An address. A stranger has one of more than a /8 of IPv4, or a /16 of IPv6.
        case address
        /// `repo:owner/name:ref:...`, as the issuer writes it: the owner.
        case subject
        /// `owner/name`
        case owned
        /// For whom the token was made: with some issuers, whoever asks for one decides.
        case audience
    }

    public var name: String
    public var origin: Origin
    public var shape: Shape
    /// Whether every request carries it (a token's, every request with a token).
    public var isAlwaysThere: Bool
}

/// Which condition keys there are. A key that is not here makes a verdict unknown.
public enum ConditionKeys {
    /// By origin. Names as AWS writes them.
    public static let all: [ConditionKey] = principal + source + network + service + secret + token + request + resource

    private static func keys(
        _ origin: ConditionKey.Origin, _ shape: ConditionKey.Shape, alwaysThere: Bool = false, _ names: String...
    ) -> [ConditionKey] {
        names.map { ConditionKey(name: $0, origin: origin, shape: shape, isAlwaysThere: alwaysThere) }
    }

    static let principal =
        keys(.principal, .organization, "aws:PrincipalOrgID")
        + keys(.principal, .organizationPath, "aws:PrincipalOrgPaths")
        + keys(.principal, .account, "aws:PrincipalAccount", "kms:CallerAccount")
        + keys(
            .principal, .arn, "aws:PrincipalArn", "aws:FederatedProvider", "aws:ChatbotSourceArn",
            "ec2:SourceInstanceARN",
            "lambda:SourceFunctionArn")
        + keys(.principal, .userID, "aws:userid")

    static let source =
        keys(.source, .organization, "aws:SourceOrgID") + keys(.source, .organizationPath, "aws:SourceOrgPaths")
        + keys(.source, .account, "aws:SourceAccount", "aws:SourceOwner") + keys(.source, .arn, "aws:SourceArn")

    static let network =
        keys(.network, .address, "aws:SourceIp")
        + keys(.network, .whole, "aws:SourceVpc", "aws:SourceVpce", "aws:Ec2InstanceSourceVpc")
        + keys(.network, .arn, "aws:SourceVpcArn", "s3:DataAccessPointArn")
        + keys(.network, .account, "aws:VpceAccount", "s3:DataAccessPointAccount")
        + keys(.network, .organization, "aws:VpceOrgID") + keys(.network, .organizationPath, "aws:VpceOrgPaths")
        // True only over a mount target in one's own network.
        + keys(.network, .whole, "elasticfilesystem:AccessedViaMountTarget")

    static let service =
        keys(.service, .flag, alwaysThere: true, "aws:PrincipalIsAWSService")
        + keys(.service, .whole, "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList")

    static let secret = keys(.secret, .whole, "sts:ExternalId")

    /// Claims, by what stands after the issuer: `token.actions.githubusercontent.com:sub`.
    static let token =
        keys(.token, .subject, alwaysThere: true, "sub") + keys(.token, .audience, alwaysThere: true, "aud")
        + keys(
            .token, .whole, "oaud", "azp", "email", "hd", "id", "app_id", "user_id", "actor", "actor_id",
            "repository_id",
            "repository_owner", "repository_owner_id", "enterprise", "enterprise_id", "project_id", "namespace_id")
        + keys(.token, .owned, "repository", "project_path", "namespace_path")
        + keys(.token, .whole, "saml:sub", "saml:namequalifier", "saml:iss", "saml:eduPersonPrincipalName", "saml:mail")

    /// Of tokens, too, but whoever has one can choose.
    static let claimsOfChoice = ["amr", "ref", "ref_type", "environment", "workflow", "event_name"]

    static let request =
        keys(
            .request, .whole, alwaysThere: true, "aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion",
            "aws:PrincipalType")
        + keys(.request, .flag, alwaysThere: true, "aws:SecureTransport", "aws:ViaAWSService")
        + keys(.request, .flag, "aws:MultiFactorAuthPresent", "aws:AssumedRoot", "lambda:InvokedViaFunctionUrl")
        + keys(
            .request, .whole, "aws:UserAgent", "aws:Referer", "aws:MultiFactorAuthAge",
            "aws:TokenIssueTime", "aws:username", "aws:TagKeys", "aws:CalledVia", "aws:CalledViaFirst",
            "aws:CalledViaLast", "aws:SourceIdentity", "aws:VpcSourceIp", "aws:Ec2InstanceSourcePrivateIPv4",
            "sts:RoleSessionName", "sts:SourceIdentity", "sts:TransitiveTagKeys",
            "sts:DurationSeconds",
            "saml:aud", "saml:sub_type", "iam:PassedToService", "iam:AWSServiceName", "iam:AssociatedResourceArn",
            "lambda:FunctionUrlAuthType", "lambda:EventSourceToken", "sns:Protocol",
            "secretsmanager:VersionStage", "execute-api:viaDomain")

    static let resource = keys(
        .resource, .whole, "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "s3:ResourceAccount",
        "lambda:FunctionArn", "lambda:Principal", "secretsmanager:SecretId", "secretsmanager:Name",
        "secretsmanager:resource/AllowRotationLambdaArn")

    /// Families of keys that say what is asked for, of what. The longest that fits counts.
    static let families: [(prefix: String, origin: ConditionKey.Origin)] = [
        ("aws:principaltag/", .request), ("aws:requesttag/", .request), ("aws:resourcetag/", .resource),
        ("s3:", .request), ("s3:existingobjecttag/", .resource), ("ec2:", .request), ("ec2:resourcetag/", .resource),
        ("kms:", .request), ("kms:resourcealiases", .resource), ("dynamodb:", .request),
        ("iam:resourcetag/", .resource),
        ("iam:policyarn", .resource), ("secretsmanager:resourcetag/", .resource), ("ssm:resourcetag/", .resource),
        ("rds:", .request), ("s3express:", .request), ("ecr:resourcetag/", .resource),
        ("elasticfilesystem:", .request), ("glue:resourcetag/", .resource), ("logs:resourcetag/", .resource),
    ]

    private static let byName = Dictionary(
        all.filter { $0.origin != .token || $0.name.contains(":") }.map { (PolicyDocument.folded($0.name), $0) }
    ) { first, _ in first }

    /// What is known of a key, which is in lower case. Nil for a key that is in no table.
    static func key(_ name: String) -> ConditionKey? {
        if let known = byName[name] { return known }
        if let (issuer, claim) = claim(name) {
            if claimsOfChoice.contains(claim) {
                return ConditionKey(name: name, origin: .token, shape: .audience, isAlwaysThere: false)
            }
            guard !issuer.isEmpty, var key = token.first(where: { PolicyDocument.folded($0.name) == claim }) else {
                return nil
            }
            key.name = name
            return key
        }
        guard
            let family = families.filter({ name.hasPrefix($0.prefix) && name.utf8.count > $0.prefix.utf8.count })
                .max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count })
                ?? families.first(where: { $0.prefix.hasSameBytes(as: name) && !$0.prefix.hasSuffix(":") })
        else { return nil }
        return ConditionKey(name: name, origin: family.origin, shape: .whole, isAlwaysThere: false)
    }

    /// The issuer and the claim of a key such as `oidc.eks.eu-west-1.amazonaws.com/id/example:sub`.
    static func claim(_ name: String) -> (issuer: String, claim: String)? {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let issuer = String(name[..<colon])
        guard issuer.utf8.contains(UInt8(ascii: ".")) else { return nil }
        return (issuer, String(name[name.utf8.index(after: colon)...]))
    }
}
