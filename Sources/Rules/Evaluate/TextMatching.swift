internal import Documents

extension UnsafeBufferPointer<UInt8> {
    func hasPrefix(_ prefix: UnsafeBufferPointer<UInt8>) -> Bool {
        count >= prefix.count && UnsafeBufferPointer(rebasing: self[..<prefix.count]).hasSameBytes(as: prefix)
    }

    func hasSuffix(_ suffix: UnsafeBufferPointer<UInt8>) -> Bool {
        count >= suffix.count
            && UnsafeBufferPointer(rebasing: self[(count - suffix.count)...]).hasSameBytes(as: suffix)
    }

    /// Whether some stretch of the bytes is equal to another.
    func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        guard count >= part.count else { return false }
        for start in 0...(count - part.count) where self[start] == first {
            if UnsafeBufferPointer(rebasing: self[start..<start + part.count]).hasSameBytes(as: part) { return true }
        }
        return false
    }

    /// Whether the text, as a whole, matches a pattern in which `*` stands for any characters and `?` for one.
    func matches(glob pattern: UnsafeBufferPointer<UInt8>) -> Bool {
        var p = 0
        var t = 0
        var star: (p: Int, t: Int)?
        while t < count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") {
                p += 1
                t = end(ofScalarAt: t)
            } else if p < pattern.count, pattern[p] == self[t] {
                p += 1
                t += 1
            } else if let last = star {
                let next = end(ofScalarAt: last.t)
                star = (last.p, next)
                p = last.p + 1
                t = next
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The bytes behind the first one of a scalar are continuation bytes.
    private func end(ofScalarAt start: Int) -> Int {
        var end = start + 1
        while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
