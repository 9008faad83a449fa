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

    /// The segments of `AccessKeys/0`; none for the whole document.
    public static func segments(_ pointer: String) -> [String] {
        guard !pointer.isEmpty else { return [] }
        return pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            var text = String.UnicodeScalarView()
            var isEscaped = false
            for scalar in segment {
                if isEscaped {
                    text.append(scalar == "0" ? "~" : scalar == "1" ? "/" : scalar)
                    isEscaped = false
                } else if scalar == "~" {
                    isEscaped = true
                } else {
                    text.append(scalar)
                }
            }
            return String(text)
        }
    }
}
