import Testing

@testable import Rules

/// Services that could be made deputies, and identity providers that vouch for everybody.
@Suite struct PolicyServiceTests {
    private static let publish = #"principal: service, actions: ["sns:Publish"]"#
    private static let deputy =
        publish + #", conditions: any, lacks: ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"]"#
    private static let web = #"principal: federated, actions: ["sts:AssumeRoleWithWebIdentity"]"#
    private static let github =
        #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}"#

    private static func topic(_ condition: String? = nil) -> String {
        grant(#"{"Service": "events.amazonaws.com"}"#, "sns:Publish", condition)
    }

    private static func role(_ principal: String, _ condition: String? = nil) -> String {
        let conditions = condition.map { #", "Condition": {\#($0)}"# } ?? ""
        return
            #"{"Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRoleWithWebIdentity"\#(conditions)}"#
    }

    private static func subject(_ pattern: String, _ truth: Truth, operator name: String = "StringLike") -> PolicyCase {
        PolicyCase(web, truth, role(github, #""\#(name)": {"token.actions.githubusercontent.com:sub": "\#(pattern)"}"#))
    }

    @Test(arguments: [
        PolicyCase(publish, .true, topic()),
        PolicyCase(deputy, .true, topic()),
        PolicyCase(publish, .false, topic(#""StringEquals": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(deputy, .false, topic(#""StringEquals": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(
            deputy, .false, topic(#""ArnLike": {"aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/r"}"#)),
        PolicyCase(deputy, .true, topic(#""ArnLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}"#)),
        PolicyCase(deputy, .false, topic(#""StringEquals": {"aws:SourceOrgID": "o-own"}"#)),
        PolicyCase(deputy, .true, topic(#""StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(deputy, .true, topic(#""StringLike": {"aws:SourceAccount": "*"}"#)),
        PolicyCase(deputy, .true, topic(#""Null": {"aws:SourceAccount": "false"}"#)),
        PolicyCase(deputy, .true, topic(#""Bool": {"aws:SecureTransport": "true"}"#)),
        PolicyCase(
            deputy, .unknown, topic(#""StringEquals": {"aws:SourceAccount": "${aws:Nobody}"}"#), "aws:sourceaccount"),
        PolicyCase(deputy, .true, topic(#""StringNotEquals": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(
            deputy, .true, topic(#""ForAnyValue:StringNotEquals": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(publish, .false, grant(#"{"AWS": "111122223333"}"#, "sns:Publish")),
        PolicyCase(publish, .true, grant(#""*""#, "sns:Publish")),
        PolicyCase(publish, .false, grant(#""*""#, "sns:Publish", #""StringEquals": {"aws:PrincipalOrgID": "o-own"}"#)),
        PolicyCase(
            publish, .false,
            topic() + "," + deny(#""*""#, "sns:*", #""StringNotEquals": {"aws:SourceAccount": "111122223333"}"#)),
        PolicyCase(
            publish, .true,
            topic() + ","
                + deny(
                    #""*""#, "sns:*",
                    #""StringNotEquals": {"aws:PrincipalOrgID": "o-own"}, "Bool": {"aws:PrincipalIsAWSService": "false"}"#
                )),
        PolicyCase(publish, .true, topic(#""StringEquals": {"aws:PrincipalServiceName": "events.amazonaws.com"}"#)),
        PolicyCase(publish, .false, topic(#""StringEquals": {"aws:PrincipalServiceName": "sns.amazonaws.com"}"#)),
    ])
    func services(example: PolicyCase) throws { try example.check { $0.judge($1, trust: $2) } }

    @Test(arguments: [
        PolicyCase(web, .true, role(github)),
        PolicyCase(
            web, .true,
            role(github, #""StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}"#)),
        PolicyCase(
            web, .false,
            role(
                github,
                #""StringEquals": {"token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main"}"#)),
        subject("repo:acme/app:*", .false), subject("repo:acme/*", .false), subject("repo:*", .true),
        subject("*", .true), subject("repo:acme*", .true), subject("repo:acme*/app:*", .true),
        subject("repo:*/app:*", .true),
        subject("repo:*:ref:refs/heads/main", .true), subject("*:ref:refs/heads/main", .true),
        subject("*:environment:prod*", .true), subject("*acme/app*", .unknown),
        subject("repository_owner:acme:*", .unknown),
        subject("repo:acme/app:*", .false, operator: "ForAllValues:StringLike"),
        subject("repo:acme/app:*", .false, operator: "StringLikeIfExists"),
        subject("repo:acme/*", .false, operator: "StringEquals"),
        subject("repo:acme/app:*", .true, operator: "StringNotLike"),
        PolicyCase(
            web, .false,
            role(github, #""StringEquals": {"token.actions.githubusercontent.com:repository_owner": "acme"}"#)),
        PolicyCase(
            web, .true, role(github, #""StringEquals": {"token.actions.githubusercontent.com:ref": "refs/heads/main"}"#)
        ),
        PolicyCase(
            web, .unknown,
            role(github, #""StringEquals": {"token.actions.githubusercontent.com:job_workflow_ref": "acme/w"}"#),
            "job_workflow_ref"),
        // Another issuer's claims are not in the token.
        PolicyCase(web, .false, role(github, #""StringLike": {"gitlab.com:sub": "*"}"#)),
        PolicyCase(
            web, .false,
            role(
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}"#,
                #""StringLike": {"gitlab.com:sub": "project_path:acme/*"}"#)),
        PolicyCase(
            web, .true,
            role(
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"}"#,
                #""StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com"}"#)),
        PolicyCase(
            web, .false,
            role(
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"}"#,
                #""StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:app:app"}"#)),
        PolicyCase(
            web, .true,
            role(
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"}"#,
                #""StringLike": {"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:*:app"}"#)),
        PolicyCase(
            web, .unknown,
            role(
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/acme.okta.com"}"#,
                #""StringEquals": {"acme.okta.com:aud": "client"}"#), "acme.okta.com:aud"),
        PolicyCase(web, .true, role(#"{"Federated": "cognito-identity.amazonaws.com"}"#)),
        PolicyCase(
            web, .true,
            role(
                #"{"Federated": "cognito-identity.amazonaws.com"}"#,
                #""ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"}"#)),
        PolicyCase(
            web, .false,
            role(
                #"{"Federated": "cognito-identity.amazonaws.com"}"#,
                #""StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:pool"}"#)),
        PolicyCase(
            #"principal: federated, actions: ["sts:AssumeRoleWithSAML"]"#, .true,
            #"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/idp"}, "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}"#
        ),
        PolicyCase(
            #"principal: federated, actions: ["sts:AssumeRoleWithSAML"]"#, .false,
            #"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/idp"}, "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals": {"SAML:sub": "ann"}}}"#
        ),
        PolicyCase(web, .false, #"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:*"}"#),
        PolicyCase(
            web + #", conditions: any, lacks: ["token.actions.githubusercontent.com:sub"]"#, .true, role(github)),
        PolicyCase(
            web + #", conditions: any, lacks: ["token.actions.githubusercontent.com:sub"]"#, .false,
            role(github, #""StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/*"}"#)),
        PolicyCase(
            web + #", conditions: any, lacks: ["token.actions.githubusercontent.com:sub"]"#, .true,
            role(github, #""StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}"#)),
        PolicyCase(
            web + #", conditions: any, lacks: ["token.actions.githubusercontent.com:aud"]"#, .false,
            role(github, #""StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}"#)),
        PolicyCase(
            #"principal: anyone, actions: ["sts:AssumeRoleWithWebIdentity"]"#, .true,
            role(#""*""#, #""StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}"#)),
    ])
    func providers(example: PolicyCase) throws { try example.check { $0.judge($1, trust: $2) } }

    /// What `lacks` takes for a restriction, of keys that callers choose.
    @Test(arguments: [
        (#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#, Truth.false),
        (#""BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}"#, .true),
        (#""Bool": {"aws:MultiFactorAuthPresent": "false"}"#, .true),
        (#""Null": {"aws:MultiFactorAuthPresent": "false"}"#, .true),
        (#""StringEquals": {"aws:MultiFactorAuthPresent": "true"}"#, .false),
        (#""StringNotEquals": {"aws:MultiFactorAuthPresent": "false"}"#, .true),
        (#""ForAnyValue:StringNotEquals": {"aws:MultiFactorAuthPresent": "false"}"#, .false),
        (#""Bool": {"aws:MultiFactorAuthPresent": "${aws:SecureTransport}"}"#, .unknown),
        (#""ForAnyValue:BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}"#, .unknown),
        (#""Null": {"aws:MultiFactorAuthPresent": "true"}"#, .true),
        (#""NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}"#, .true),
        (#""Bool": {"aws:SecureTransport": "true"}"#, .true),
        (#""Bool": {"aws:multifactorauthPRESENT": [true]}"#, .false),
    ])
    func whatIsLacking(condition: String, expected: Truth) throws {
        let example = PolicyCase(
            #"actions: ["iam:*"], conditions: any, lacks: ["aws:MultiFactorAuthPresent"]"#, expected,
            #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {\#(condition)}}"#)
        try example.check { $0.judge($1, trust: $2) }
    }
}
