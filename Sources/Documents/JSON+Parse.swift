internal import CSimdjson

/// Why a text is not JSON.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    public var description: String { message }

    public init(_ message: String) { self.message = message }
}

extension JSON {
    /// How deeply lists and maps may be nested.
    public static let maximumDepth = 256

    /// Parses one JSON text (UTF-8). A key that stands twice keeps its last value.
    public static func parse(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSON {
        let parser = try JSONParser()
        return try parser.parse(bytes)
    }

    public static func parse(_ text: String) throws(JSONError) -> JSON {
        try parse(text.utf8)
    }
}

/// A parser that can be used again and again, so that its buffers are.
public struct JSONParser: ~Copyable {
    private let handle: OpaquePointer

    public init() throws(JSONError) {
        guard let handle = parapet_json_parser_new() else { throw JSONError("out of memory") }
        self.handle = handle
    }

    deinit { parapet_json_parser_free(handle) }

    public borrowing func parse(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSON {
        let handle = self.handle
        let code: Int32 =
            bytes.withContiguousStorageIfAvailable { buffer in Self.parse(buffer, with: handle) }
            ?? Array(bytes).withUnsafeBufferPointer { buffer in Self.parse(buffer, with: handle) }
        guard code == 0 else {
            throw JSONError(parapet_json_error_message(code).map { String(cString: $0) } ?? "not JSON")
        }
        guard let words = parapet_json_tape(handle), let strings = parapet_json_strings(handle) else {
            throw JSONError("out of memory")
        }
        var reader = JSONTapeReader(words: words, strings: strings)
        return reader.next()
    }

    private static func parse(_ buffer: UnsafeBufferPointer<UInt8>, with handle: OpaquePointer) -> Int32 {
        buffer.withMemoryRebound(to: CChar.self) { characters in
            guard let base = characters.baseAddress else { return parapet_json_parse(handle, "", 0, JSON.maximumDepth) }
            return parapet_json_parse(handle, base, characters.count, JSON.maximumDepth)
        }
    }
}

/// Walks simdjson's tape: 64-bit words with a type in the top byte and a payload below.
private struct JSONTapeReader {
    let words: UnsafePointer<UInt64>
    let strings: UnsafePointer<UInt8>
    /// Word 0 is the root mark.
    var position = 1

    init(words: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
        self.words = words
        self.strings = strings
    }

    mutating func next() -> JSON {
        let word = words[position]
        let payload = word & 0x00FF_FFFF_FFFF_FFFF
        position += 1
        switch UInt8(truncatingIfNeeded: word >> 56) {
        case UInt8(ascii: "{"):
            let end = Int(payload & 0xFFFF_FFFF) - 1
            var members: [(String, JSON)] = []
            while position < end {
                let key = text(at: words[position] & 0x00FF_FFFF_FFFF_FFFF)
                position += 1
                members.append((key, next()))
            }
            position = end + 1
            return .object(JSONObject(members))
        case UInt8(ascii: "["):
            let end = Int(payload & 0xFFFF_FFFF) - 1
            var elements: [JSON] = []
            while position < end { elements.append(next()) }
            position = end + 1
            return .array(elements)
        case UInt8(ascii: "\""):
            return .string(text(at: payload))
        case UInt8(ascii: "l"):
            position += 1
            return .integer(Int64(bitPattern: words[position - 1]))
        case UInt8(ascii: "u"):
            position += 1
            let value = words[position - 1]
            return Int64(exactly: value).map(JSON.integer) ?? .number(Double(value))
        case UInt8(ascii: "d"):
            position += 1
            return .number(Double(bitPattern: words[position - 1]))
        case UInt8(ascii: "t"): return .bool(true)
        case UInt8(ascii: "f"): return .bool(false)
        default: return .null
        }
    }

    /// A string stands in the buffer as its length (32 bits) and its bytes.
    private func text(at offset: UInt64) -> String {
        let start = strings + Int(offset)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return String(decoding: UnsafeBufferPointer(start: start + 4, count: Int(length)), as: UTF8.self)
    }
}
