internal import Glibc

extension ArraySlice<UInt8> {
    /// Where some bytes stand first. The standard library's search of any collection takes many times as long.
    func firstRange(of wanted: [UInt8]) -> Range<Int>? {
        let place: Int? = withUnsafeBytes { text in
            wanted.withUnsafeBytes { wanted in
                guard let start = text.baseAddress, let first = wanted.baseAddress,
                    let found = memmem(start, text.count, first, wanted.count)
                else { return nil }
                return UnsafeRawPointer(found) - start
            }
        }
        return place.map { startIndex + $0..<startIndex + $0 + wanted.count }
    }
}
