internal import Documents

/// Bytes that should be text, and may be packed.
enum PackedText {
    case text([UInt8])
    case unreadable(Reason)

    /// Why there is no text; the raw value is the code in documents.
    enum Reason: String {
        case binary = "NotText"
        case compressed = "CannotUnpack"
        case tooLarge = "TooLarge"
    }

    init(_ bytes: [UInt8], limit: Int) {
        var content = bytes
        if Gzip.isGzip(bytes) {
            guard let unpacked = try? Gzip.unpacked(bytes, limit: limit) else {
                self = .unreadable(.compressed)
                return
            }
            content = unpacked
        }
        guard content.count <= limit else {
            self = .unreadable(.tooLarge)
            return
        }
        self = Self.isText(content) ? .text(content) : .unreadable(.binary)
    }

    /// UTF-8 without control characters.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        return bytes.allSatisfy { $0 >= 0x20 || ByteClass.space.contains($0) || $0 == 0x1B || $0 == 0x0C }
    }
}
