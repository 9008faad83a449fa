/// Reads the keys of one YAML map: typed, with a diagnostic for every key that is missing, unknown or of a wrong type.
///
///     var map = YAMLMapReader(node, of: "a tenant", area: "tenant", &diagnostics)
///     let name = map.string("tenant", required: true, &diagnostics)
///     map.finish(&diagnostics)
public struct YAMLMapReader {
    public let span: Span
    private let area: String
    private let what: String
    private let isMap: Bool
    private var pairs: [String: YAMLNode.Pair] = [:]
    private var known: [String] = []

    /// `what` names the thing in messages ("a tenant"), `area` starts the codes of diagnostics ("tenant").
    public init(_ node: YAMLNode, of what: String, area: String, _ diagnostics: inout FileDiagnostics) {
        self.span = node.span
        self.area = area
        self.what = what
        if let mapping = node.mapping {
            isMap = true
            for pair in mapping { if let key = pair.key.text { pairs[key] = pair } }
        } else {
            isMap = false
            diagnostics.error("\(area)/type", "\(what) must be a map, not \(node.kind)", at: node.span)
        }
    }

    /// The node at a key; null counts as not there.
    public mutating func node(_ key: String, required: Bool = false, _ diagnostics: inout FileDiagnostics) -> YAMLNode?
    {
        known.append(key)
        if let pair = pairs[key], !pair.value.isNull { return pair.value }
        if required, isMap {
            diagnostics.error("\(area)/missing-key", "\(what) needs the key `\(key)`", at: pairs[key]?.key.span ?? span)
        }
        return nil
    }

    public func span(of key: String) -> Span? { pairs[key]?.key.span }

    /// Text. A plain number or date is text too: the schema decides, not YAML.
    public mutating func string(_ key: String, required: Bool = false, _ diagnostics: inout FileDiagnostics) -> String?
    {
        guard let node = node(key, required: required, &diagnostics) else { return nil }
        guard let text = node.text else {
            diagnostics.error("\(area)/type", "`\(key)` must be text, not \(node.kind)", at: node.span)
            return nil
        }
        return text
    }

    public mutating func integer(_ key: String, in range: ClosedRange<Int64>, _ diagnostics: inout FileDiagnostics)
        -> Int64?
    {
        guard let node = node(key, &diagnostics) else { return nil }
        guard let value = node.json.integer else {
            diagnostics.error("\(area)/type", "`\(key)` must be a whole number, not \(node.kind)", at: node.span)
            return nil
        }
        guard range.contains(value) else {
            diagnostics.error(
                "\(area)/range", "`\(key)` must be from \(range.lowerBound) to \(range.upperBound)", at: node.span)
            return nil
        }
        return value
    }

    public mutating func bool(_ key: String, _ diagnostics: inout FileDiagnostics) -> Bool? {
        guard let node = node(key, &diagnostics) else { return nil }
        guard let flag = node.json.bool else {
            diagnostics.error("\(area)/type", "`\(key)` must be true or false, not \(node.kind)", at: node.span)
            return nil
        }
        return flag
    }

    /// One of a set of words.
    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type, required: Bool = false, _ diagnostics: inout FileDiagnostics
    ) -> Choice? {
        guard let node = node(key, required: required, &diagnostics) else { return nil }
        if let text = node.text, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let given = node.text.map { "`\($0)`" } ?? node.kind
        diagnostics.error(
            "\(area)/value", "`\(key)` cannot be \(given)", at: node.span,
            help: node.text.flatMap { suggestion(for: $0, among: words) } ?? "one of: \(words.joined(separator: ", "))")
        return nil
    }

    /// A list of texts, with their nodes for later diagnostics.
    public mutating func strings(
        _ key: String, required: Bool = false, _ diagnostics: inout FileDiagnostics
    ) -> [(text: String, span: Span)]? {
        guard let node = node(key, required: required, &diagnostics) else { return nil }
        guard let nodes = node.sequence else {
            diagnostics.error("\(area)/type", "`\(key)` must be a list, not \(node.kind)", at: node.span)
            return nil
        }
        return nodes.compactMap { element in
            guard let text = element.text, !element.isNull else {
                diagnostics.error("\(area)/type", "`\(key)` must hold text, not \(element.kind)", at: element.span)
                return nil
            }
            return (text, element.span)
        }
    }

    /// A map of texts, sorted as written.
    public mutating func stringMap(_ key: String, _ diagnostics: inout FileDiagnostics) -> [(
        key: String, value: String, span: Span
    )]? {
        guard let node = node(key, &diagnostics) else { return nil }
        guard let mapping = node.mapping else {
            diagnostics.error("\(area)/type", "`\(key)` must be a map, not \(node.kind)", at: node.span)
            return nil
        }
        return mapping.compactMap { pair in
            guard let name = pair.key.text, let text = pair.value.text else {
                diagnostics.error(
                    "\(area)/type", "`\(key)` must hold text, not \(pair.value.kind)", at: pair.value.span)
                return nil
            }
            return (name, text, pair.value.span)
        }
    }

    /// Every key that nobody asked for is an error.
    public func finish(_ diagnostics: inout FileDiagnostics) {
        for (key, pair) in pairs.sorted(by: { ($0.value.key.span.line, $0.key) < ($1.value.key.span.line, $1.key) })
        where !known.contains(key) {
            diagnostics.error(
                "\(area)/unknown-key", "\(what) has no key `\(key)`", at: pair.key.span,
                help: suggestion(for: key, among: known))
        }
    }
}
