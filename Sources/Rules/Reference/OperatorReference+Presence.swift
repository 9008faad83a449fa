extension OperatorReference {
    static let presence: [OperatorReference] = [
        OperatorReference(
            .exists, on: "anything", takes: "`true` or `false`",
            "AWS returned a value there.",
            at: "AWS::S3::Bucket",
            ("{Encryption: {exists: true}}", "{Encryption: {Rules: []}}", .true),
            ("{Encryption: {exists: true}}", "{}", .false),
            ("{Encryption: {exists: true}}", "{Encryption: !uncollected AccessDenied}", .unknown)),
        OperatorReference(
            .absent, on: "anything", takes: "`true` or `false`",
            "AWS returned no value there.",
            at: "AWS::S3::Bucket",
            ("{Encryption: {absent: true}}", "{}", .true),
            ("{Encryption: {absent: true}}", "{Encryption: {Rules: []}}", .false)),
    ]
}
