import AWSModels
import Documents
import Reports
import Resources
import TestSupport
import Testing

@Suite struct SnapshotReportsTests {
    static func resource(
        _ id: String, _ config: JSON, type: String = "AWS::EC2::Volume", uncollected: [String: String] = [:]
    ) -> Resource {
        Resource(
            type: type, id: id, arn: "arn:aws:x:::\(id)", account: "111122223333", region: "eu-west-1",
            tags: ["a": "b"],
            config: config, uncollected: uncollected)
    }

    static func snapshot(_ resources: [Resource], gaps: [CollectionGap] = []) -> Snapshot {
        Snapshot(
            account: "111122223333", partition: "aws", regions: ["eu-west-1"],
            collectedAt: Timestamp(seconds: 1_768_435_200),
            types: ["AWS::EC2::Volume", "AWS::EC2::Instance", "AWS::EC2::SecurityGroup"], gaps: gaps,
            resources: resources)
    }

    static let old = snapshot([
        resource("v-1", ["Size": 1, "Tags": ["x"], "State": "in-use\u{1B}[31m"]), resource("v-2", ["Size": 2]),
        resource("v-3", ["Size": 3], uncollected: ["KmsKeyId": "AccessDenied"]),
        resource("i-1", ["Text": .string(String(repeating: "long ", count: 40))], type: "AWS::EC2::Instance"),
        resource("sg-1", [:], type: "AWS::EC2::SecurityGroup"),
    ])

    static let new = snapshot(
        [
            resource("v-1", ["Size": 10, "Tags": [], "Encrypted": true], uncollected: ["State": "Throttling"]),
            resource("v-3", ["Size": 3, "KmsKeyId": "k"]), resource("v-4", [:]),
            resource("i-1", ["Text": "short"], type: "AWS::EC2::Instance"),
        ],
        gaps: [
            CollectionGap(
                type: "AWS::EC2::SecurityGroup", region: "eu-west-1", operation: "ec2:DescribeSecurityGroups",
                code: "AccessDenied")
        ])

    @Test func differences() throws {
        let catalog = try ResourceCatalog.builtin(models: .builtin())
        let report = SnapshotDifferenceReport(SnapshotDifference(from: Self.old, to: Self.new, catalog: catalog))
        try Golden.expect(report.text(.plain) + "\n", equals: "snapshot-difference.txt")
        try Golden.expect(report.json.text(.indented), equals: "snapshot-difference.json")
        #expect(!report.text(.plain).contains("\u{1B}"))
        let none = SnapshotDifferenceReport(SnapshotDifference(from: Self.old, to: Self.old, catalog: catalog))
        #expect(none.text(.plain) == "no differences")
    }

    @Test func summaries() throws {
        let summary = SnapshotSummary(Self.new, collectedAt: Self.new.collectedAt)
        try Golden.expect(summary.text(.plain) + "\n", equals: "snapshot-summary.txt")
        try Golden.expect(summary.json.text(.indented), equals: "snapshot-summary.json")
    }
}
