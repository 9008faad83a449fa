import Documents
import Testing

@testable import Rules

/// What a policy grants to anyone, and why.
private struct GrantCase: Sendable, CustomTestStringConvertible {
    var statements: String
    var truth: Truth
    var action = "s3:GetObject"
    var conditions = GrantQuery.Conditions.notRestricting
    var principal: GrantQuery.Principal? = .anyone
    var testDescription: String { statements }
}

/// An Allow for everybody with a condition.
private func conditioned(_ condition: String, _ truth: Truth) -> GrantCase {
    GrantCase(
        statements:
            #"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": \#(condition)}"#,
        truth: truth)
}

/// An Allow for everybody, and a Deny.
private func denied(
    _ deny: String, _ truth: Truth, allow: String = #""Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*""#
) -> GrantCase {
    GrantCase(
        statements: #"[{"Effect": "Allow", "Principal": "*", \#(allow)}, {"Effect": "Deny", \#(deny)}]"#, truth: truth)
}

private let allow = #""Effect": "Allow""#

@Suite struct GrantQueryTests {
    @Test(arguments: [
        GrantCase(statements: #"{\#(allow), "Principal": "*", "Action": "s3:GetObject"}"#, truth: .true),
        GrantCase(statements: #"[{\#(allow), "Principal": {"AWS": "*"}, "Action": ["S3:GETOBJECT"]}]"#, truth: .true),
        GrantCase(
            statements: #"{\#(allow), "Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}, "Action": "s3:Get*"}"#,
            truth: .true),
        GrantCase(
            statements: #"{\#(allow), "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:*"}"#,
            truth: .false),
        GrantCase(
            statements: #"{\#(allow), "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:*"}"#,
            truth: .false),
        GrantCase(
            statements: #"{\#(allow), "NotPrincipal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*"}"#, truth: .true),
        GrantCase(statements: #"{\#(allow), "Action": "s3:*"}"#, truth: .false),
        GrantCase(statements: #"{\#(allow), "Action": "s3:*"}"#, truth: .true, principal: nil),
        GrantCase(statements: #"{\#(allow), "Principal": "*", "Action": "s3:Put*"}"#, truth: .false),
        GrantCase(statements: #"{\#(allow), "Principal": "*", "Action": "*"}"#, truth: .true),
        GrantCase(statements: #"{\#(allow), "Principal": "*", "NotAction": "s3:Put*"}"#, truth: .true),
        GrantCase(statements: #"{\#(allow), "Principal": "*", "NotAction": ["s3:Get*"]}"#, truth: .false),
        GrantCase(statements: #"{\#(allow), "Principal": "*", "NotAction": "s3:G?"}"#, truth: .true, action: "s3:G*"),
        GrantCase(statements: "[]", truth: .false),
        // Denies
        denied(#""Principal": "*", "Action": "s3:*", "Resource": "*""#, .false),
        denied(#""Principal": "*", "Action": "*", "NotResource": "arn:aws:s3:::other/*""#, .false),
        denied(#""Principal": "*", "Action": "s3:PutObject", "Resource": "*""#, .true),
        denied(#""Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*", "Resource": "*""#, .true),
        denied(#""NotPrincipal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*", "Resource": "*""#, .false),
        denied(#""Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/private/*""#, .true),
        denied(#""Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/?""#, .true),
        denied(#""Principal": "*", "NotAction": "s3:Get*", "Resource": "*""#, .true),
        denied(
            #""Principal": "*", "Action": "s3:GetObject", "Resource": "*""#, .false,
            allow: #""Action": "s3:GetObject", "Resource": "*""#),
        denied(
            #""Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
            .false),
        denied(
            #""Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}"#,
            .false),
        denied(
            #""Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"ForAnyValue:StringNotLike": {"aws:PrincipalOrgPaths": "o-1/*"}}"#,
            .true),
        denied(
            #""Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}}"#,
            .true),
        denied(
            #""Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#,
            .true),
        // Conditions that keep strangers out
        conditioned(#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#, .false),
        conditioned(#"{"StringEquals": {"AWS:principalORGid": ["o-1", "o-2"]}}"#, .false),
        conditioned(#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "8.0.0.0/8"]}}"#, .false),
        conditioned(#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}"#, .false),
        conditioned(#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#, .false),
        conditioned(#"{"StringLike": {"aws:PrincipalOrgPaths": "o-1/r-1/*"}}"#, .false),
        conditioned(#"{"StringLike": {"aws:userid": "AROAEXAMPLE:*"}}"#, .false),
        conditioned(
            #"{"StringEquals": {"aws:SourceVpce": "vpce-1"}, "Bool": {"aws:SecureTransport": "true"}}"#, .false),
        conditioned(#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}, "StringLike": {"acme:Unknown": "x"}}"#, .false),
        // Conditions that keep nobody out
        conditioned("{}", .true), conditioned("null", .true),
        conditioned(#"{"StringLike": {"aws:PrincipalOrgID": "*"}}"#, .true),
        conditioned(#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#, .true),
        conditioned(#"{"StringLike": {"aws:PrincipalOrgPaths": "*/r-1/*"}}"#, .true),
        conditioned(#"{"StringLike": {"aws:PrincipalAccount": "1111*"}}"#, .true),
        conditioned(#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/reader"}}"#, .true),
        conditioned(#"{"StringLike": {"aws:PrincipalArn": "arn:aws:*"}}"#, .true),
        conditioned(#"{"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::*"}}"#, .true),
        conditioned(#"{"StringLike": {"aws:SourceVpce": "vpce-*"}}"#, .true),
        conditioned(#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]}}"#, .true),
        conditioned(#"{"IpAddress": {"aws:SourceIp": "::/0"}}"#, .true),
        conditioned(#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}"#, .true),
        conditioned(#"{"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-1/"}}"#, .true),
        conditioned(#"{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}}"#, .false),
        conditioned(#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}"#, .true),
        conditioned(#"{"Null": {"aws:PrincipalOrgID": "false"}}"#, .true),
        conditioned(#"{"Bool": {"aws:SecureTransport": true}}"#, .true),
        conditioned(#"{"StringEquals": {"s3:x-amz-acl": "private"}}"#, .true),
        // Nobody knows
        conditioned(#"{"StringEquals": {"acme:Unknown": "x"}}"#, .unknown),
        conditioned(#"{"StringEquals": {"acme:Unknown": "x", "s3:prefix": "y"}}"#, .unknown),
    ])
    fileprivate func grants(example: GrantCase) throws {
        let json = try JSON.parse(#"{"Version": "2012-10-17", "Statement": \#(example.statements)}"#)
        let document = try #require(PolicyDocument(json))
        let query = GrantQuery(principal: example.principal, actions: [example.action], conditions: example.conditions)
        let (truth, unjudged) = document.grants(query)
        #expect(truth == example.truth)
        #expect((truth == .unknown) == unjudged.contains("acme:unknown"))
    }

    @Test(arguments: [(GrantQuery.Conditions.any, Truth.true), (.none, .false), (.notRestricting, .false)])
    func whichConditionsCount(conditions: GrantQuery.Conditions, expected: Truth) throws {
        let json = try JSON.parse(
            #"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "1"}}}}"#
        )
        let document = try #require(PolicyDocument(json))
        #expect(
            document.grants(GrantQuery(principal: .anyone, actions: ["s3:*"], conditions: conditions)).truth == expected
        )
    }

    /// A Deny of less than what is asked for, which is all that is granted.
    @Test func denyOfAllThatIsGranted() throws {
        let json = try JSON.parse(
            #"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}, {"Effect": "Deny", "Principal": "*", "Action": "s3:Get*"}]}"#
        )
        let query = GrantQuery(principal: .anyone, actions: ["s3:*"], conditions: .any)
        #expect(try #require(PolicyDocument(json)).grants(query).truth == .false)
    }

    @Test(arguments: [
        ("[]", false), (#"{\#(allow), "Action": "*", "Resource": "*"}"#, true),
        (#"{\#(allow), "Action": ["*:*"], "Resource": ["*"]}"#, true),
        (#"{\#(allow), "Action": "**", "Resource": "**"}"#, true),
        (#"{\#(allow), "Action": "?*", "Resource": "*"}"#, true),
        (#"{\#(allow), "Action": "*", "Resource": "arn:*"}"#, true),
        (#"{\#(allow), "Action": "*", "Resource": "arn:aws:*:*:*:*"}"#, true),
        (#"{\#(allow), "Action": "*", "NotResource": "arn:aws:s3:::x"}"#, true),
        (#"{\#(allow), "Action": "*", "Resource": "arn:aws:s3:::*"}"#, false),
        (#"{\#(allow), "Action": "s3:*", "Resource": "*"}"#, false),
        (#"{\#(allow), "NotAction": "s3:*", "Resource": "*"}"#, false),
        (#"[{\#(allow), "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*"}]"#, false),
        (
            #"[{\#(allow), "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]"#,
            true
        ),
        (#"[{\#(allow), "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "?*", "Resource": "?"}]"#, true),
        (
            #"[{\#(allow), "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a": true}}}]"#,
            true
        ),
    ])
    func administration(statements: String, expected: Bool) throws {
        let json = try JSON.parse(#"{"Statement": \#(statements)}"#)
        #expect(try #require(PolicyDocument(json)).grantsAdministration == expected)
    }

    @Test(arguments: [
        "{}", "[]", #""text""#, #"{"Statement": "x"}"#, #"{"Statement": [1]}"#,
        #"{"Statement": {"Effect": "allow", "Action": "*"}}"#,
        #"{"Statement": {"Effect": "Allow"}}"#, #"{"Statement": {"Action": "*"}}"#,
        #"{"Statement": {"Effect": "Allow", "Action": "*", "Condition": "x"}}"#,
        #"{"Statement": {"Effect": "Allow", "Action": "*", "Condition": {"Bool": 1}}}"#,
    ])
    func whatIsNoPolicyDocument(text: String) throws {
        #expect(try PolicyDocument(JSON.parse(text)) == nil)
    }
}
