import Documents
import Rules
import TestSupport
import Testing

@testable import Posture

/// What holds of the decision for any findings and waivers.
@Suite struct ExceptionsPropertyTests {
    private static let names = ["a", "b", "ab", "c"]

    private static func finding(_ random: inout SeededGenerator) -> Finding {
        Exception.finding(
            ["bucket-versioning", "user-path"].randomElement(using: &random) ?? "",
            names.randomElement(using: &random) ?? "",
            severity: Severity.allCases.randomElement(using: &random) ?? .low,
            tags: Bool.random(using: &random) ? ["team": names.randomElement(using: &random) ?? ""] : [:],
            value: Bool.random(using: &random) ? "x" : "y")
    }

    private static func waiver(_ name: String, _ findings: [Finding], _ random: inout SeededGenerator) -> Waiver {
        var match = Waiver.Match()
        switch Int.random(in: 0..<4, using: &random) {
        case 0: match.id = names.randomElement(using: &random)
        case 1: match.arn = "arn:aws:s3:::" + (["a*", "*b", "?", "c"].randomElement(using: &random) ?? "")
        case 2: match.tags = ["team": names.randomElement(using: &random) ?? ""]
        default: match.tenant = "prod"
        }
        return Exception.waiver(
            name, rule: ["bucket-versioning", "user-path", "nothing"].randomElement(using: &random) ?? "", match: match,
            expires: Exception.days(Int64.random(in: -3...40, using: &random)),
            evidence: Bool.random(using: &random) ? nil : findings.randomElement(using: &random)?.evidenceDigest,
            tenants: Bool.random(using: &random) ? ["prod"] : ["prod", "dev"])
    }

    /// Findings with distinct resources, waivers, and limits.
    private static func sample(_ seed: Int) -> (findings: [Finding], waivers: [Waiver], limits: WaiverLimits) {
        var random = SeededGenerator(seed: UInt64(seed))
        var findings: [String: Finding] = [:]
        for _ in 0..<6 {
            let finding = finding(&random)
            findings[finding.id] = finding
        }
        let list = findings.values.sorted { $0.id < $1.id }
        let waivers = (0..<5).map { waiver("w\($0)", list, &random) }
        return (
            list, waivers,
            WaiverLimits(maxDays: 30, maxSeverity: Bool.random(using: &random) ? .critical : .medium)
        )
    }

    @Test(arguments: 0..<200) func addingAWaiverChangesNoFindingThatItDoesNotMatch(seed: Int) throws {
        let (findings, waivers, limits) = Self.sample(seed)
        let added = try #require(waivers.last)
        let before = Exception.decide(findings, Exception.exceptions(waivers.dropLast(), limits: limits))
        let after = Exception.decide(findings, Exception.exceptions(waivers, limits: limits))
        let waivedBefore = Dictionary(uniqueKeysWithValues: before.waived.map { ($0.id, $0.waiver?.name) })
        let waivedAfter = Dictionary(uniqueKeysWithValues: after.waived.map { ($0.id, $0.waiver?.name) })
        for finding in findings
        where finding.rule != added.rule || !added.match.covers(finding.resource, tags: finding.tags) {
            #expect(waivedBefore[finding.id] == waivedAfter[finding.id])
        }
        // What was waived stays so, and nothing that was said before is left unsaid.
        #expect(Set(waivedBefore.keys).isSubset(of: waivedAfter.keys))
        #expect(Set(before.own.map(\.id)).isSubset(of: after.own.map(\.id)))
    }

    @Test(arguments: 0..<200) func everyFindingStaysAndEveryWaiverIsAccountedFor(seed: Int) {
        let (findings, waivers, limits) = Self.sample(seed)
        let decision = Exception.decide(findings, Exception.exceptions(waivers, limits: limits))
        #expect((decision.open + decision.waived).map(\.id).sorted() == findings.map(\.id).sorted())
        #expect(decision.open.allSatisfy { $0.waiver == nil } && decision.waived.allSatisfy { $0.waiver != nil })
        for finding in decision.waived {
            #expect(finding.severity <= limits.maxSeverity)
            let waiver = waivers.first { $0.name == finding.waiver?.name }
            #expect(waiver.map { $0.rule == finding.rule && $0.expires > Account.noon } == true)
        }
        let said = Set(decision.own.map(\.resource.id)).union(decision.waived.compactMap(\.waiver?.name))
        for waiver in waivers where !said.contains(waiver.name) {
            // It holds, and another one that ends later waives the same.
            #expect(
                decision.waived.contains {
                    $0.rule == waiver.rule && waiver.match.covers($0.resource, tags: $0.tags)
                        && ($0.waiver.map { $0.expires >= waiver.expires } ?? false)
                })
        }
    }

    @Test(arguments: 0..<50) func theOrderOfWaiversDoesNotMatter(seed: Int) {
        let (findings, waivers, limits) = Self.sample(seed)
        var random = SeededGenerator(seed: UInt64(seed + 1_000))
        let first = Exception.decide(findings, Exception.exceptions(waivers, limits: limits))
        let second = Exception.decide(
            findings, Exception.exceptions(waivers.shuffled(using: &random), limits: limits))
        #expect(first.waived.map(\.waiver?.name) == second.waived.map(\.waiver?.name))
        #expect(first.own.map(\.id) == second.own.map(\.id))
    }
}
