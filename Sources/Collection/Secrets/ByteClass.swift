/// A set of ASCII bytes.
struct ByteClass: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ text: String) {
        for byte in text.utf8 { insert(byte) }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
    }

    static let upper = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    static let lower = ByteClass("abcdefghijklmnopqrstuvwxyz")
    static let digit = ByteClass("0123456789")
    static let hex = ByteClass("0123456789abcdefABCDEF")
    static let upperDigit = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    static let alphanumeric = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    /// Of base 64 and its variant for URLs, without padding.
    static let base64 = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
    static let standardBase64 = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    static let urlBase64 = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    static let paddedBase64 = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
    /// As it stands in URLs, with `%3D` and the like.
    static let encodedBase64 = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=%")
    /// Parts in base 64 for URLs that dots join.
    static let dotted = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    /// What names of variables and members consist of.
    static let name = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.")
    static let space = ByteClass(" \t\r\n")
    static let quote = ByteClass("\"'`")
    /// What ends a word of a text.
    static let wordEnd = ByteClass(" \t\r\n\"'`<>,;()[]{}|&")
}

extension RandomAccessCollection<UInt8> {
    /// The bytes without white space at the ends.
    var trimmed: SubSequence {
        let isSpace = { ByteClass.space.contains($0) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }

    func allAre(_ set: ByteClass) -> Bool { allSatisfy(set.contains) }

    /// ASCII letters made small.
    var lowercasedText: String { String(decoding: map { ByteClass.upper.contains($0) ? $0 + 32 : $0 }, as: UTF8.self) }
}
