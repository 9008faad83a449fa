extension OperatorReference {
    static let policies: [OperatorReference] = [
        OperatorReference(
            .allows, on: "policy documents", takes: "`{principal, actions, resources, conditions, lacks}`",
            "The document grants what is asked for, its denials taken off.",
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
