internal import Documents

/// A document of which lists are made as they are written.
indirect enum ReportJSON {
    case value(JSON)
    /// Members in any order.
    case object([String: ReportJSON])
    case array([ReportJSON])
    /// Elements by their number, of which so many are made at once.
    case list(count: Int, atOnce: Int = ReportOutput.pieceSize, @Sendable (Int) -> JSON)
}

extension ReportJSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    init(dictionaryLiteral elements: (String, ReportJSON)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }

    init(arrayLiteral elements: ReportJSON...) { self = .array(elements) }

    init(stringLiteral value: String) { self = .value(.string(value)) }
}

extension ReportOutput {
    /// Appends a document, indented.
    ///
    /// - Parameter rows: how the elements of long lists are written: indented as well, or each on a line of its own.
    func append(_ document: ReportJSON, _ strings: JSONStrings, rows: JSONLayout = .compact) {
        append(document, strings, rows, level: 0)
        append("\n")
    }

    private func append(_ value: ReportJSON, _ strings: JSONStrings, _ rows: JSONLayout, level: Int) {
        var writer = JSONWriter(.indented, strings)
        /// Appends what the writer has, for what follows to stand behind it.
        func hand() {
            append(writer.bytes)
            writer.bytes.removeAll(keepingCapacity: true)
        }
        switch value {
        case .value(let json): writer.write(json, level: level, .indented)
        case .object(let members):
            writer.open("{")
            for (index, key) in members.keys.sorted(by: { $0.precedesByBytes($1) }).enumerated() {
                writer.next(isFirst: index == 0, level: level)
                writer.write(key: key)
                hand()
                if let member = members[key] { append(member, strings, rows, level: level + 1) }
            }
            writer.close("}", isEmpty: members.isEmpty, level: level)
        case .array(let elements):
            writer.open("[")
            for (index, element) in elements.enumerated() {
                writer.next(isFirst: index == 0, level: level)
                hand()
                append(element, strings, rows, level: level + 1)
            }
            writer.close("]", isEmpty: elements.isEmpty, level: level)
        case .list(let count, let atOnce, let element):
            writer.open("[")
            hand()
            append(parts: 0..<count, of: atOnce) { part in
                var writer = JSONWriter(.indented, strings)
                for index in part {
                    writer.next(isFirst: index == 0, level: level)
                    writer.write(element(index), level: level + 1, rows)
                }
                return writer.bytes
            }
            writer.close("]", isEmpty: count == 0, level: level)
        }
        hand()
    }
}
