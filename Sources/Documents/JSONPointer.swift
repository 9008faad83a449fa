/// Paths into JSON documents as RFC 6901 writes them.
public enum JSONPointer {
    /// `["AccessKeys", "0"]` as `AccessKeys/0`: without the leading slash, `~` and `/` escaped.
    public static func text(_ segments: some Collection<String>) -> String {
        segments.map { segment in
            guard segment.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "~") }) else {
                return segment
            }
            // By scalars: a slash with a combining mark behind it is one `Character`, and still a slash.
            return segment.unicodeScalars.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
        }.joined(separator: "/")
    }
}
