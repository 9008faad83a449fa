import Rules
import TestSupport
import Testing

@testable import Posture

@Suite struct ComplianceTests {
    private static func counts(_ kinds: [VerdictKind]) -> VerdictCounts {
        var counts = VerdictCounts()
        for kind in kinds { counts.add(kind) }
        return counts
    }

    private static func compliance(_ controls: [[String]], _ counts: [String: [VerdictKind]]) -> Compliance {
        let framework = Framework(
            id: "f", title: "F", version: "1",
            controls: controls.enumerated().map { index, rules in
                Framework.Control(id: "C\(index)", title: "", section: nil, rules: rules)
            }, path: "")
        return Compliance(framework, counts: counts.mapValues(Self.counts), disabled: ["off"])
    }

    @Test(
        arguments: [
            ([], [:], .notCovered), (["a"], [:], .notCovered), (["a"], ["b": [.pass]], .notCovered),
            (["a"], ["a": [.pass]], .passed), (["a"], ["a": [.pass, .notApplicable]], .passed),
            (["a"], ["a": [.pass, .unknown]], .unknown), (["a"], ["a": [.unknown, .fail, .pass]], .failed),
            (["a", "b"], ["a": [.pass], "b": [.unknown]], .unknown),
            (["a", "b"], ["a": [.unknown], "b": [.fail]], .failed),
            (["a", "b"], ["a": [.fail]], .failed), (["a", "b"], ["b": [.unknown]], .unknown),
            (["a", "b"], ["a": [.pass]], .unknown), (["a", "b"], ["a": [.notApplicable]], .unknown),
            (["a"], ["a": []], .notApplicable), (["a"], ["a": [.notApplicable]], .notApplicable),
            (["a", "b"], ["a": [.notApplicable], "b": [.pass]], .passed),
            (["off"], [:], .notCovered), (["a", "off"], ["a": [.pass]], .waived),
            (["a", "off"], ["a": [.fail]], .failed), (["a", "off"], ["a": [.unknown]], .unknown),
            (["a", "b", "off"], ["a": [.pass]], .unknown),
        ] as [([String], [String: [VerdictKind]], Compliance.Status)])
    func controlsHaveAStatus(rules: [String], counts: [String: [VerdictKind]], status: Compliance.Status) {
        #expect(Self.compliance([rules], counts).controls.map(\.status) == [status])
    }

    @Test func theShareIsOfCoveredControlsRoundedDown() {
        let counts: [String: [VerdictKind]] = ["p": [.pass], "f": [.fail], "u": [.unknown]]
        #expect(Self.compliance([["p"], ["f"], ["u"], ["x"], []], counts).percentage == 33)
        #expect(Self.compliance([["p"], ["x"]], counts).percentage == 100)
        #expect(Self.compliance([["x"], []], counts).percentage == nil)
        #expect(Self.compliance([], [:]).percentage == nil)
        let almost = Array(repeating: ["p"], count: 999) + [["u"]]
        #expect(Self.compliance(almost, counts).percentage == 99)
    }

    @Test(arguments: 0..<30) func neverCountsUnknownOrNotCoveredAsPassed(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let names = ["a", "b", "c", "d", "e", "f"]
        var counts: [String: [VerdictKind]] = [:]
        for name in names where Bool.random(using: &random) {
            counts[name] = (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in
                VerdictKind.allCases.randomElement(using: &random)
            }
        }
        let controls = (0..<20).map { _ in names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 } }
        let compliance = Self.compliance(controls, counts)
        let clean = controls.count { rules in
            let verdicts = rules.flatMap { counts[$0] ?? [.unknown] }
            return verdicts.contains(.pass) && verdicts.allSatisfy { $0 == .pass || $0 == .notApplicable }
        }
        let counted = controls.count { rules in
            rules.contains { counts[$0] != nil }
                && rules.contains { counts[$0]?.allSatisfy { $0 == .notApplicable } != true }
        }
        #expect(compliance.count(.passed) == clean)
        #expect(compliance.percentage == (counted == 0 ? nil : clean * 100 / counted))
        #expect(Compliance.Status.allCases.reduce(0) { $0 + compliance.count($1) } == controls.count)
        for (index, rules) in controls.enumerated() {
            for rule in rules where counts[rule] == nil || Bool.random(using: &random) {
                var worse = counts
                worse[rule] = (counts[rule] ?? []) + [.unknown]
                #expect(Self.compliance(controls, worse).controls[index].status != .passed)
            }
        }
    }
}
