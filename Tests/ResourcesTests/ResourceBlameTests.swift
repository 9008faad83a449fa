import Documents
import Resources
import Testing

@Suite struct ResourceBlameTests {
    private static func resource(_ config: JSON, tags: [String: String] = [:], denied: [String] = []) -> Resource {
        Resource(
            type: "T", id: "r", arn: "arn", account: "1", region: "eu-west-1", tags: tags, config: config,
            uncollected: Dictionary(denied.map { ($0, "AccessDenied") }) { first, _ in first })
    }

    /// From oldest to newest.
    private static func blame(_ resources: [Resource?]) -> ResourceBlame? {
        ResourceBlame(
            resources.enumerated().reversed().map { day, resource in
                ResourceBlame.Version(moment: Timestamp(seconds: Int64(day)), commit: "c\(day)", resource: resource)
            })
    }

    /// Which commit brought each value.
    private static func origins(_ blame: ResourceBlame) -> [String: String] {
        Dictionary(blame.values.map { ($0.pointer, blame.versions[$0.version].commit) }) { first, _ in first }
    }

    @Test func eachValueHasItsOrigin() throws {
        let blame = try #require(
            Self.blame([
                Self.resource(["A": 1, "B": ["C": "x", "D": []], "L": [1, 2]]),
                Self.resource(["A": 2, "B": ["C": "x", "D": []], "L": [1, 2]], tags: ["team": "a"]),
                Self.resource(["A": 1, "B": ["C": "y", "D": []], "L": [1, 3]], tags: ["team": "a"]),
            ]))
        #expect(
            Self.origins(blame) == [
                "/arn": "c0", "/config/A": "c2", "/config/B/C": "c2", "/config/B/D": "c0", "/config/L/0": "c0",
                "/config/L/1": "c2", "/tags/team": "c1",
            ])
        #expect(blame.reachesStart)
        // Whole parts, and what is not there.
        #expect(blame.version(of: "/config/L").commit == "c2" && blame.version(of: "/config/B/D").commit == "c0")
        #expect(blame.version(of: "/config/None/Deeper").commit == "c0")
    }

    @Test func whatIsMissingHasAnOriginToo() throws {
        let blame = try #require(Self.blame([Self.resource(["A": 1, "B": 1]), Self.resource(["A": 1])]))
        #expect(blame.version(of: "/config/B").commit == "c1" && blame.version(of: "/config/A").commit == "c0")
    }

    @Test func itEndsWhereTheResourceCame() throws {
        let blame = try #require(Self.blame([Self.resource(["A": 1]), nil, Self.resource(["A": 1])]))
        #expect(Self.origins(blame)["/config/A"] == "c2" && !blame.reachesStart)
        #expect(Self.blame([Self.resource(["A": 1]), nil]) == nil)
    }

    @Test func whatCouldNotBeReadIsNoValue() throws {
        let blame = try #require(
            Self.blame([
                Self.resource(["A": 1, "B": 2]), Self.resource(["B": 2], denied: ["A"]),
                Self.resource(["A": 1], denied: ["B"]),
            ]))
        let values = Dictionary(blame.values.map { ($0.pointer, $0) }) { first, _ in first }
        #expect(values["/config/A"]?.value == 1 && values["/config/A"]?.version == 0, "nobody knows what it was before")
        #expect(values["/config/B"]?.value == nil && values["/config/B"]?.code == "AccessDenied")
    }
}
