internal import Documents

/// Policy documents that AWS returns as text: JSON, or JSON in URL encoding.
enum PolicyText {
    /// Larger documents are not looked at: AWS takes no policy of more than a few dozen kilobytes.
    static let maximumBytes = 1 << 20

    /// The document itself, whichever way it is wrapped.
    static func structure(of value: JSON) -> Result<JSON, PolicyFault> {
        var left = maximumBytes
        weigh(value, &left)
        guard left >= 0 else { return .failure(PolicyFault("the policy document is too large")) }
        guard case .string(let text) = value else { return .success(value) }
        let isEncoded = text.utf8.first { !isSpace($0) } == UInt8(ascii: "%")
        guard let bytes = isEncoded ? decoded(text) : Array(text.utf8), let parsed = try? JSON.parse(bytes) else {
            return .failure(PolicyFault("the policy document is text that is not JSON"))
        }
        return .success(parsed)
    }

    /// Takes the size of a value from what is left; stops below zero.
    private static func weigh(_ value: JSON, _ left: inout Int) {
        left -= 1
        guard left >= 0 else { return }
        switch value {
        case .string(let text): left -= text.utf8.count
        case .array(let elements):
            for element in elements where left >= 0 { weigh(element, &left) }
        case .object(let object):
            for (key, member) in object where left >= 0 {
                left -= key.utf8.count
                weigh(member, &left)
            }
        case .null, .bool, .integer, .number: break
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Nil where a `%` does not start an escape. `+` stands for itself, as in RFC 3986, which IAM follows.
    private static func decoded(_ text: String) -> [UInt8]? {
        var output: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                output.append(byte)
                continue
            }
            guard let high = bytes.next().flatMap(digit), let low = bytes.next().flatMap(digit) else { return nil }
            output.append(high << 4 | low)
        }
        return output
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
