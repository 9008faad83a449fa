import Documents
import Rules
import Testing

@testable import Posture

@Suite struct HistoryTests {
    private static let day: Int64 = 86_400

    private static func line(
        _ id: String, _ severity: Severity = .high, waived: Bool = false, seen day: Int64 = 0, digest: String = "a",
        values: Int = 1
    ) -> RecordedPosture.Line {
        RecordedPosture.Line(
            id: id, rule: "r-\(id)", title: "", severity: severity,
            resource: ResourceReference(type: "T", id: id, arn: "", region: "eu-west-1"), message: "",
            isWaived: waived, firstSeen: Timestamp(seconds: day * Self.day), evidenceDigest: digest,
            evidenceCount: values)
    }

    private static func scan(
        _ day: Int64, _ lines: [RecordedPosture.Line], undecided: Set<String> = [], score: Int = 50,
        rules: Set<String>? = nil
    ) -> RecordedPosture {
        RecordedPosture(
            tenant: "prod", moment: Timestamp(seconds: day * Self.day), commit: "c\(day)", score: score,
            findings: lines, undecided: undecided, unknown: undecided.count, rules: rules ?? ["r-a", "r-b", "r-c"])
    }

    private static func difference(_ before: RecordedPosture, _ after: RecordedPosture) -> [String: [String]] {
        let difference = PostureDifference(from: before, to: after)
        let lists = [
            "opened": difference.opened, "resolved": difference.resolved, "undecided": difference.undecided,
            "withdrawn": difference.withdrawn, "waived": difference.waived, "lapsed": difference.lapsed,
            "changed": difference.changed.map(\.after),
            "worse": difference.changed.filter(\.isWorse).map(\.after),
        ]
        return lists.mapValues { $0.map(\.id) }.filter { !$0.value.isEmpty }
    }

    @Test(
        arguments: [
            ([], [line("a")], [:], ["opened": ["a"]]),
            ([line("a")], [], [:], ["resolved": ["a"]]),
            ([line("a")], [line("a")], [:], [:]),
            ([line("a")], [], ["after": "a"], ["undecided": ["a"]]),
            ([], [line("a")], ["before": "a"], [:]),
            ([line("a")], [line("a", waived: true)], [:], ["waived": ["a"]]),
            ([line("a", waived: true)], [line("a")], [:], ["lapsed": ["a"]]),
            ([line("a", waived: true)], [], [:], [:]),
            ([line("a", .low)], [line("a", .high)], [:], ["changed": ["a"], "worse": ["a"]]),
            ([line("a", .high)], [line("a", .low)], [:], ["changed": ["a"]]),
            ([line("a")], [line("a", digest: "b")], [:], ["changed": ["a"]]),
            ([line("a")], [line("a", digest: "b", values: 2)], [:], ["changed": ["a"], "worse": ["a"]]),
            ([line("z")], [], [:], ["withdrawn": ["z"]]),
            ([], [line("b", .low), line("c", .low), line("a", .critical)], [:], ["opened": ["a", "b", "c"]]),
        ] as [([RecordedPosture.Line], [RecordedPosture.Line], [String: String], [String: [String]])])
    func whatLiesBetweenTwoScans(
        before: [RecordedPosture.Line], after: [RecordedPosture.Line], undecided: [String: String],
        expected: [String: [String]]
    ) {
        let found = Self.difference(
            Self.scan(1, before, undecided: Set([undecided["before"]].compactMap { $0 })),
            Self.scan(2, after, undecided: Set([undecided["after"]].compactMap { $0 })))
        #expect(found == expected)
    }

    @Test func scansAreOneHistory() {
        let scans = [
            Self.scan(0, [Self.line("a"), Self.line("b", .low)], score: 40),
            Self.scan(10, [Self.line("b", .low), Self.line("c", seen: 10)], score: 60),
            Self.scan(31, [], score: 90),
        ]
        let history = History(scans)
        #expect(history.points.map(\.score) == [40, 60, 90])
        #expect(history.points.map(\.opened) == [0, 1, 0] && history.points.map(\.resolved) == [0, 1, 2])
        #expect(history.points.map { $0.open[.high] } == [1, 1, 0])
        // 10 days for `a`, 21 for `c`.
        #expect(history.medianDaysToFix(.high) == 15.5)
        #expect(history.medianDaysToFix(.low) == 31 && history.medianDaysToFix(.critical) == nil)
        #expect(history.months.map(\.name) == ["1970-01", "1970-02"])
        #expect(history.months.map(\.score) == [60, 90] && history.months.map(\.resolved) == [1, 2])
    }

    /// What nobody could judge was not fixed then: it is fixed when a scan judges it and finds nothing.
    @Test func undecidedFindingsAreNotFixed() {
        let open = Self.line("a")
        let lost = History([Self.scan(0, [open]), Self.scan(5, [], undecided: ["a"])])
        #expect(lost.fixes.isEmpty && lost.points.map(\.resolved) == [0, 0])
        let back = History([Self.scan(0, [open]), Self.scan(5, [], undecided: ["a"]), Self.scan(9, [open])])
        #expect(back.fixes.isEmpty && back.points.map(\.opened) == [0, 0, 0])
        let fixed = History([Self.scan(0, [open]), Self.scan(5, [], undecided: ["a"]), Self.scan(9, [])])
        #expect(fixed.fixes.map(\.seconds) == [9 * Self.day] && fixed.points.map(\.resolved) == [0, 0, 1])
        let withdrawn = History([Self.scan(0, [open]), Self.scan(5, [], rules: ["r-b"])])
        #expect(withdrawn.fixes.isEmpty && withdrawn.points.map(\.resolved) == [0, 0])
    }
}
