public import Rules

/// A rule that ran, as reports name it.
public struct JudgedRule: Sendable {
    public var id: String
    public var title: String
    /// The tenant's.
    public var severity: Severity
    public var category: String?
    public var references: [String]
    /// The controls that it speaks for: `soc2-tsc/CC6.1`.
    public var controls: [String]
}

extension JudgedRule {
    init(_ rule: Rule, controls: [String]) {
        self.init(
            id: rule.id, title: rule.title, severity: rule.severity, category: rule.category,
            references: rule.references, controls: controls)
    }
}
