extension OperatorReference {
    static let texts: [OperatorReference] = [
        OperatorReference(
            .glob, on: "text", takes: "a pattern",
            "The whole text matches: `*` stands for any characters, `?` for one.",
            at: "AWS::S3::Bucket",
            (#"{Name: {glob: "acme-*-logs"}}"#, "{Name: acme-eu-logs}", .true),
            (#"{Name: {glob: "acme-*-logs"}}"#, "{Name: acme-logs}", .false)),
        OperatorReference(
            .matches, on: "text", takes: "a regular expression of RE2",
            "Some part of the text matches, upper and lower case apart; `^` and `$` tie it to the ends. Matching takes linear time.",
            at: "AWS::S3::Bucket",
            (#"{Name: {matches: "^(dev|test)-"}}"#, "{Name: dev-data}", .true),
            (#"{Name: {matches: "^(dev|test)-"}}"#, "{Name: prod-dev-data}", .false)),
        OperatorReference(
            .startsWith, on: "text", takes: "text",
            "Begins so.",
            at: "AWS::S3::Bucket",
            ("{Name: {starts_with: acme-}}", "{Name: acme-data}", .true),
            ("{Name: {starts_with: acme-}}", "{Name: data-acme-}", .false)),
        OperatorReference(
            .endsWith, on: "text", takes: "text",
            "Ends so.",
            at: "AWS::S3::Bucket",
            ("{Name: {ends_with: -logs}}", "{Name: acme-logs}", .true),
            ("{Name: {ends_with: -logs}}", "{Name: acme-logs-2}", .false)),
        OperatorReference(
            .contains, on: "text; lists", takes: "text; an element",
            "Has it as a part; has an element that is equal to it.",
            at: "AWS::S3::Bucket",
            ("{Name: {contains: secret}}", "{Name: top-secret-data}", .true),
            ("{Name: {contains: secret}}", "{Name: data}", .false)),
    ]
}
