internal import Glibc

extension ArraySlice<UInt8> {
    /// Where some bytes stand first. The standard library's search of any collection takes many times as long.
    func firstRange(of wanted: [UInt8]) -> Range<Int>? {
        guard let first = wanted.first else { return nil }
        let place: Int? = withUnsafeBytes { text in
            guard let start = text.baseAddress else { return nil }
            var place = 0
            while place + wanted.count <= text.count,
                let found = memchr(start + place, Int32(first), text.count - wanted.count - place + 1)
            {
                place = UnsafeRawPointer(found) - start
                if memcmp(found, wanted, wanted.count) == 0 { return place }
                place += 1
            }
            return nil
        }
        return place.map { startIndex + $0..<startIndex + $0 + wanted.count }
    }
}
