extension StringProtocol {
    /// Whether it is a link that can be offered to people: `https`, in characters that need no escape anywhere.
    package var isPlainLink: Bool {
        hasPrefix("https://") && utf8.count > 8 && utf8.count <= 2_000
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~/?#=&+,:%".utf8.contains(byte)
                }
            }
    }
}
