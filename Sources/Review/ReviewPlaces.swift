/// Where the head writes what it changes, for remarks on lines. What the head leaves alone has no place here.
public struct ReviewPlaces: Sendable, Equatable {
    /// By the rule's id.
    public var rules: [String: Place] = [:]
    /// By the tenant's name.
    public var tenants: [String: Place] = [:]

    public init(rules: [String: Place] = [:], tenants: [String: Place] = [:]) {
        self.rules = rules
        self.tenants = tenants
    }

    /// A line of a file.
    public struct Place: Sendable, Equatable {
        /// From the repository's root.
        public var path: String
        /// From 1.
        public var line: Int

        public init(path: String, line: Int) {
            self.path = path
            self.line = line
        }
    }
}
