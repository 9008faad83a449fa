public import Documents

/// A test that stands in a rule.
public struct RuleTest: Sendable {
    public var expect: VerdictKind
    /// A pointer that the evidence must name.
    public var why: String?
    /// The resource that is judged: its type, where the rule has several.
    public var subject: Fixture
    public var related: [Fixture]
    public var parameters: [String: JSON]
    public var now: Timestamp
    public var span: Span

    /// A resource as tests write it.
    public struct Fixture: Sendable {
        public var type: String
        public var id: String
        public var region: String
        public var account: String
        public var tags: [String: String]
        public var config: JSON
        public var uncollected: [String: String]
        /// The whole list of this type could not be read.
        public var gap: String?
        /// Where the document stands.
        public var node: YAMLNode?
    }

    /// What stands where a test does not say otherwise.
    public static let defaultAccount = "111122223333"
    public static let defaultRegion = "eu-west-1"
    public static let defaultNow = Timestamp(seconds: 1_768_435_200)
}
