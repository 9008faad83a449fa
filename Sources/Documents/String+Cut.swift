extension StringProtocol {
    /// A prefix that has at most as many UTF-16 code units, which is how most services count. What is cut ends in `…`.
    public func cut(to most: Int) -> String {
        guard utf8.count > most, utf16.count > most else { return String(self) }
        var output = String.UnicodeScalarView()
        var length = 1
        for scalar in unicodeScalars {
            length += UTF16.width(scalar)
            guard length <= most else { break }
            output.append(scalar)
        }
        return String(output) + "…"
    }
}
