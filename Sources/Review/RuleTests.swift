internal import Documents
internal import Git
internal import Resources
internal import Rules
internal import Workspace

/// Runs the tests of rules that a change touches.
struct RuleTests {
    let catalog: ResourceCatalog

    /// The tests of the head's own rules that the base does not have so: with another file, or with other fragments or
    /// tables.
    func summary(of head: Workspace, since base: Workspace) -> Review.TestSummary {
        let runner = RuleTestRunner(
            catalog: catalog, fragments: head.fragments.mapValues(\.condition), tables: head.tables)
        let known = Dictionary(base.rules.map { ($0.rule.id, contents(of: $0, in: base)) }) { first, _ in first }
        var summary = Review.TestSummary()
        for rule in head.rules where rule.origin == .repository && known[rule.rule.id] != contents(of: rule, in: head) {
            for outcome in runner.run(rule.rule) {
                guard let fault = outcome.fault else {
                    summary.passed += 1
                    continue
                }
                summary.failures.append(
                    Review.TestSummary.Failure(
                        rule: outcome.rule, path: outcome.path, line: outcome.span.line, fault: fault))
            }
        }
        return summary
    }

    /// The rule's file and those that it uses, by kind and name.
    private func contents(of rule: LoadedRule, in workspace: Workspace) -> [String: [UInt8]] {
        var contents = ["rule": rule.source.bytes]
        let references = RuleReferences(rule.rule, fragments: workspace.fragments)
        for name in references.fragments {
            contents["fragment \(name)"] = workspace.fragments[name].flatMap { workspace.sources[$0.path]?.bytes }
        }
        for name in references.tables {
            contents["table \(name)"] = workspace.tables[name].flatMap { workspace.sources[$0.path]?.bytes }
        }
        return contents
    }
}
