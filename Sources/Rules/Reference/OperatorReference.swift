/// What people read of an operator. The reference in `docs/` is made of these, and every example runs as a test.
public struct OperatorReference: Sendable {
    /// A condition on a document, and what it says.
    public struct Example: Sendable {
        public var resource: String
        public var condition: String
        /// The resource's config, as YAML.
        public var given: String
        public var truth: Truth
    }

    public var name: OperatorName
    /// What it is put on.
    public var on: String
    public var operand: String
    public var meaning: String
    public var examples: [Example]

    init(
        _ name: OperatorName, on: String, takes operand: String, _ meaning: String, at resource: String,
        _ examples: (condition: String, given: String, truth: Truth)...
    ) {
        self.name = name
        self.on = on
        self.operand = operand
        self.meaning = meaning
        self.examples = examples.map {
            Example(resource: resource, condition: $0.condition, given: $0.given, truth: $0.truth)
        }
    }

    public static let all: [OperatorReference] =
        lists + scalars + texts + times + addresses + ranges + policies + presence

    /// The reference as Markdown: a table of contents and a section for each operator.
    public static var markdown: String {
        all.map { entry in
            var text = "### `\(entry.name.rawValue)`\n\n"
            text += "On \(entry.on). Takes \(entry.operand). \(entry.meaning)\n\n"
            text += "| condition | on | is |\n|---|---|---|\n"
            for example in entry.examples {
                let given = "`\(example.resource)` `\(example.given)`".replacing("|", with: "\\|")
                text += "| `\(example.condition.replacing("|", with: "\\|"))` | \(given) | \(example.truth) |\n"
            }
            return text
        }.joined(separator: "\n")
    }
}
