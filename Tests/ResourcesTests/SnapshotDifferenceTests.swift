import AWSModels
import Documents
import Testing

@testable import Resources

@Suite struct SnapshotDifferenceTests {
    static func resource(
        _ id: String, _ config: JSON = [:], type: String = "AWS::EC2::Volume", region: String = "eu-west-1",
        tags: [String: String] = [:], uncollected: [String: String] = [:]
    ) -> Resource {
        Resource(
            type: type, id: id, arn: "", account: "111122223333", region: region, tags: tags, config: config,
            uncollected: uncollected)
    }

    static func snapshot(
        _ resources: [Resource], types: Set<String> = ["AWS::EC2::Volume", "AWS::IAM::User"],
        regions: [String] = ["eu-west-1"], gaps: [CollectionGap] = []
    ) -> Snapshot {
        Snapshot(
            account: "111122223333", partition: "aws", regions: regions, collectedAt: Timestamp(seconds: 0),
            types: types,
            gaps: gaps, resources: resources)
    }

    static func difference(_ old: Snapshot, _ new: Snapshot) -> SnapshotDifference {
        SnapshotDifference(from: old, to: new, catalog: ResourceCatalogTests.catalog)
    }

    /// `kind pointer code`
    static func changes(_ old: Resource, _ new: Resource) -> [String] {
        difference(snapshot([old]), snapshot([new])).changed.flatMap(\.changes).map { change in
            (["\(change.kind) \(change.pointer)"] + [change.code].compactMap(\.self)).joined(separator: " ")
        }
    }

    @Test func resourcesComeAndGo() {
        let difference = Self.difference(
            Self.snapshot([Self.resource("a"), Self.resource("b")]),
            Self.snapshot([Self.resource("b"), Self.resource("c")]))
        #expect(difference.added.map(\.id) == ["c"])
        #expect(difference.removed.map(\.id) == ["a"])
        #expect(difference.changed.isEmpty)
        #expect(Self.difference(Self.snapshot([Self.resource("a")]), Self.snapshot([Self.resource("a")])).isEmpty)
    }

    @Test(
        arguments: [
            (["Size": 1], ["Size": 2], ["changed /config/Size"]),
            (["Size": 1], ["Size": 1, "X": nil], ["added /config/X"]),
            (["A": ["B": 1, "C": 2]], ["A": ["C": 3]], ["removed /config/A/B", "changed /config/A/C"]),
            (["L": [1, 2, 3]], ["L": [1, 3]], ["removed /config/L/1"]),
            (["L": [1, 3]], ["L": [1, 2, 3]], ["added /config/L/1"]),
            (["L": [["K": 1, "V": 1], ["K": 2]]], ["L": [["K": 1, "V": 2], ["K": 2]]], ["changed /config/L/0/V"]),
            (["L": [1, 2]], ["L": [2, 1]], ["reordered /config/L"]), (["L": [1]], ["L": 1], ["changed /config/L"]),
            (["a/b~": 1], ["a/b~": 2], ["changed /config/a~1b~0"]),
        ] as [(JSON, JSON, [String])])
    func changesHavePointers(old: JSON, new: JSON, expected: [String]) {
        #expect(Self.changes(Self.resource("a", old), Self.resource("a", new)) == expected)
    }

    @Test func tagsAreCompared() {
        #expect(
            Self.changes(Self.resource("a", tags: ["x": "1", "y": "2"]), Self.resource("a", tags: ["x": "2"]))
                == ["changed /tags/x", "removed /tags/y"])
    }

    @Test(
        arguments: [
            (["Policy": 1], [:], [:], ["Policy": "AccessDenied"], ["uncollected /config/Policy AccessDenied"]),
            ([:], ["Policy": "AccessDenied"], ["Policy": 1], [:], ["collected /config/Policy AccessDenied"]),
            ([:], ["Policy": "AccessDenied"], [:], ["Policy": "AccessDenied"], []),
            ([:], ["Policy": "AccessDenied"], [:], [:], ["collected /config/Policy AccessDenied"]),
            ([:], [:], [:], ["tags": "AccessDenied"], ["uncollected /tags AccessDenied"]),
            (
                ["Keys": [["Id": 1, "Used": 2], ["Id": 3]]], [:], ["Keys": [["Id": 1], ["Id": 3]]],
                ["Keys/0/Used": "Throttling"],
                ["uncollected /config/Keys/0/Used Throttling"]
            ),
            ([:], [:], [:], ["A/B": "X"], ["uncollected /config/A/B X"]),
        ] as [(JSON, [String: String], JSON, [String: String], [String])])
    func whatCouldNotBeReadIsNeverRemoved(
        old: JSON, oldCodes: [String: String], new: JSON, newCodes: [String: String], expected: [String]
    ) {
        let found = Self.changes(
            Self.resource("a", old, uncollected: oldCodes), Self.resource("a", new, uncollected: newCodes))
        #expect(found == expected)
    }

    @Test func volatileMembersDoNotCount() {
        let user = { (used: JSON, name: JSON) in
            Self.resource(
                "u", ["PasswordLastUsed": used, "AccessKeys": [["LastUsed": ["LastUsedDate": used, "Region": name]]]],
                type: "AWS::IAM::User", region: "global")
        }
        #expect(Self.changes(user("2026-01-01", "a"), user("2026-02-01", "a")) == [])
        #expect(
            Self.changes(user("2026-01-01", "a"), user("2026-02-01", "b"))
                == ["changed /config/AccessKeys/0/LastUsed/Region"])
        let never = Self.resource(
            "u", ["AccessKeys": [["LastUsed": ["Region": "a"]]]], type: "AWS::IAM::User", region: "global")
        #expect(Self.changes(never, user("2026-02-01", "a")) == [])
    }

    static let gap = CollectionGap(
        type: "AWS::EC2::Volume", region: "eu-west-1", operation: "ec2:DescribeVolumes", code: "AccessDenied")

    @Test(arguments: [
        (snapshot([], gaps: [gap]), "AccessDenied"), (snapshot([], types: ["AWS::IAM::User"]), "NotRequested"),
        (snapshot([], regions: ["us-east-1"]), "NotRequested"),
    ])
    func aResourceOfAListThatWasNotReadIsNotRemoved(other: Snapshot, code: String) {
        let all = Self.snapshot([Self.resource("a")])
        let lost = Self.difference(all, other)
        #expect(lost.lost.map(\.code) == [code])
        #expect(lost.removed.isEmpty)
        let gained = Self.difference(other, all)
        #expect(gained.gained.map(\.code) == [code])
        #expect(gained.added.isEmpty)
    }

    /// A gap in one region says nothing of another; one of a global list, of all.
    @Test func gapsAreOfTheirRegion() {
        var gap = Self.gap
        gap.region = "us-east-1"
        let difference = Self.difference(Self.snapshot([Self.resource("a")]), Self.snapshot([], gaps: [gap]))
        #expect(difference.removed.count == 1)
        let bucket = Self.resource("b", type: "AWS::S3::Bucket", region: "eu-north-1")
        let types: Set = ["AWS::S3::Bucket"]
        let global = CollectionGap(
            type: "AWS::S3::Bucket", region: "global", operation: "s3:ListBuckets", code: "Throttling")
        #expect(
            Self.difference(Self.snapshot([bucket], types: types), Self.snapshot([], types: types, gaps: [global])).lost
                .map(\.code) == ["Throttling"])
        // Buckets are listed wherever they are: a region that is not scanned does not hide them.
        #expect(
            Self.difference(Self.snapshot([bucket], types: types), Self.snapshot([], types: types)).removed.count == 1)
    }

    @Test func idsThatUnicodeCallsEqualAreTwo() {
        let difference = Self.difference(
            Self.snapshot([Self.resource("\u{E9}")]), Self.snapshot([Self.resource("e\u{301}")]))
        #expect(difference.added.count == 1)
        #expect(difference.removed.count == 1)
    }

    @Test func longListsAreComparedInTime() {
        let long: JSON = ["L": .array((0..<5_000).map { .integer(Int64($0)) })]
        let other: JSON = ["L": .array((0..<5_000).map { .integer(Int64($0 == 3 ? -1 : $0)) })]
        #expect(Self.changes(Self.resource("a", long), Self.resource("a", other)) == ["changed /config/L/3"])
    }
}
