internal import Documents

/// Names of files on the results branches. Every id becomes a name that git, any file system and any shell take.
public enum ResultPath {
    static let longest = 180

    /// Everything but `[A-Za-z0-9_=@.-]`, and a leading dot, is percent-encoded; a name over 180 bytes is cut and ends in
    /// `~` and its digest, which no other name can.
    public static func component(_ text: String) -> String {
        var output: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for (index, byte) in text.utf8.enumerated() {
            let isPlain =
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "@"),
                    UInt8(ascii: "-"):
                    true
                case UInt8(ascii: "."): index > 0
                default: false
                }
            if isPlain {
                output.append(byte)
            } else {
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        if output.count > longest {
            let digest = SHA256.hexDigest(Array(text.utf8))
            output = Array(output.prefix(longest - 65)) + [UInt8(ascii: "~")] + Array(digest.utf8)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Distinct names for distinct ids, also where a file system folds case: twins get the start of their digest.
    public static func components(_ ids: [String]) -> [String] {
        let plain = ids.map(component)
        let twins = Dictionary(grouping: plain) { $0.lowercased() }.filter { $0.value.count > 1 }
        return zip(ids, plain).map { id, name in
            twins[name.lowercased()] == nil ? name : name + "~" + SHA256.hexDigest(Array(id.utf8)).prefix(12)
        }
    }
}
