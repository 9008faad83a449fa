import Documents
import Rules
import Testing

@testable import Posture

@Suite struct RoadmapTests {
    private static func finding(_ rule: String, _ id: String) -> Finding {
        Finding(
            id: "\(rule)/\(id)", rule: rule, title: rule, severity: .medium, category: nil,
            resource: ResourceReference(type: "T", id: id, arn: "", region: "global"), tags: [:], message: "",
            evidence: [], remediation: Finding.Remediation(), references: [], controls: [],
            firstSeen: Timestamp(seconds: 0))
    }

    /// `counts` are failures, unknowns and waived ones of rules; rules that are not there pass.
    private static func roadmap(
        _ controls: [(String, [String])], _ counts: [String: (fail: Int, unknown: Int, waived: Int)]
    ) -> Roadmap {
        var verdicts: [String: VerdictCounts] = [:]
        for rule in controls.flatMap(\.1) {
            var count = VerdictCounts()
            count.pass = 1
            (count.fail, count.unknown, count.waived) = counts[rule] ?? (0, 0, 0)
            verdicts[rule] = count
        }
        let framework = Framework(
            id: "f", title: "F", version: "1",
            controls: controls.map { Framework.Control(id: $0.0, title: $0.0, section: nil, rules: $0.1) }, path: "f")
        let open = counts.flatMap { rule, count in (0..<count.fail).map { finding(rule, "\($0)") } }
        return Roadmap(Compliance(framework, counts: verdicts), open: open)
    }

    @Test func theCheapestControlComesFirst() {
        let roadmap = Self.roadmap(
            [("A", ["a"]), ("B", ["b"]), ("C", ["c"])], ["a": (3, 0, 0), "b": (1, 0, 0)])
        #expect(roadmap.steps.map { $0.controls.map(\.id) } == [["B"], ["A"]])
        #expect(roadmap.steps.map(\.findings.count) == [1, 3])
        #expect(roadmap.steps.map(\.percentage) == [66, 100])
    }

    /// Two findings for three controls are better than one for one.
    @Test func findingsThatManyControlsShareComeFirst() {
        let roadmap = Self.roadmap(
            [("A", ["one"]), ("B", ["two"]), ("C", ["two"]), ("D", ["two"])], ["one": (1, 0, 0), "two": (2, 0, 0)])
        #expect(roadmap.steps.map { $0.controls.map(\.id) } == [["B", "C", "D"], ["A"]])
    }

    @Test func whatAnEarlierStepFixedIsNotFixedAgain() {
        let roadmap = Self.roadmap([("A", ["a"]), ("B", ["a", "b"])], ["a": (1, 0, 0), "b": (2, 0, 0)])
        #expect(roadmap.steps.map { $0.controls.map(\.id) } == [["A"], ["B"]])
        #expect(roadmap.steps.map { $0.findings.map(\.rule) } == [["a"], ["b", "b"]])
    }

    @Test func unknownControlsWaitAndWaivedOnesDoNotCount() {
        let roadmap = Self.roadmap(
            [("A", ["a"]), ("B", ["b"]), ("C", ["c"])], ["a": (1, 1, 0), "b": (1, 0, 1), "c": (0, 0, 0)])
        #expect(roadmap.blocked.map(\.control.id) == ["A"])
        #expect(roadmap.steps.map { $0.controls.map(\.id) } == [["B"]])
        // C passed, A is unknown, B waived.
        #expect(roadmap.steps.map(\.percentage) == [50])
    }

    @Test func nothingToDoIsNoStep() {
        #expect(Self.roadmap([("A", ["a"])], [:]).steps.isEmpty)
    }
}
