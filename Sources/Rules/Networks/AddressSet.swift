public import Documents

/// Addresses of both families: a union of blocks from which others may have been taken away.
public struct AddressSet: Sendable, Hashable {
    private(set) var v4: AddressIntervals
    private(set) var v6: AddressIntervals

    public init() { self.init(v4: AddressIntervals(), v6: AddressIntervals()) }

    private init(v4: AddressIntervals, v6: AddressIntervals) {
        self.v4 = v4
        self.v6 = v6
    }

    public init(_ blocks: some Sequence<AddressBlock>) {
        var v4: [AddressIntervals.Interval] = []
        var v6: [AddressIntervals.Interval] = []
        for block in blocks {
            if block.isIPv4 { v4.append(block.first...block.last) } else { v6.append(block.first...block.last) }
        }
        self.init(v4: AddressIntervals(merging: v4), v6: AddressIntervals(merging: v6))
    }

    /// From one text or a list of texts. Nil where any of them is no address block.
    public init?(json value: JSON) {
        let texts = value.array ?? [value]
        let blocks = texts.compactMap { $0.string.flatMap { AddressBlock($0) } }
        guard blocks.count == texts.count else { return nil }
        self.init(blocks)
    }

    public var isEmpty: Bool { v4.isEmpty && v6.isEmpty }

    public func union(_ other: AddressSet) -> AddressSet {
        AddressSet(v4: v4.union(other.v4), v6: v6.union(other.v6))
    }

    public func subtracting(_ other: AddressSet) -> AddressSet {
        AddressSet(v4: v4.subtracting(other.v4), v6: v6.subtracting(other.v6))
    }

    public func contains(_ block: AddressBlock) -> Bool {
        (block.isIPv4 ? v4 : v6).contains(block.first...block.last)
    }

    public func overlaps(_ block: AddressBlock) -> Bool {
        (block.isIPv4 ? v4 : v6).overlaps(block.first...block.last)
    }

    public func overlaps(_ other: AddressSet) -> Bool {
        v4.sharesMore(than: 0, with: other.v4) || v6.sharesMore(than: 0, with: other.v6)
    }
}
