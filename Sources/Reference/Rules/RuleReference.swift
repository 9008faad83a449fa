internal import Documents
public import Posture
public import Rules
public import Workspace

/// A rule with what else is known of it, for people.
public struct RuleReference: Sendable {
    public let rule: Rule
    /// Nil for the repository's own rules.
    public let scanner: String?
    public let controls: [Control]
    /// The rule's conditions as they stand in its file.
    public let excerpts: [RuleExcerpt]

    /// A control that the rule speaks for.
    public struct Control: Sendable {
        public let framework: String
        public let control: String
        public let title: String
    }

    public init(_ loaded: LoadedRule, frameworks: some Sequence<Framework>) {
        rule = loaded.rule
        scanner =
            switch loaded.origin {
            case .builtin(let scanner): scanner
            case .repository: nil
            }
        controls = frameworks.sorted { $0.id.precedesByBytes($1.id) }.flatMap { framework in
            framework.controls.filter { $0.rules.contains(loaded.rule.id) }.map {
                Control(framework: framework.id, control: $0.id, title: $0.title)
            }
        }
        excerpts = RuleExcerpt.conditions(of: loaded.source)
    }

    /// All rules of a workspace, by id.
    public static func all(of workspace: Workspace) -> [RuleReference] {
        workspace.rules.sorted { $0.rule.id.precedesByBytes($1.rule.id) }
            .map { RuleReference($0, frameworks: workspace.frameworks.values) }
    }
}

/// Which rules a list holds; what is nil does not matter.
public struct RuleFilter: Sendable {
    public var scanner: String?
    public var severity: Severity?
    public var resource: String?
    public var framework: String?

    public init(
        scanner: String? = nil, severity: Severity? = nil, resource: String? = nil, framework: String? = nil
    ) {
        self.scanner = scanner
        self.severity = severity
        self.resource = resource
        self.framework = framework
    }

    public func holds(of reference: RuleReference) -> Bool {
        if let scanner, reference.scanner != scanner { return false }
        if let severity, reference.rule.severity != severity { return false }
        if let resource, !reference.rule.resources.contains(resource) { return false }
        if let framework, !reference.controls.contains(where: { $0.framework == framework }) { return false }
        return true
    }
}
