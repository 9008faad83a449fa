extension OperatorReference {
    static let policies: [OperatorReference] = [
        OperatorReference(
            .allows, on: "policy documents",
            takes:
                "`{principal: anyone / external / account / service / federated / [ARNS], actions: [...], resources: [...], conditions: any / none / not_restricting, lacks: [KEYS]}`",
            "The document grants one of the actions, its denials taken off. `anyone` is somebody whom the policy does not name, `external` somebody outside the account and those that the tenant trusts. With `not_restricting`, which is the default, statements count whose conditions keep nobody out; a condition key that is in no table makes it unknown.",
            at: "AWS::S3::Bucket",
            (
                #"{Policy: {allows: {principal: anyone, actions: ["s3:Get*"]}}}"#,
                #"{Policy: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}]}}"#,
                .true
            ),
            (
                #"{Policy: {allows: {principal: anyone, actions: ["s3:Get*"]}}}"#,
                #"{Policy: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*", Condition: {StringEquals: {aws:PrincipalOrgID: o-1}}}]}}"#,
                .false
            )),
        OperatorReference(
            .denies, on: "policy documents", takes: "the same as `allows`",
            "The document denies all of what is asked for. `context` says what a request carries.",
            at: "AWS::S3::Bucket",
            (
                #"{Policy: {denies: {principal: anyone, actions: ["s3:*"], context: {aws:SecureTransport: "false"}}}}"#,
                #"{Policy: {Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {aws:SecureTransport: "false"}}}]}}"#,
                .true
            ),
            (
                #"{Policy: {denies: {principal: anyone, actions: ["s3:*"], context: {aws:SecureTransport: "false"}}}}"#,
                #"{Policy: {Statement: [{Effect: Deny, Principal: "*", Action: "s3:PutObject", Resource: "*"}]}}"#,
                .false
            )),
        OperatorReference(
            .privilegeEscalation, on: "policy documents", takes: "`true` or `false`",
            "Whoever has the policy can give itself more rights, in one of the known ways.", at: "AWS::IAM::Role",
            (
                "{InlinePolicies: {some: {PolicyDocument: {privilege_escalation: true}}}}",
                #"{InlinePolicies: [{PolicyDocument: {Statement: {Effect: Allow, Action: "iam:CreatePolicyVersion", Resource: "*"}}}]}"#,
                .true
            ),
            (
                "{InlinePolicies: {some: {PolicyDocument: {privilege_escalation: true}}}}",
                #"{InlinePolicies: [{PolicyDocument: {Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}}}]}"#,
                .false
            )),
        OperatorReference(
            .admin, on: "policy documents", takes: "`true` or `false`",
            "The document grants every action on every resource.",
            at: "AWS::IAM::Role",
            (
                "{InlinePolicies: {some: {PolicyDocument: {admin: true}}}}",
                #"{InlinePolicies: [{PolicyDocument: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}}]}"#,
                .true
            ),
            (
                "{InlinePolicies: {some: {PolicyDocument: {admin: true}}}}",
                #"{InlinePolicies: [{PolicyDocument: {Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}}}]}"#,
                .false
            )),
    ]
}
