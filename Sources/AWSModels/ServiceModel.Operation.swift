public import Documents

extension ServiceModel {
    /// A call that a service offers.
    public struct Operation: Sendable {
        public let name: String
        public let method: String
        /// A path with `{placeholders}`, and after `?` a constant query.
        public let uri: String
        /// Indexes of the shapes; nil where the operation takes or returns nothing.
        public let input: Int?
        public let output: Int?
        /// The element of the response that holds the result.
        public let resultWrapper: String?
        /// The root element of the request's body, and its namespace.
        public let rootElement: String?
        public let rootNamespace: String?
        /// Placed before the host, with `{placeholders}`.
        public let hostPrefix: String?
        /// Sent without a signature.
        public let isAnonymous: Bool
        /// The signature leaves the body out.
        public let hasUnsignedPayload: Bool
        /// The text of the response's root element is the value of its only member.
        public let unwrapsRoot: Bool
        /// Parameters of endpoint rules with a fixed value.
        public let staticContext: JSONObject
        public let pagination: Pagination?
    }

    /// How an operation's results are read page by page.
    public struct Pagination: Sendable {
        /// Members of the input that take the tokens.
        public let inputTokens: [String]
        /// Where the tokens stand in the output: paths, alternatives parted by `||`, `[-1]` for a list's last element.
        public let outputTokens: [String]
        /// Paths of the lists that continue from page to page.
        public let resultKeys: [String]
        /// The path of the flag that says whether there are more pages.
        public let moreResults: String?
        public let limitKey: String?
    }
}
