import Documents
import Foundation
import Resources
import Rules
import Testing

/// Every rule on disk is sound by its own account.
@Suite struct BuiltinRuleTests {
    @Test func thereAreRules() {
        #expect(RuleFiles.paths.count >= 30)
        #expect(Set(RuleFiles.rules.map(\.id)).count == RuleFiles.paths.count)
    }

    @Test(arguments: RuleFiles.paths)
    func parsesAndChecks(path: String) throws {
        let (rule, diagnostics) = RuleFiles.load(path)
        #expect(diagnostics.found.isEmpty, "\(diagnostics.found.map { $0.text() }.joined())")
        let read = try #require(rule)
        #expect(URL(filePath: path).deletingPathExtension().lastPathComponent == read.id)
        #expect(read.references.isEmpty == false)
        #expect(read.remediation.text != nil)
    }

    @Test(arguments: RuleFiles.rules)
    func passesItsOwnTests(rule: Rule) {
        for outcome in RuleTestRunner(catalog: RuleFiles.catalog).run(rule) {
            #expect(outcome.fault == nil, "\(rule.path):\(outcome.span.line)")
        }
    }

    /// A rule that is never tested as unknown has not been thought through.
    @Test(arguments: RuleFiles.rules)
    func hasTestOfUnknown(rule: Rule) {
        #expect(rule.tests.contains { $0.expect == .unknown }, "\(rule.id)")
    }

    @Test func aTestThatExpectsTheWrongVerdictFails() throws {
        var rule = try #require(RuleFiles.rules.first { $0.id == "ebs-volume-encrypted" })
        for index in rule.tests.indices { rule.tests[index].expect = .notApplicable }
        let outcomes = RuleTestRunner(catalog: RuleFiles.catalog).run(rule)
        #expect(outcomes.allSatisfy { $0.fault?.hasPrefix("expected not_applicable, got ") == true })
    }

    @Test func aTestThatNamesTheWrongPointerFails() throws {
        var rule = try #require(RuleFiles.rules.first { $0.id == "ebs-volume-encrypted" })
        rule.tests[0].why = "/KmsKeyId"
        let outcome = try #require(RuleTestRunner(catalog: RuleFiles.catalog).run(rule).first)
        #expect(outcome.fault == "expected `/KmsKeyId` to decide, but it was `/Encrypted`")
    }
}
