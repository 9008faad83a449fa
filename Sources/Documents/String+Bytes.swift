extension StringProtocol {
    /// Whether both texts have the same UTF-8 bytes. `==` would also hold for canonically equivalent texts.
    public func hasSameBytes(as other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// The order of the UTF-8 bytes: the one in which canonical JSON and git sort names.
    public func precedesByBytes(_ other: some StringProtocol) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
