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
        let result =
            bytes.withContiguousStorageIfAvailable { buffer in Self.root(of: buffer, with: handle).map(\.json) }
            ?? Array(bytes).withUnsafeBufferPointer { buffer in Self.root(of: buffer, with: handle).map(\.json) }
        return try result.get()
    }

    /// Parses, and gives the tape's root to `body`: it is valid inside alone. `isPadded` says that `padding` bytes
    /// behind the text may be read, so that nothing has to be copied.
    public borrowing func withTape<Outcome>(
        of bytes: UnsafeBufferPointer<UInt8>, isPadded: Bool = false, _ body: (TapeValue) -> Outcome
    ) throws(JSONError) -> Outcome {
        body(try Self.root(of: bytes, isPadded: isPadded, with: handle).get())
    }

    /// What has to be readable behind a text that is parsed in place.
    public static let padding = 32

    private static func root(
        of bytes: UnsafeBufferPointer<UInt8>, isPadded: Bool = false, with handle: OpaquePointer
    ) -> Result<TapeValue, JSONError> {
        let code = parse(bytes, isPadded, with: handle)
        guard code == 0 else {
            return .failure(JSONError(parapet_json_error_message(code).map { String(cString: $0) } ?? "not JSON"))
        }
        guard let words = parapet_json_tape(handle), let strings = parapet_json_strings(handle) else {
            return .failure(JSONError("out of memory"))
        }
        // Word 0 is the root mark.
        return .success(TapeValue(words: words, strings: strings, position: 1))
    }

    private static func parse(
        _ buffer: UnsafeBufferPointer<UInt8>, _ isPadded: Bool, with handle: OpaquePointer
    ) -> Int32 {
        buffer.withMemoryRebound(to: CChar.self) { characters in
            guard let base = characters.baseAddress else {
                return parapet_json_parse(handle, "", 0, JSON.maximumDepth, false)
            }
            return parapet_json_parse(handle, base, characters.count, JSON.maximumDepth, isPadded)
        }
    }
}
