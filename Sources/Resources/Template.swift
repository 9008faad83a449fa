/// Text with places in braces: `arn:{partition}:s3:::{Name}`. `{{` and `}}` are braces.
public struct Template: Sendable, Equatable {
    public enum Part: Sendable, Equatable {
        case text(String)
        case place(String)
    }

    public let parts: [Part]
    public let source: String

    /// Nil where a brace is not closed, or stands alone.
    public init?(_ source: String) {
        var parts: [Part] = []
        var text = ""
        var rest = source[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                text.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else { return nil }
                let place = rest[..<end]
                guard !place.isEmpty, !place.contains("{") else { return nil }
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.place(String(place)))
                rest = rest[rest.index(after: end)...]
            case "}": return nil
            default: text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
        self.source = source
    }

    public var places: [String] {
        parts.compactMap { if case .place(let name) = $0 { name } else { nil } }
    }

    /// The text with every place filled in; nil where one has no value.
    public func filled(_ value: (String) -> String?) -> String? {
        var output = ""
        for part in parts {
            switch part {
            case .text(let text): output += text
            case .place(let name):
                guard let text = value(name) else { return nil }
                output += text
            }
        }
        return output
    }
}
