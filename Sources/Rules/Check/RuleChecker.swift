public import Documents
public import Resources

/// Checks a rule against the types of the resources that it judges. Every fault becomes a diagnostic.
public struct RuleChecker {
    private let catalog: ResourceCatalog
    private let fragments: [String: Fragment]
    private let tables: [String: Table]
    /// Built-in rules are embedded without their tests.
    private let requiresTests: Bool

    public init(
        catalog: ResourceCatalog, fragments: [String: Fragment] = [:], tables: [String: Table] = [:],
        requiresTests: Bool = true
    ) {
        self.tables = tables
        self.requiresTests = requiresTests
        self.catalog = catalog
        self.fragments = fragments
    }

    /// Returns the rule with the values of its tests typed by the schema: a plain `012345678901` that stands for text is text.
    public func check(_ rule: Rule, _ diagnostics: inout FileDiagnostics) -> Rule {
        var types: [ResourceType] = []
        for (name, span) in zip(rule.resources, rule.resourceSpans) {
            if let type = catalog[name] {
                types.append(type)
            } else {
                diagnostics.error(
                    "rule/unknown-type", "there is no resource type `\(name)`", at: span,
                    help: suggestion(for: name, among: catalog.names)
                        ?? "known: \(catalog.names.joined(separator: ", "))")
            }
        }
        for type in types {
            var conditions = ConditionChecker(
                catalog: catalog, fragments: fragments, tables: tables, parameters: rule.parameters, root: type,
                diagnostics: diagnostics)
            let scope = ConditionChecker.Scope.resource(type)
            if let applicability = rule.applicability { conditions.check(applicability, scope) }
            conditions.check(rule.condition, under: rule.applicability, scope)
            for template in [
                rule.message, rule.remediation.text, rule.remediation.cli, rule.remediation.terraform, rule.link,
            ] {
                if let template { conditions.check(template, in: rule, type) }
            }
            diagnostics = conditions.diagnostics
        }
        checkQuotes(rule.remediation.cli, "cli", ["'", "\""], rule, &diagnostics)
        checkQuotes(rule.remediation.terraform, "terraform", ["\""], rule, &diagnostics)
        if requiresTests { checkTests(rule, &diagnostics) }
        guard types.count == rule.resources.count else { return rule }
        var typed = rule
        typed.tests = rule.tests.map { test in
            var test = test
            test.subject = typedFixture(test.subject, &diagnostics)
            test.related = test.related.map { typedFixture($0, &diagnostics) }
            return test
        }
        return typed
    }

    /// Checks a fragment's condition at the type that it is for.
    public func check(_ fragment: Fragment, at span: Span?, _ diagnostics: inout FileDiagnostics) {
        guard let type = catalog[fragment.resource] else {
            diagnostics.error(
                "rule/unknown-type", "there is no resource type `\(fragment.resource)`", at: span,
                help: suggestion(for: fragment.resource, among: catalog.names))
            return
        }
        var conditions = ConditionChecker(
            catalog: catalog, fragments: fragments, tables: tables, parameters: [], root: type, diagnostics: diagnostics
        )
        conditions.check(fragment.condition, .resource(type))
        diagnostics = conditions.diagnostics
    }

    private func checkQuotes(
        _ template: Template?, _ key: String, _ quotes: [Unicode.Scalar], _ rule: Rule,
        _ diagnostics: inout FileDiagnostics
    ) {
        guard let template, !template.places.isEmpty else { return }
        let found = QuotedPlaces(in: template, quotes: quotes)
        for place in found.places {
            diagnostics.error(
                "rule/template", "`{\(place)}` stands within quotes in `\(key)`", at: rule.idSpan,
                help: "leave the quotes out: what is filled in is quoted")
        }
        if found.staysOpen {
            diagnostics.error("rule/template", "a quote in `\(key)` is not closed", at: rule.idSpan)
        }
    }

    private func checkTests(_ rule: Rule, _ diagnostics: inout FileDiagnostics) {
        for wanted in [VerdictKind.fail, .pass] where !rule.tests.contains(where: { $0.expect == wanted }) {
            diagnostics.error(
                "rule/untested", "the rule `\(rule.id)` has no test that expects `\(wanted.rawValue)`", at: rule.idSpan,
                help: "a rule needs at least one failing and one passing test")
        }
    }

    private func typedFixture(_ fixture: RuleTest.Fixture, _ diagnostics: inout FileDiagnostics) -> RuleTest.Fixture {
        guard let node = fixture.node else { return fixture }
        guard let type = catalog[fixture.type] else {
            diagnostics.error(
                "rule/unknown-type", "there is no resource type `\(fixture.type)`", at: node.span,
                help: suggestion(for: fixture.type, among: catalog.names))
            return fixture
        }
        var typed = fixture
        var documents = FixtureChecker(diagnostics: diagnostics)
        typed.config = documents.typed(fixture.config, node, type.schema)
        diagnostics = documents.diagnostics
        return typed
    }
}

/// A named condition that rules share.
public struct Fragment: Sendable {
    public var name: String
    /// The type at which it is checked and used.
    public var resource: String
    public var condition: Condition
    public var path: String

    public init(name: String, resource: String, condition: Condition, path: String) {
        self.name = name
        self.resource = resource
        self.condition = condition
        self.path = path
    }
}
