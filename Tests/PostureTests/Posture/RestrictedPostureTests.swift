import Rules
import Testing

@testable import Posture

/// A posture restricted to a framework is the one of the framework's rules alone.
@Suite struct RestrictedPostureTests {
    private static let ids = ["data", "people", "none"]

    /// `data` speaks of two rules of three, `people` of the third and one that does not run, `none` of none.
    private static let frameworks = [
        framework("data", ["bucket-versioning", "bucket-encryption"]), framework("people", ["user-path", "not-run"]),
        framework("none", []),
    ]

    private static func framework(_ id: String, _ rules: [String]) -> Framework {
        let controls = rules.map {
            Framework.Control(id: $0, title: $0, section: nil, rules: $0 == rules[0] ? [$0] : [$0, rules[0]])
        }
        return Framework(id: id, title: id, version: "1", controls: controls, path: "")
    }

    private static func judge(_ rules: [Rule], _ frameworks: [Framework], _ waivers: [Waiver]) throws -> Posture {
        Posture.evaluate(
            tenant: "prod", rules: rules, frameworks: frameworks,
            exceptions: Exceptions(
                waivers: waivers, knownRules: Exception.rules,
                disabled: ["not-run", "other"].map {
                    DisabledRule(rule: $0, reason: "", expires: Exception.days(1), path: "")
                }),
            in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.mixed())
        ).posture
    }

    @Test(arguments: ids) func itIsThePostureOfTheRulesAlone(id: String) throws {
        let waiver = Exception.waiver(match: Waiver.Match(id: "beta"))
        let unused = Exception.waiver("unused", match: Waiver.Match(id: "nobody"))
        let rules = try Account.rules()
        let whole = try Self.judge(rules, Self.frameworks, [waiver, unused])
        let restricted = try #require(whole.restricted(to: id))
        let chosen = try #require(Self.frameworks.first { $0.id == id })
        let named = Set(chosen.controls.flatMap(\.rules))
        let alone = try Self.judge(rules.filter { named.contains($0.id) }, [chosen], [waiver])
        #expect(restricted.onlyFramework == id && alone.onlyFramework == nil)
        // Alone, a waiver of a rule that does not run is unused: a finding of Parapet's own, which is of no framework.
        let found = alone.findings.filter { OwnRule(rawValue: $0.rule) == nil }
        #expect(restricted.findings.map(\.id) == found.map(\.id))
        #expect(restricted.findings.map(\.controls) == found.map(\.controls))
        #expect(restricted.waived.map(\.id) == alone.waived.map(\.id))
        #expect(restricted.waived.map(\.controls) == alone.waived.map(\.controls))
        #expect(restricted.unknownChecks.map(\.id) == alone.unknownChecks.map(\.id))
        #expect(restricted.unknowns.map(\.cause) == alone.unknowns.map(\.cause))
        #expect(restricted.unknowns.map(\.rules) == alone.unknowns.map(\.rules))
        #expect(restricted.unknowns.map(\.resources) == alone.unknowns.map(\.resources))
        #expect(restricted.rules.map(\.id) == alone.rules.map(\.id))
        #expect(restricted.rules.map(\.controls) == alone.rules.map(\.controls))
        #expect(restricted.counts == alone.counts && restricted.score == alone.score)
        #expect(restricted.severities == alone.severities && restricted.unknownCount == alone.unknownCount)
        #expect(restricted.compliance.map(\.framework.id) == [id])
        #expect(restricted.compliance.first?.percentage == alone.compliance.first?.percentage)
        #expect(restricted.disabled.map(\.rule) == (id == "people" ? ["not-run"] : []))
        #expect(restricted.resourceCount == whole.resourceCount)
    }

    @Test func whatCannotBeJudgedAnyMoreIsRestrictedToo() throws {
        let whole = try Self.judge(try Account.rules(), Self.frameworks, [])
        let earlier = whole.unknownChecks.map {
            EarlierFinding(id: $0.id, rule: $0.rule, resource: $0.resource, firstSeen: Account.noon)
        }
        let carried = whole.carryingOver(earlier)
        let all = Self.ids.compactMap { carried.restricted(to: $0) }.flatMap(\.undecided)
        #expect(Set(carried.undecided.map(\.rule)).count > 1)
        #expect(all.map(\.id).sorted() == carried.undecided.map(\.id).sorted())
    }

    /// Ids that begin alike are two frameworks.
    @Test func frameworksOfOthersAreNone() throws {
        let whole = try Self.judge(
            try Account.rules(), Self.frameworks + [Self.framework("dat", ["bucket-versioning"])], [])
        #expect(whole.restricted(to: "peopl") == nil && whole.restricted(to: "") == nil)
        let restricted = try #require(whole.restricted(to: "dat"))
        #expect(restricted.findings.allSatisfy { $0.controls == ["dat/bucket-versioning"] })
        #expect(!restricted.findings.isEmpty)
    }
}
