/// Addresses of one family as intervals: sorted, disjoint, and never touching.
struct AddressIntervals: Sendable, Hashable {
    typealias Interval = ClosedRange<UInt128>

    private(set) var intervals: [Interval]

    init() { intervals = [] }

    /// Takes intervals in any order, overlapping or not.
    init(merging unsorted: [Interval]) {
        intervals = unsorted
        guard intervals.count > 1 else { return }
        intervals.sort { $0.lowerBound < $1.lowerBound }
        var end = 0
        for next in intervals.dropFirst() {
            let current = intervals[end]
            if current.upperBound == .max || next.lowerBound <= current.upperBound + 1 {
                intervals[end] = current.lowerBound...max(current.upperBound, next.upperBound)
            } else {
                end += 1
                intervals[end] = next
            }
        }
        intervals.removeLast(intervals.count - end - 1)
    }

    var isEmpty: Bool { intervals.isEmpty }

    func union(_ other: AddressIntervals) -> AddressIntervals {
        if other.isEmpty { return self }
        return isEmpty ? other : AddressIntervals(merging: intervals + other.intervals)
    }

    func subtracting(_ other: AddressIntervals) -> AddressIntervals {
        if isEmpty || other.isEmpty { return self }
        var result = AddressIntervals()
        var index = 0
        for interval in intervals {
            while index < other.intervals.count, other.intervals[index].upperBound < interval.lowerBound { index += 1 }
            var start = interval.lowerBound
            var isUsedUp = false
            // An interval that is taken away may reach into the next one too: `index` stays on it.
            var place = index
            while place < other.intervals.count, case let hole = other.intervals[place],
                hole.lowerBound <= interval.upperBound
            {
                if hole.lowerBound > start { result.intervals.append(start...(hole.lowerBound - 1)) }
                if hole.upperBound >= interval.upperBound {
                    isUsedUp = true
                    break
                }
                start = hole.upperBound + 1
                place += 1
            }
            index = place
            if !isUsedUp { result.intervals.append(start...interval.upperBound) }
        }
        return result
    }

    func contains(_ interval: Interval) -> Bool {
        let index = firstIndex(reaching: interval.lowerBound)
        return index < intervals.count && intervals[index].lowerBound <= interval.lowerBound
            && interval.upperBound <= intervals[index].upperBound
    }

    func contains(_ other: AddressIntervals) -> Bool { other.intervals.allSatisfy(contains) }

    func overlaps(_ interval: Interval) -> Bool {
        let index = firstIndex(reaching: interval.lowerBound)
        return index < intervals.count && intervals[index].lowerBound <= interval.upperBound
    }

    /// Whether both have more than `limit` addresses in common.
    func sharesMore(than limit: UInt128, with other: AddressIntervals) -> Bool {
        var shared: UInt128 = 0
        var (left, right) = (0, 0)
        while left < intervals.count, right < other.intervals.count {
            let (a, b) = (intervals[left], other.intervals[right])
            let (start, end) = (max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
            if start <= end {
                // `end - start` is one less than the size, so that all of IPv6 fits.
                shared += end - start
                if shared >= limit { return true }
                shared += 1
            }
            if a.upperBound < b.upperBound { left += 1 } else { right += 1 }
        }
        return false
    }

    func isLarger(than other: AddressIntervals) -> Bool { size > other.size }

    /// The number of addresses, less one for each interval: all of IPv6 fits.
    private var size: UInt128 {
        intervals.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
    }

    /// The first interval that ends at an address or behind it.
    private func firstIndex(reaching address: UInt128) -> Int {
        var (low, high) = (0, intervals.count)
        while low < high {
            let middle = (low + high) / 2
            if intervals[middle].upperBound < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
