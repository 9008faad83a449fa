import Documents
import Testing

@testable import Resources

@Suite struct SnapshotTests {
    private func resource(_ type: String, _ id: String, _ region: String, account: String = "1", arn: String = "")
        -> Resource
    {
        Resource(type: type, id: id, arn: arn, account: account, region: region, config: [:])
    }

    private func snapshot(_ resources: [Resource], gaps: [CollectionGap] = [], types: Set<String> = ["A", "B"])
        -> Snapshot
    {
        Snapshot(
            account: "1", partition: "aws", regions: ["r1", "r2"], collectedAt: Timestamp(seconds: 0), types: types,
            gaps: gaps,
            resources: resources)
    }

    @Test func sortsWhateverTheOrder() {
        let resources = [
            resource("A", "2", "r1"), resource("A", "1", "r2"), resource("A", "1", "r1"),
            resource("B", "x", "r1", arn: "b"), resource("B", "x", "r1", arn: "a"),
        ]
        let first = snapshot(resources)
        #expect(first.count == 5)
        #expect(first.resources["A"]?.map { $0.region + $0.id } == ["r11", "r12", "r21"])
        #expect(first.resources["B"]?.map(\.arn) == ["a", "b"])
        #expect(snapshot(resources.reversed()).resources == first.resources)
    }
}
