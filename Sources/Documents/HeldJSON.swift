/// A parsed text that is kept: its values are read where they are needed, and no documents are made of it. It does not
/// change, so it can be read from several threads.
public final class HeldJSON: @unchecked Sendable {
    private let parser: JSONParser
    private let words: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>

    /// The text itself is not kept.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        let parser = try JSONParser()
        // The room behind the text may be read: then the parser does not have to copy it.
        let isPadded = bytes.capacity - bytes.count >= JSONParser.padding
        let parsed = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) in
                try parser.withTape(of: buffer, isPadded: isPadded) { root in (root.words, root.strings) }
            }
        }
        (words, strings) = try parsed.get()
        self.parser = parser
    }

    /// Gives a value to `body`: it is valid inside alone.
    ///
    /// - Parameter position: one that the root led to; default: the root's.
    public func read<Outcome>(at position: Int = 1, _ body: (TapeValue) -> Outcome) -> Outcome {
        withExtendedLifetime(self) { body(TapeValue(words: words, strings: strings, position: position)) }
    }
}
