extension StringProtocol {
    /// The text with everything replaced that could move a terminal's cursor, change its colours or turn the reading
    /// direction: control characters, escape sequences' starts and bidirectional marks become U+FFFD; tabs become spaces.
    public var inert: String {
        var output = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09: output.append(" ")
            case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF:
                output.append("\u{FFFD}")
            default: output.append(scalar)
            }
        }
        return String(output)
    }
}
