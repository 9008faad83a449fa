/// What `prefix_len` asks of an address block: `{lte: 8}`. IPv4 and IPv6 prefixes count alike, each in its own bits.
public struct PrefixLengthQuery: Sendable, Equatable {
    public enum Order: String, Sendable, CaseIterable {
        case eq, lt, lte, gt, gte
    }

    public struct Comparison: Sendable, Equatable {
        public var order: Order
        public var length: Int
    }

    /// All of them have to hold.
    public var comparisons: [Comparison]

    public func holds(of block: AddressBlock) -> Bool {
        comparisons.allSatisfy { comparison in
            switch comparison.order {
            case .eq: block.prefix == comparison.length
            case .lt: block.prefix < comparison.length
            case .lte: block.prefix <= comparison.length
            case .gt: block.prefix > comparison.length
            case .gte: block.prefix >= comparison.length
            }
        }
    }
}
