import Testing

@testable import Rules

/// What `denies` says. Every request that is asked for has to be denied.
@Suite struct PolicyDenialTests {
    private static let plain = #"principal: anyone, actions: ["s3:*"], context: {"aws:SecureTransport": "false"}"#
    private static let insecure = #""Bool": {"aws:SecureTransport": "false"}"#
    private static let read = #"principal: anyone, actions: ["s3:GetObject"]"#

    @Test(arguments: [
        // Only over TLS
        PolicyCase(plain, .true, deny(#""*""#, "s3:*", insecure)),
        PolicyCase(plain, .true, deny(#"{"AWS": "*"}"#, "*", insecure)),
        PolicyCase(plain, .true, deny(#""*""#, "s3:*", #""BoolIfExists": {"aws:securetransport": [false]}"#)),
        PolicyCase(plain, .true, deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:SecureTransport": "true"}"#)),
        PolicyCase(plain, .true, deny(#""*""#, "s3:*")),
        PolicyCase(plain, .true, deny(#""*""#, "s3:Get*", insecure) + "," + deny(#""*""#, "s3:*", insecure)),
        PolicyCase(plain, .false, deny(#""*""#, "s3:Get*", insecure)),
        PolicyCase(plain, .false, deny(#""*""#, "s3:*", #""Bool": {"aws:SecureTransport": "true"}"#)),
        PolicyCase(plain, .false, deny(#"{"AWS": "111122223333"}"#, "s3:*", insecure)),
        PolicyCase(plain, .false, grant(#""*""#, "s3:*")),
        PolicyCase(
            plain, .true,
            #"{"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*", "Condition": {\#(insecure)}}"#
        ),
        PolicyCase(plain, .false, deny(#""*""#, "s3:*", insecure + #", "StringEquals": {"s3:prefix": "a"}"#)),
        PolicyCase(
            plain, .unknown, deny(#""*""#, "s3:*", insecure + #", "StringEquals": {"acme:Nobody": "a"}"#), "acme:nobody"
        ),
        PolicyCase(
            plain, .unknown,
            deny(#""*""#, "s3:*", insecure).replacing("\"Effect\": \"Deny\"", with: "\"Effect\": \"deny\""),
            "`Effect` is `deny`"),
        PolicyCase(
            plain + #", resources: ["arn:aws:s3:::b/*"]"#, .true,
            deny(#""*""#, "s3:*", insecure, resource: "arn:aws:s3:::b*")),
        PolicyCase(
            plain + #", resources: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#, .false,
            deny(#""*""#, "s3:*", insecure, resource: "arn:aws:s3:::b/*")),
        // Perimeters
        PolicyCase(read, .true, deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            read, .true,
            deny(
                #""*""#, "s3:*",
                #""StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-own"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}"#
            )),
        PolicyCase(read, .false, deny(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-other"}"#)),
        PolicyCase(
            read + ", conditions: any", .true,
            deny(#""*""#, "s3:*", #""StringEquals": {"aws:PrincipalOrgID": "o-other"}"#)),
        PolicyCase(
            read + ", conditions: none", .false,
            deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(read + ", conditions: none", .true, deny(#""*""#, "s3:*")),
        PolicyCase(
            read + #", lacks: ["aws:SourceVpce"]"#, .true,
            deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:SourceVpce": "vpce-1"}"#)),
        PolicyCase(read, .true, deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:SourceVpce": "vpce-1"}"#)),
        PolicyCase(read, .true, deny(#""*""#, "s3:*", #""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#)),
        PolicyCase(read, .false, deny(#""*""#, "s3:*", #""NotIpAddress": {"aws:SourceIp": "0.0.0.0/1"}"#)),
        PolicyCase(read, .false, deny(#""*""#, "s3:*", #""IpAddress": {"aws:SourceIp": "0.0.0.0/0"}"#)),
        // Others
        PolicyCase(
            #"principal: external, actions: ["s3:*"]"#, .true,
            deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            #"principal: external, actions: ["s3:*"]"#, .false,
            deny(#""*""#, "s3:*", #""StringNotEquals": {"aws:PrincipalOrgID": ["o-own", "o-other"]}"#)),
        PolicyCase(#"principal: account, actions: ["s3:*"]"#, .true, deny(#"{"AWS": "111122223333"}"#, "s3:*")),
        PolicyCase(
            #"principal: account, actions: ["s3:*"]"#, .unknown, deny(#"{"AWS": "111122223333"}"#, "s3:*"),
            "own account", trust: Trust()),
        PolicyCase(
            #"principal: service, actions: ["s3:*"]"#, .false, deny(#"{"Service": "sns.amazonaws.com"}"#, "s3:*")),
        PolicyCase(#"principal: service, actions: ["s3:*"]"#, .true, deny(#""*""#, "s3:*")),
        PolicyCase(
            #"principal: ["999988887777"], actions: ["s3:*"]"#, .true,
            deny(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*")),
        PolicyCase(
            #"principal: ["arn:aws:iam::999988887777:role/*"], actions: ["s3:*"]"#, .unknown,
            deny(#"{"AWS": "arn:aws:iam::999988887777:root"}"#, "s3:*")),
        PolicyCase(#"actions: ["iam:*"]"#, .true, #"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#),
        PolicyCase(#"actions: ["iam:*"]"#, .true, #"{"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}"#),
        PolicyCase(
            #"actions: ["iam:*"]"#, .false, #"{"Effect": "Deny", "NotAction": ["s3:*", "iam:Get*"], "Resource": "*"}"#),
        PolicyCase(#"actions: ["iam:*", "s3:*"]"#, .false, #"{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}"#),
    ])
    func denials(example: PolicyCase) throws { try example.check { $0.judgeDenies($1, trust: $2) } }
}
