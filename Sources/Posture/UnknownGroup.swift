internal import Documents
internal import Resources
public import Rules

/// Verdicts that are unknown for one cause: one denied call is one group, not four hundred.
public struct UnknownGroup: Sendable {
    /// What could not be read, and the code that says why.
    public var cause: String
    public var kind: UnknownCause.Kind
    public var rules: [String]
    public var resources: [ResourceReference]

    public init(cause: String, kind: UnknownCause.Kind, rules: [String], resources: [ResourceReference]) {
        self.cause = cause
        self.kind = kind
        self.rules = rules
        self.resources = resources
    }

    /// The cause of verdicts that name none.
    static let undecided = "not decided"

    /// A region that is off as a whole is one cause, whatever was asked for there: `RegionNotEnabled in eu-south-1`.
    static func text(_ cause: UnknownCause, in region: String) -> String {
        guard cause.kind == .uncollected,
            let state = RegionState.allCases.first(where: { cause.detail.hasPrefix($0.rawValue) })
        else { return cause.description }
        return cause.detail.hasSameBytes(as: state.rawValue) ? "\(cause.detail) in \(region)" : cause.detail
    }

    /// Groups verdicts by their causes; a verdict with several causes stands in each.
    static func groups(of verdicts: [Verdict]) -> [UnknownGroup] {
        var kinds: [String: UnknownCause.Kind] = [:]
        var rules: [String: Set<String>] = [:]
        var resources: [String: Set<ResourceReference>] = [:]
        for verdict in verdicts where verdict.kind == .unknown {
            let reference = ResourceReference(verdict)
            let causes =
                verdict.causes.isEmpty
                ? [(undecided, UnknownCause.Kind.absent)]
                : verdict.causes.map { (text($0, in: verdict.region), $0.kind) }
            for (text, kind) in causes {
                kinds[text] = kind
                rules[text, default: []].insert(verdict.rule)
                resources[text, default: []].insert(reference)
            }
        }
        return kinds.map { text, kind in
            UnknownGroup(
                cause: text, kind: kind, rules: (rules[text] ?? []).sorted(),
                resources: (resources[text] ?? []).sorted())
        }.sorted { $0.cause.precedesByBytes($1.cause) }
    }
}
