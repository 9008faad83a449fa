extension TapeValue {
    /// The first member with a name; nil where there is none, and for what is no object.
    public func member(_ name: StaticString) -> TapeValue? { name.withUTF8Buffer { member($0) } }

    /// The text of the member with a name; nil where there is none, and where it is no string.
    public func string(_ name: StaticString) -> String? {
        guard let member = member(name), member.kind == .string else { return nil }
        return String(decoding: member.text, as: UTF8.self)
    }

    /// The elements of an array; nothing for anything else.
    public func forEach(_ body: (TapeValue) -> Void) {
        guard kind == .array else { return }
        var children = children
        while let element = children.next() { body(element) }
    }
}

extension JSON {
    /// Reads a text without making documents of it; nil where it is not JSON.
    ///
    /// - Parameter body: gets the root, which is valid inside alone.
    public static func read<Outcome>(_ bytes: [UInt8], _ body: (TapeValue) -> Outcome?) -> Outcome? {
        guard let parser = try? JSONParser() else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in (try? parser.withTape(of: buffer, body)) ?? nil }
    }
}
