import Testing

@testable import Rules

/// Who is meant, and whom conditions leave out. The resource is in account 111122223333, which trusts 222233334444 and
/// the organisation o-own.
@Suite struct PolicyPrincipalTests {
    private static let read = #"principal: anyone, actions: ["s3:GetObject"]"#
    private static let key = #"principal: anyone, actions: ["kms:Decrypt"]"#
    private static let send = #"principal: anyone, actions: ["sqs:SendMessage"]"#
    private static let outsider = #"principal: external, actions: ["s3:GetObject"]"#
    private static let assume = #"principal: external, actions: ["sts:AssumeRole"]"#
    private static let whoever = #"actions: ["s3:GetObject"]"#

    @Test(arguments: [
        // Buckets
        PolicyCase(read, .true, grant(#""*""#, "s3:GetObject", resource: "arn:aws:s3:::site/*")),
        PolicyCase(read, .true, grant(#"{"AWS": "*"}"#, "s3:*", #""Bool": {"aws:SecureTransport": "true"}"#)),
        PolicyCase(read, .false, grant(#"{"Service": "*"}"#, "s3:*")),
        PolicyCase(read, .false, grant(#"{"Federated": "*"}"#, "s3:*")),
        PolicyCase(
            read, .false,
            grant(#"{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#, "s3:*")),
        PolicyCase(
            read, .false,
            grant(
                #"{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"}"#, "s3:GetObject")
        ),
        PolicyCase(
            read, .false,
            grant(
                #"{"Service": "cloudfront.amazonaws.com"}"#, "s3:GetObject",
                #""StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1"}"#)),
        PolicyCase(
            read, .true, grant(#""*""#, "s3:GetObject", #""StringLike": {"aws:Referer": ["https://example.com/*"]}"#)),
        PolicyCase(
            read, .true, grant(#""*""#, "s3:GetObject", #""StringEquals": {"s3:ExistingObjectTag/public": "yes"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:GetObject", #""StringEquals": {"aws:PrincipalTag/team": "red"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:GetObject", #""Bool": {"aws:MultiFactorAuthPresent": "true"}"#)),
        PolicyCase(
            read, .true, grant(#""*""#, "s3:GetObject", #""DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}"#)
        ),
        PolicyCase(
            read, .true,
            grant(
                #""*""#, "s3:GetObject",
                #""DateGreaterThan": {"aws:CurrentTime": "2024-01-01"}, "DateLessThan": {"aws:CurrentTime": "2024-01-02"}"#
            )),
        PolicyCase(read, .false, grant(#""*""#, "s3:GetObject", #""StringEquals": {"aws:SourceVpc": "vpc-1"}"#)),
        PolicyCase(
            read, .false, grant(#""*""#, "s3:*", #""StringEquals": {"s3:DataAccessPointAccount": "111122223333"}"#)),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*", #""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/*"}"#)),
        PolicyCase(
            read, .true,
            grant(#""*""#, "s3:*", #""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:*:accesspoint/*"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}"#)),
        PolicyCase(read, .false, grant(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "fd00::/8"]}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": ["8.0.0.0/8", "9.0.0.0/8"]}"#)),
        PolicyCase(read, .false, grant(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": ["2001:db8::/32"]}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": ["2000::/3"]}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""IpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"}"#)),
        PolicyCase(
            read, .unknown, grant(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": "the office"}"#), "aws:sourceip"),
        PolicyCase(
            read, .unknown, grant(#""*""#, "s3:*", #""StringMatches": {"aws:SourceIp": "1"}"#),
            "operator `StringMatches`"),
        PolicyCase(
            read, .unknown, grant(#""*""#, "s3:*", #""StringEquals": {"acme:Nobody": "1"}"#),
            "`acme:nobody` is in no table"),
        PolicyCase(
            read, .unknown, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "${aws:SomeOrgID}"}"#),
            "policy variable"),
        PolicyCase(
            read, .false, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}"#)),
        PolicyCase(
            read, .false, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}"#)
        ),
        // A wildcard is none where the operator takes none.
        PolicyCase(read, .false, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "*"}"#)),
        PolicyCase(read, .false, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-*"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""StringLike": {"aws:PrincipalArn": "arn:aws:iam::*"}"#)),
        PolicyCase(
            read, .false, grant(#""*""#, "s3:*", #""StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:*"}"#)),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*", #""ArnLike": {"aws:SourceArn": "arn:aws:events:*:111122223333:rule/*"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""ArnLike": {"aws:SourceArn": "arn:aws:s3:::acme-*"}"#)),
        PolicyCase(read, .false, grant(#""*""#, "s3:*", #""ArnLike": {"aws:SourceArn": "arn:aws:s3:::acme/*"}"#)),
        PolicyCase(
            read, .false, grant(#""*""#, "s3:*", #""StringLike": {"aws:userid": ["AROAEXAMPLE:*", "AIDAEXAMPLE"]}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""StringLike": {"aws:userid": "*:admin"}"#)),
        PolicyCase(read, .true, grant(#""*""#, "s3:*", #""Bool": {"aws:PrincipalIsAWSService": "true"}"#)),
        // Two conditions that strangers meet, but none both.
        PolicyCase(
            read, .false,
            grant(
                #""*""#, "s3:*",
                #""Bool": {"aws:PrincipalIsAWSService": "true"}, "StringLike": {"aws:PrincipalOrgID": "o-*"}"#)),
        PolicyCase(
            read, .unknown,
            grant(#""*""#, "s3:*", #""StringEquals": {"s3:prefix": "a"}, "StringNotEquals": {"s3:prefix": "a"}"#)),
        // Keys
        PolicyCase(
            key, .false,
            grant(
                #"{"AWS": "*"}"#, "kms:*",
                #""StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-west-1.amazonaws.com"}"#
            )),
        PolicyCase(
            key, .true,
            grant(#"{"AWS": "*"}"#, "kms:*", #""StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}"#)),
        PolicyCase(
            key, .true, grant(#"{"AWS": "*"}"#, "kms:Decrypt", #""StringEquals": {"kms:EncryptionContext:app": "x"}"#)),
        PolicyCase(key, .false, grant(#"{"AWS": "arn:aws:iam::111122223333:root"}"#, "kms:*")),
        // Queues, topics, functions, file systems
        PolicyCase(
            send, .false,
            grant(
                #"{"AWS": "*"}"#, "SQS:SendMessage",
                #""ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}"#)),
        PolicyCase(send, .true, grant(#"{"AWS": "*"}"#, "SQS:*")),
        PolicyCase(
            #"principal: anyone, actions: ["lambda:InvokeFunctionUrl"]"#, .true,
            grant(#""*""#, "lambda:InvokeFunctionUrl", #""StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}"#)),
        PolicyCase(
            #"principal: anyone, actions: ["elasticfilesystem:ClientMount"]"#, .false,
            grant(
                #"{"AWS": "*"}"#, "elasticfilesystem:*",
                #""Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}"#)),
        PolicyCase(
            #"principal: anyone, actions: ["sns:Subscribe"]"#, .unknown,
            grant(#"{"AWS": "*"}"#, "SNS:Subscribe", #""StringLike": {"SNS:Endpoint": "*@example.com"}"#),
            "sns:endpoint"),
        PolicyCase(
            #"principal: anyone, actions: ["sns:Publish"]"#, .false,
            grant(#"{"AWS": "*"}"#, "SNS:Publish", #""StringEquals": {"AWS:SourceOwner": "111122223333"}"#)),
        // Denies
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*") + "," + deny(#""*""#, "*", #""StringNotEquals": {"aws:SourceVpce": "vpce-1"}"#)),
        PolicyCase(
            read, .true,
            grant(#""*""#, "s3:*") + "," + deny(#""*""#, "*", #""StringNotLike": {"aws:SourceVpce": "vpce-*"}"#)),
        PolicyCase(
            read, .true,
            grant(#""*""#, "s3:*") + ","
                + deny(
                    #""*""#, "s3:*",
                    #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}"#
                )),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*", #""StringLike": {"aws:PrincipalOrgID": "o-*"}"#) + ","
                + deny(
                    #""*""#, "s3:*",
                    #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}"#
                )),
        PolicyCase(
            read, .unknown,
            grant(#""*""#, "s3:*") + "," + deny(#""*""#, "s3:*", #""StringEquals": {"acme:Nobody": "1"}"#),
            "acme:nobody"),
        PolicyCase(
            read, .unknown, grant(#""*""#, "s3:*") + "," + deny(#""*""#, "s3:*", resource: "arn:aws:s3:::b/*"), "Deny"),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*", resource: "arn:aws:s3:::b/a/*") + ","
                + deny(#""*""#, "s3:*", resource: "arn:aws:s3:::b/*")),
        // Denied before a moment, from it on, and by any number.
        PolicyCase(
            read, .unknown,
            grant(#""*""#, "s3:*") + ","
                + deny(#""*""#, "*", #""DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}"#) + ","
                + deny(#""*""#, "*", #""DateGreaterThanEquals": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}"#)),
        PolicyCase(
            read, .true,
            grant(#""*""#, "s3:*") + ","
                + deny(#""*""#, "*", #""DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}"#)),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*", #""Bool": {"aws:SecureTransport": "true"}"#) + ","
                + deny(#""*""#, "s3:*", #""Bool": {"aws:SecureTransport": "true"}"#)),
        PolicyCase(
            read, .false,
            grant(#""*""#, "s3:*") + ","
                + deny(#""*""#, "s3:*", #""Bool": {"aws:SecureTransport": ["true", "false"]}"#), trust: Trust()),
    ])
    func grantsToAnyone(example: PolicyCase) throws { try example.check { $0.judge($1, trust: $2) } }

    @Test(arguments: [
        PolicyCase(outsider, .true, grant(#""*""#, "s3:*")),
        PolicyCase(outsider, .true, grant(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:GetObject")),
        PolicyCase(outsider, .true, grant(#"{"AWS": ["111122223333", "999988887777"]}"#, "s3:GetObject")),
        PolicyCase(outsider, .true, grant(#"{"AWS": "arn:aws:iam::999988887777:role/reader"}"#, "s3:*")),
        PolicyCase(outsider, .true, grant(#"{"AWS": "arn:aws:sts::999988887777:assumed-role/reader/me"}"#, "s3:*")),
        PolicyCase(outsider, .true, grant(#"{"AWS": "arn:aws-us-gov:iam::999988887777:root"}"#, "s3:*")),
        PolicyCase(outsider, .false, grant(#"{"AWS": ["111122223333", "arn:aws:iam::222233334444:root"]}"#, "s3:*")),
        PolicyCase(outsider, .false, grant(#"{"Service": ["sns.amazonaws.com", "cloudtrail.amazonaws.com"]}"#, "s3:*")),
        PolicyCase(outsider, .false, grant(#"{"Federated": "cognito-identity.amazonaws.com"}"#, "s3:*")),
        PolicyCase(
            outsider, .unknown,
            grant(#"{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#, "s3:*"),
            "canonical user"),
        PolicyCase(outsider, .unknown, grant(#"{"AWS": "AROAEXAMPLEEXAMPLEEX"}"#, "s3:*"), "AROAEXAMPLE"),
        PolicyCase(
            outsider, .unknown, grant(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*"),
            "own account is not known", trust: Trust()),
        PolicyCase(outsider, .true, grant(#"{"AWS": "*"}"#, "s3:*"), trust: Trust()),
        // Organisations
        PolicyCase(outsider, .false, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(outsider, .true, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-other"}"#)),
        PolicyCase(
            outsider, .true, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": ["o-own", "o-other"]}"#)),
        PolicyCase(
            outsider, .true, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#),
            trust: Trust(account: "111122223333")),
        PolicyCase(
            outsider, .false,
            grant(#""*""#, "s3:*", #""ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-own/r-1/*"}"#)),
        PolicyCase(
            outsider, .true,
            grant(#""*""#, "s3:*", #""ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-other/*"}"#)),
        PolicyCase(outsider, .true, grant(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            outsider, .false,
            grant(
                #"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*",
                #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            outsider, .unknown,
            grant(
                #"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*",
                #""StringEquals": {"aws:PrincipalOrgID": "o-other"}"#), "aws:principalorgid"),
        PolicyCase(
            outsider, .true,
            grant(
                #"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*",
                #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        // Two keys that tell two organisations
        PolicyCase(
            outsider, .unknown,
            grant(
                #""*""#, "s3:*",
                #""StringEquals": {"aws:PrincipalOrgID": "o-a"}, "StringLike": {"aws:PrincipalOrgPaths": "o-b/*"}"#)),
        // Accounts by condition
        PolicyCase(
            outsider, .true, grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalAccount": "999988887777"}"#)),
        PolicyCase(
            outsider, .false,
            grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalAccount": ["111122223333", "222233334444"]}"#)),
        PolicyCase(
            outsider, .true,
            grant(#""*""#, "s3:*", #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::999988887777:role/x"}"#)),
        PolicyCase(
            outsider, .false,
            grant(#""*""#, "s3:*", #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::222233334444:role/*"}"#)),
        PolicyCase(
            outsider, .false,
            grant(
                #"{"AWS": "999988887777"}"#, "s3:*",
                #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::222233334444:role/*"}"#)),
        PolicyCase(
            outsider, .true,
            grant(#"{"AWS": "999988887777"}"#, "s3:*", #""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}"#)),
        // Denies
        PolicyCase(
            outsider, .false,
            grant(#"{"AWS": "999988887777"}"#, "s3:*") + ","
                + deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            outsider, .true,
            grant(#""*""#, "s3:*") + ","
                + deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": ["o-own", "o-other"]}"#)),
        PolicyCase(
            outsider, .false,
            grant(#"{"AWS": "999988887777"}"#, "s3:*") + ","
                + deny(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*")),
        PolicyCase(
            outsider, .true,
            grant(#"{"AWS": "999988887777"}"#, "s3:*") + ","
                + deny(#"{"AWS": "arn:aws:iam::999988887777:role/x"}"#, "s3:*")),
        PolicyCase(
            outsider, .true,
            grant(#""*""#, "s3:*")
                + #", {"Effect": "Deny", "NotPrincipal": {"AWS": "999988887777"}, "Action": "*", "Resource": "*"}"#),
        PolicyCase(
            outsider, .false,
            grant(#""*""#, "s3:*")
                + #", {"Effect": "Deny", "NotPrincipal": {"AWS": "222233334444"}, "Action": "*", "Resource": "*"}"#),
        PolicyCase(
            outsider, .unknown,
            grant(#"{"AWS": "arn:aws:iam::999988887777:role/x"}"#, "s3:*") + ","
                + deny(#"{"AWS": "arn:aws:sts::999988887777:assumed-role/x/s"}"#, "s3:*")),
        // Networks and secrets are strangers' to nobody
        PolicyCase(
            outsider, .false,
            grant(#"{"AWS": "999988887777"}"#, "s3:*", #""IpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#)),
        PolicyCase(
            outsider + ", conditions: any", .true,
            grant(#"{"AWS": "999988887777"}"#, "s3:*", #""IpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#)),
        PolicyCase(
            outsider + ", conditions: any", .true,
            grant(#"{"AWS": "999988887777"}"#, "s3:*", #""StringEquals": {"acme:Nobody": "1"}"#)),
        PolicyCase(
            outsider + ", conditions: any", .false,
            grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            outsider + ", conditions: none", .false,
            grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-other"}"#)),
        // Roles
        PolicyCase(
            assume, .true,
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole"}"#),
        PolicyCase(
            assume, .false,
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}}"#
        ),
        PolicyCase(
            assume + ", lacks: [\"sts:ExternalId\"], conditions: any", .false,
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}}"#
        ),
        PolicyCase(
            assume + ", lacks: [\"sts:ExternalId\"], conditions: any", .true,
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole", "Condition": {"StringLike": {"sts:ExternalId": "*"}}}"#
        ),
        PolicyCase(
            assume + ", lacks: [\"sts:ExternalId\"]", .true,
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole", "Condition": {"Null": {"sts:ExternalId": "false"}}}"#
        ),
        PolicyCase(
            assume, .false,
            #"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#),
    ])
    func grantsToExternals(example: PolicyCase) throws { try example.check { $0.judge($1, trust: $2) } }

    @Test(arguments: [
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .true,
            grant(#"{"AWS": "arn:aws:iam::111122223333:root"}"#, "s3:*")),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .true,
            grant(#"{"AWS": "arn:aws:iam::111122223333:role/x"}"#, "s3:*")),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .false,
            grant(#"{"AWS": "arn:aws:iam::222233334444:role/x"}"#, "s3:*")),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .true,
            grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}"#)),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .unknown,
            grant(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#), "aws:principalorgid"),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .unknown,
            grant(#"{"AWS": "arn:aws:iam::222233334444:role/x"}"#, "s3:*"), "own account", trust: Trust()),
        PolicyCase(
            #"principal: ["arn:aws:iam::999988887777:*"], actions: ["s3:*"]"#, .true,
            grant(#"{"AWS": "999988887777"}"#, "s3:*")),
        PolicyCase(
            #"principal: ["999988887777"], actions: ["s3:*"]"#, .true,
            grant(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*")),
        PolicyCase(
            #"principal: ["arn:aws:iam::*:role/Admin*"], actions: ["s3:*"]"#, .true,
            grant(#"{"AWS": "arn:aws:iam::999988887777:role/Administrator"}"#, "s3:*")),
        PolicyCase(
            #"principal: ["arn:aws:iam::*:role/Admin*"], actions: ["s3:*"]"#, .false,
            grant(#"{"AWS": "arn:aws:iam::999988887777:role/reader"}"#, "s3:*")),
        PolicyCase(
            #"principal: ["lambda.amazonaws.com"], actions: ["sts:AssumeRole"]"#, .true,
            #"{"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, "Action": "sts:AssumeRole"}"#
        ),
        PolicyCase(
            #"principal: ["lambda.amazonaws.com"], actions: ["sts:AssumeRole"]"#, .false,
            #"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#),
        PolicyCase(
            #"principal: ["lambda.amazonaws.com"], actions: ["sts:AssumeRole"]"#, .true, grant(#""*""#, "sts:*")),
        PolicyCase(
            #"principal: ["999988887777"], actions: ["s3:*"]"#, .unknown,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#, "names no `Principal`"),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .unknown,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#, "names no `Principal`"),
        PolicyCase(
            #"principal: external, actions: ["s3:*"]"#, .false,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#),
        // Nobody in particular
        PolicyCase(whoever, .true, grant(#"{"AWS": "999988887777"}"#, "s3:*")),
        PolicyCase(whoever, .true, grant(#"{"Service": "*"}"#, "s3:*")),
        PolicyCase(whoever, .true, #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#),
        PolicyCase(
            whoever, .true,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#
        ),
        PolicyCase(
            whoever, .false,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "222233334444"}}}"#
        ),
        PolicyCase(
            whoever, .unknown,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-own"}}}"#,
            "aws:principalorgid"),
        PolicyCase(
            whoever, .false,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#
        ),
        PolicyCase(
            whoever + ", conditions: any", .true,
            #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#
        ),
    ])
    func grantsToAccountsAndNames(example: PolicyCase) throws { try example.check { $0.judge($1, trust: $2) } }
}
