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

    @Test(
        arguments: [
            (Manifest.Relation.Scope.account, nil, ["b1", "b2"]), (.region, nil, ["b1"]), (.account, "r2", nil),
            (.region, "r2", ["b1"]), (.region, "r1", nil),
        ] as [(Manifest.Relation.Scope, String?, [String]?)])
    func related(scope: Manifest.Relation.Scope, gapIn: String?, expected: [String]?) {
        let gaps = gapIn.map { [CollectionGap(type: "B", region: $0, operation: "b:List", code: "AccessDenied")] } ?? []
        let other = [CollectionGap(type: "A", region: "r1", operation: "a:List", code: "AccessDenied")]
        let subject = resource("A", "a", "r1")
        let snapshot = snapshot(
            [
                subject, resource("B", "b2", "r2"), resource("B", "b1", "r1"),
                resource("B", "foreign", "r1", account: "2"),
            ], gaps: gaps + other)
        let relation = Manifest.Relation(name: "bs", target: "B", inverse: "as", scope: scope)
        switch snapshot.related(relation, to: subject) {
        case .success(let found): #expect(found.map(\.id) == expected)
        case .failure(let gap):
            #expect(expected == nil)
            #expect(gaps.map(RelationGap.gap) == [gap])
        }
    }

    @Test func aTypeThatWasNotAskedForIsNotEmpty() {
        let subject = resource("A", "a", "r1")
        let relation = Manifest.Relation(name: "bs", target: "B", inverse: "as", scope: .account)
        #expect(throws: RelationGap.notCollected("B")) {
            try snapshot([subject], types: ["A"]).related(relation, to: subject).get()
        }
        #expect(throws: Never.self) { try snapshot([subject]).related(relation, to: subject).get() }
    }
}
