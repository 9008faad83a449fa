extension OperatorReference {
    static let times: [OperatorReference] = [
        OperatorReference(
            .olderThan, on: "timestamps", takes: "a span of time: `90d`, `12h`, `4w`, or `{param: NAME}`",
            "Longer ago than that, counted to the snapshot's time (in these examples 2026-01-15).",
            at: "AWS::IAM::User",
            ("{CreateDate: {older_than: 90d}}", "{CreateDate: 2025-10-01T00:00:00Z}", .true),
            ("{CreateDate: {older_than: 90d}}", "{CreateDate: 2026-01-01T00:00:00Z}", .false)),
        OperatorReference(
            .newerThan, on: "timestamps", takes: "a span of time",
            "Less long ago than that.",
            at: "AWS::IAM::User",
            ("{CreateDate: {newer_than: 4w}}", "{CreateDate: 2026-01-01T00:00:00Z}", .true),
            ("{CreateDate: {newer_than: 4w}}", "{CreateDate: 2025-10-01T00:00:00Z}", .false)),
        OperatorReference(
            .before, on: "timestamps", takes: "a moment or a date",
            "Before that moment.",
            at: "AWS::IAM::User",
            ("{CreateDate: {before: 2026-01-01}}", "{CreateDate: 2025-10-01T00:00:00Z}", .true),
            ("{CreateDate: {before: 2026-01-01}}", "{CreateDate: 2026-01-01T00:00:00Z}", .false)),
        OperatorReference(
            .after, on: "timestamps", takes: "a moment or a date",
            "After that moment.",
            at: "AWS::IAM::User",
            ("{CreateDate: {after: 2026-01-01}}", "{CreateDate: 2026-01-02T00:00:00Z}", .true),
            ("{CreateDate: {after: 2026-01-01}}", "{CreateDate: 2026-01-01T00:00:00Z}", .false)),
    ]
}
