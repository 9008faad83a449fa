internal import CLibyaml

/// Reads one YAML document with libyaml, into nodes with places.
public enum YAMLReader {
    /// The document's root; nil where the file has faults, which are then in `diagnostics`.
    public static func read(_ diagnostics: inout FileDiagnostics, limits: YAMLLimits = YAMLLimits()) -> YAMLNode? {
        let bytes = diagnostics.file.bytes
        guard bytes.count <= limits.size else {
            diagnostics.error(
                "yaml/too-large", "the file has \(bytes.count) bytes, more than the \(limits.size) that are read",
                at: nil,
                help: "split it into several files")
            return nil
        }
        if let span = invalidUTF8(in: bytes) {
            diagnostics.error("yaml/not-utf8", "the file is not valid UTF-8", at: span, help: "save it as UTF-8")
            return nil
        }
        var builder = YAMLTreeBuilder(limits: limits)
        do {
            guard let root = try builder.document(bytes) else {
                diagnostics.error("yaml/empty", "the file holds no document", at: nil)
                return nil
            }
            return builder.check(root, &diagnostics) ? root : nil
        } catch {
            diagnostics.error(error.code, error.message, at: error.span, help: error.help)
            return nil
        }
    }

    /// Where the first invalid sequence stands.
    private static func invalidUTF8(in bytes: [UInt8]) -> Span? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var line = 1
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var decoder = UTF8()
            var scalars = part.makeIterator()
            var column = 1
            decoding: while true {
                switch decoder.decode(&scalars) {
                case .scalarValue: column += 1
                case .error: return Span(line: line, column: column)
                case .emptyInput: break decoding
                }
            }
            line += 1
        }
        return Span(line: line, column: 1)
    }
}

struct YAMLError: Error {
    var code: String
    var message: String
    var span: Span?
    var help: String?
}

/// Finds lines in libyaml's positions, which count scalars. Its own lines also end at U+2028 and the like, where those
/// of editors, of git and of ``SourceFile`` do not.
private struct YAMLLineTable {
    /// The position at which each line starts.
    private var starts = [0]
    /// The first character that YAML does not allow.
    private(set) var forbidden: Int?

    init(_ bytes: [UInt8]) {
        var position = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if forbidden == nil, !Self.isAllowed(scalar.value, at: position) { forbidden = position }
            position += 1
            if scalar == "\n" { starts.append(position) }
        }
    }

    func span(_ position: Int) -> Span {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= position { low = middle } else { high = middle }
        }
        return Span(line: low + 1, column: position - starts[low] + 1)
    }

    /// What stands between two positions; of several lines, only the beginning.
    func span(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Span {
        var span = span(Int(start.index))
        if self.span(Int(end.index)).line == span.line { span.length = max(1, Int(end.index) - Int(start.index)) }
        return span
    }

    private static func isAllowed(_ scalar: UInt32, at position: Int) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        case 0xFEFF: position == 0
        default: false
        }
    }
}

/// Owns libyaml's parser.
private struct YAMLParserHandle: ~Copyable {
    let pointer: UnsafeMutablePointer<yaml_parser_t>

    init() throws(YAMLError) {
        pointer = .allocate(capacity: 1)
        guard yaml_parser_initialize(pointer) == 1 else {
            pointer.deallocate()
            throw YAMLError(code: "yaml/memory", message: "out of memory")
        }
    }

    deinit {
        yaml_parser_delete(pointer)
        pointer.deallocate()
    }
}

/// Turns libyaml's events into nodes, within the limits.
private struct YAMLTreeBuilder {
    let limits: YAMLLimits
    private var anchors: [String: (node: YAMLNode, size: Int, height: Int)] = [:]
    private var nodes = 0
    private var lines = YAMLLineTable([])

    init(limits: YAMLLimits) { self.limits = limits }

    mutating func document(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
        let parser = try YAMLParserHandle()
        let pointer = parser.pointer
        // libyaml borrows the text until the parser is deleted.
        let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        defer { text.deallocate() }
        _ = text.initialize(from: bytes)
        lines = YAMLLineTable(bytes)
        yaml_parser_set_encoding(pointer, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(pointer, text.baseAddress, bytes.count)
        var root: YAMLNode?
        while true {
            let event = try next(pointer)
            switch event.kind {
            case YAML_STREAM_END_EVENT: return root
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
            case YAML_DOCUMENT_START_EVENT:
                guard root == nil else {
                    throw YAMLError(
                        code: "yaml/several-documents", message: "a second document starts here", span: event.span,
                        help: "keep one document a file")
                }
            default: root = try node(event, pointer, depth: 0)
            }
        }
    }

    private mutating func node(
        _ event: YAMLEvent, _ parser: UnsafeMutablePointer<yaml_parser_t>, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        guard depth < limits.depth else {
            throw YAMLError(
                code: "yaml/too-deep", message: "nested more than \(limits.depth) levels deep", span: event.span)
        }
        let before = nodes
        try count(1, at: event.span)
        let node: YAMLNode
        switch event.kind {
        case YAML_SCALAR_EVENT:
            node = YAMLNode(content: .scalar(event.text, isPlain: event.isPlain), span: event.span, tag: event.tag)
        case YAML_SEQUENCE_START_EVENT:
            var elements: [YAMLNode] = []
            while case let next = try self.next(parser), next.kind != YAML_SEQUENCE_END_EVENT {
                elements.append(try self.node(next, parser, depth: depth + 1))
            }
            node = YAMLNode(content: .sequence(elements), span: event.span, tag: event.tag)
        case YAML_MAPPING_START_EVENT:
            var pairs: [YAMLNode.Pair] = []
            while case let next = try self.next(parser), next.kind != YAML_MAPPING_END_EVENT {
                let key = try self.node(next, parser, depth: depth + 1)
                let value = try self.node(try self.next(parser), parser, depth: depth + 1)
                pairs.append(YAMLNode.Pair(key: key, value: value))
            }
            node = YAMLNode(content: .mapping(pairs), span: event.span, tag: event.tag)
        case YAML_ALIAS_EVENT:
            guard let anchored = anchors[event.anchor] else {
                throw YAMLError(
                    code: "yaml/alias", message: "no anchor `\(event.anchor)` before this alias", span: event.span)
            }
            try count(anchored.size, at: event.span)
            guard depth + anchored.height <= limits.depth else {
                throw YAMLError(
                    code: "yaml/too-deep", message: "nested more than \(limits.depth) levels deep", span: event.span)
            }
            return anchored.node
        default:
            throw YAMLError(code: "yaml/syntax", message: "unexpected end of the document", span: event.span)
        }
        if !event.anchor.isEmpty { anchors[event.anchor] = (node, nodes - before, Self.height(node)) }
        return node
    }

    /// The levels of a node, itself included.
    private static func height(_ node: YAMLNode) -> Int {
        switch node.content {
        case .scalar: 1
        case .sequence(let nodes): 1 + (nodes.lazy.map(height).max() ?? 0)
        case .mapping(let pairs): 1 + (pairs.lazy.map { max(height($0.key), height($0.value)) }.max() ?? 0)
        }
    }

    private mutating func count(_ more: Int, at span: Span) throws(YAMLError) {
        nodes += more
        guard nodes <= limits.nodes else {
            throw YAMLError(
                code: "yaml/too-many-nodes", message: "more than \(limits.nodes) nodes once aliases are written out",
                span: span, help: "repeated aliases multiply; write less, or split the file")
        }
    }

    /// Duplicate keys, keys that are no text, and tags that nobody knows. Returns whether there were none.
    func check(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Bool {
        var good = true
        if let tag = node.tag, !limits.tags.contains(tag) {
            diagnostics.error("yaml/tag", "the tag `\(tag)` is not known here", at: node.span)
            good = false
        }
        switch node.content {
        case .scalar: break
        case .sequence(let nodes):
            for element in nodes where !check(element, &diagnostics) { good = false }
        case .mapping(let pairs):
            var seen: [String: Span] = [:]
            for pair in pairs {
                if let tag = pair.key.tag {
                    diagnostics.error("yaml/tag", "a key takes no tag; here stands `\(tag)`", at: pair.key.span)
                    good = false
                }
                guard let key = pair.key.text else {
                    diagnostics.error("yaml/key", "a key must be text, not \(pair.key.kind)", at: pair.key.span)
                    good = false
                    continue
                }
                if let first = seen[key] {
                    diagnostics.error(
                        "yaml/duplicate-key", "the key `\(key)` stands twice", at: pair.key.span,
                        help: "it stands first on line \(first.line); keep one of them")
                    good = false
                }
                seen[key] = pair.key.span
                if !check(pair.value, &diagnostics) { good = false }
            }
        }
        return good
    }

    private func next(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
            // A fault of the reader carries no mark.
            let isReaderFault = parser.pointee.error == YAML_READER_ERROR
            let position = isReaderFault ? lines.forbidden ?? 0 : Int(parser.pointee.problem_mark.index)
            throw YAMLError(code: "yaml/syntax", message: problem, span: lines.span(position))
        }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(event, lines)
    }
}

/// What is needed of a libyaml event, copied out so that the event can be freed at once.
private struct YAMLEvent {
    let kind: yaml_event_type_t
    let span: Span
    var text = ""
    var isPlain = false
    var anchor = ""
    var tag: String?

    init(_ event: yaml_event_t, _ lines: YAMLLineTable) {
        kind = event.type
        span = lines.span(event.start_mark, event.end_mark)
        switch kind {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            text = Self.string(scalar.value, scalar.length)
            isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil
            anchor = Self.string(scalar.anchor)
            tag = Self.tag(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            anchor = Self.string(event.data.sequence_start.anchor)
            tag = Self.tag(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            anchor = Self.string(event.data.mapping_start.anchor)
            tag = Self.tag(event.data.mapping_start.tag)
        case YAML_ALIAS_EVENT:
            anchor = Self.string(event.data.alias.anchor)
        default: break
        }
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?, _ length: Int? = nil) -> String {
        guard let pointer else { return "" }
        if let length { return String(decoding: UnsafeBufferPointer(start: pointer, count: length), as: UTF8.self) }
        return String(cString: pointer)
    }

    private static func tag(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
