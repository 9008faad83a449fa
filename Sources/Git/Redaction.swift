/// Takes out of a text what must not be shown.
enum Redaction {
    /// Drops the user and password of every URL, and replaces control characters: a remote's messages end up on
    /// terminals and in logs whose lines mean something.
    static func clean(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            output.append(byte < 0x20 || byte == 0x7F ? UInt8(ascii: " ") : byte)
            position += 1
            if output.suffix(3).elementsEqual("://".utf8) { position = endOfUser(in: bytes, from: position) }
        }
        return trimmed(output)
    }

    /// Replaces a secret wherever it stands.
    static func remove(_ secret: String?, from text: String) -> String {
        guard let secret, !secret.isEmpty else { return text }
        return text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }

    /// Where the host begins: behind the last `@` before the path.
    private static func endOfUser(in bytes: [UInt8], from start: Int) -> Int {
        var end = start
        var host = start
        while end < bytes.count, !isDelimiter(bytes[end]) {
            if bytes[end] == UInt8(ascii: "@") { host = end + 1 }
            end += 1
        }
        return host
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte <= 0x20 || "/?#'\"`".utf8.contains(byte)
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let space = UInt8(ascii: " ")
        let end = (bytes.lastIndex { $0 != space } ?? -1) + 1
        return String(decoding: bytes[..<end].drop { $0 == space }, as: UTF8.self)
    }
}
