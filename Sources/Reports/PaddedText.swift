extension String {
    /// With blanks behind it, up to a width in characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// With blanks before it, up to a width in characters.
    func padded(before width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
