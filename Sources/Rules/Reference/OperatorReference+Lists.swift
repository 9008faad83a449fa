extension OperatorReference {
    static let lists: [OperatorReference] = [
        OperatorReference(
            .some, on: "lists and relations", takes: "a condition, with an optional `as: NAME`",
            "At least one element fulfils the condition. `as` names that element for messages and commands.",
            at: "AWS::IAM::User",
            (
                "{AccessKeys: {some: {as: key, Status: Active}}}",
                "{AccessKeys: [{Status: Inactive}, {Status: Active}]}", .true
            ),
            ("{AccessKeys: {some: {Status: Active}}}", "{AccessKeys: []}", .false),
            ("{AccessKeys: {some: {Status: Active}}}", "{AccessKeys: !uncollected AccessDenied}", .unknown)),
        OperatorReference(
            .every, on: "lists and relations", takes: "a condition, with an optional `as: NAME`",
            "All elements fulfil the condition; those of an empty list do.",
            at: "AWS::IAM::User",
            ("{AccessKeys: {every: {Status: Inactive}}}", "{AccessKeys: []}", .true),
            ("{AccessKeys: {every: {Status: Inactive}}}", "{AccessKeys: [{Status: Active}]}", .false)),
        OperatorReference(
            .none, on: "lists and relations", takes: "a condition, with an optional `as: NAME`",
            "No element fulfils the condition.",
            at: "AWS::IAM::User",
            (
                "{AttachedPolicies: {none: {PolicyName: AdministratorAccess}}}",
                "{AttachedPolicies: [{PolicyName: ReadOnlyAccess}]}", .true
            ),
            (
                "{AttachedPolicies: {none: {PolicyName: AdministratorAccess}}}",
                "{AttachedPolicies: [{PolicyName: AdministratorAccess}]}", .false
            )),
        OperatorReference(
            .count, on: "lists and relations",
            takes: "comparisons (`eq`, `ne`, `lt`, `lte`, `gt`, `gte`), with an optional `where: CONDITION`",
            "The number of elements, or of those that fulfil the condition, compares so. Elements that are unknown make a range of it.",
            at: "AWS::IAM::User",
            (
                "{AccessKeys: {count: {where: {Status: Active}, gt: 1}}}",
                "{AccessKeys: [{Status: Active}, {Status: Active}]}", .true
            ),
            ("{AccessKeys: {count: {eq: 0}}}", "{AccessKeys: [{Status: Active}]}", .false)),
        OperatorReference(
            .subsetOf, on: "lists", takes: "a list",
            "Every element stands in the operand.",
            at: "AWS::CloudTrail::Trail",
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {subset_of: [kms.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: [kms.amazonaws.com]}]}}", .true
            ),
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {subset_of: [kms.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: [rdsdata.amazonaws.com]}]}}", .false
            )),
        OperatorReference(
            .supersetOf, on: "lists", takes: "a list",
            "Every value of the operand is an element.",
            at: "AWS::CloudTrail::Trail",
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {superset_of: [kms.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: [kms.amazonaws.com, rdsdata.amazonaws.com]}]}}",
                .true
            ),
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {superset_of: [kms.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: []}]}}", .false
            )),
        OperatorReference(
            .intersects, on: "lists", takes: "a list",
            "At least one element stands in the operand.",
            at: "AWS::CloudTrail::Trail",
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {intersects: [kms.amazonaws.com, rdsdata.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: [kms.amazonaws.com]}]}}", .true
            ),
            (
                "{EventSelectors.EventSelectors: {every: {ExcludeManagementEventSources: {intersects: [kms.amazonaws.com]}}}}",
                "{EventSelectors: {EventSelectors: [{ExcludeManagementEventSources: []}]}}", .false
            )),
    ]
}
