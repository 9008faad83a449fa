/// A node of a YAML document, with its place.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// `isPlain`: written without quotes, so that a schema may read it as a number, a boolean or null.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Pair])
    }

    public struct Pair: Sendable {
        public var key: YAMLNode
        public var value: YAMLNode
    }

    public var content: Content
    public var span: Span
    /// A tag that was written, such as `!uncollected`.
    public var tag: String?

    public init(content: Content, span: Span, tag: String? = nil) {
        self.content = content
        self.span = span
        self.tag = tag
    }
}

extension YAMLNode {
    /// The scalar's text; nil for lists and maps.
    public var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    public var sequence: [YAMLNode]? {
        if case .sequence(let nodes) = content { nodes } else { nil }
    }

    public var mapping: [Pair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    public var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
    }

    /// The value of a key of a map.
    public subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.text == key }?.value
    }

    public var kind: String {
        switch content {
        case .scalar: json.kind
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The value that YAML's core schema reads: plain `true`, `12`, `0.5` and `null` are not text; everything quoted is.
    public var json: JSON {
        switch content {
        case .scalar(let text, let isPlain):
            if !isPlain { return .string(text) }
            if isNull { return .null }
            if let flag = Self.boolean(text) { return .bool(flag) }
            if let number = Self.number(text) { return number }
            return .string(text)
        case .sequence(let nodes): return .array(nodes.map(\.json))
        case .mapping(let pairs): return .object(JSONObject(pairs.map { ($0.key.text ?? "", $0.value.json) }))
        }
    }

    static func boolean(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// Decimal integers and floats. A leading zero makes text: `012345678901` is an account, not a number.
    static func number(_ text: String) -> JSON? {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard let first = digits.first, first.isASCII, first.isNumber || first == ".",
            text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) })
        else { return nil }
        if digits.count > 1, first == "0", !digits.contains(".") { return nil }
        if let integer = Int64(text) { return .integer(integer) }
        if let number = Double(text), number.isFinite,
            digits.contains(".") || digits.contains("e") || digits.contains("E")
        {
            return .number(number)
        }
        return nil
    }
}
