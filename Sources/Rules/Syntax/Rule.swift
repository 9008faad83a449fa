public import Documents
public import Resources

/// A rule as it was written and read. See the language reference for what each key means.
public struct Rule: Sendable {
    public var id: String
    public var title: String
    public var severity: Severity
    /// The types whose resources it judges.
    public var resources: [String]
    public var category: String?
    public var parameters: [Parameter]
    /// Which resources it applies to; nil for all.
    public var applicability: Condition?
    public var polarity: Polarity
    public var condition: Condition
    public var message: Template?
    public var remediation: Remediation
    public var references: [String]
    public var owner: String?
    public var status: Status
    public var onUnknown: OnUnknown
    public var aliases: [String]
    public var replaces: String?
    public var link: Template?
    public var tests: [RuleTest]
    /// The file and where in it the rule's types stand.
    public var path: String
    public var resourceSpans: [Span]
    public var idSpan: Span

    public enum Polarity: String, Sendable {
        case failWhen = "fail_when"
        case passWhen = "pass_when"
    }

    public enum Status: String, Sendable, CaseIterable {
        case experimental, stable, deprecated
    }

    public enum OnUnknown: String, Sendable, CaseIterable {
        case report, fail
    }

    public struct Remediation: Sendable {
        public var text: Template?
        public var cli: Template?
        public var terraform: Template?

        public init(text: Template? = nil, cli: Template? = nil, terraform: Template? = nil) {
            self.text = text
            self.cli = cli
            self.terraform = terraform
        }
    }

    /// A value that tenants can set.
    public struct Parameter: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case integer, number, boolean, string
            /// `90d`, `12h`, `4w`.
            case duration
            case strings = "list of strings"
            case integers = "list of integers"
        }

        public var name: String
        public var kind: Kind
        public var value: JSON
        public var minimum: Int64?
        public var maximum: Int64?
    }
}
