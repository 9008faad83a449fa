internal import Glibc

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

// Nearly all texts are native strings, whose bytes stand in memory in one piece.
extension String {
    public func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in left.hasSameBytes(as: right) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    public func precedesByBytes(_ other: String) -> Bool {
        let isBefore = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                let count = min(left.count, right.count)
                guard count > 0, let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(first, second, count)
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return (isBefore ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
