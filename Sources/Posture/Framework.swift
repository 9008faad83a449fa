/// A compliance framework: which rules speak for which of its controls.
public struct Framework: Sendable {
    public var id: String
    public var title: String
    public var version: String
    public var controls: [Control]
    public var path: String

    public struct Control: Sendable {
        public var id: String
        public var title: String
        public var section: String?
        public var rules: [String]

        public init(id: String, title: String, section: String?, rules: [String]) {
            self.id = id
            self.title = title
            self.section = section
            self.rules = rules
        }
    }

    public init(id: String, title: String, version: String, controls: [Control], path: String) {
        self.id = id
        self.title = title
        self.version = version
        self.controls = controls
        self.path = path
    }
}
