public import Documents

/// Everything that one scan collected of one account. A value: evaluating it needs nothing else.
public struct Snapshot: Sendable {
    public var account: String
    public var partition: String
    /// The regions that were scanned.
    public var regions: [String]
    /// When the collection began.
    public var collectedAt: Timestamp
    /// The types that were asked for. Of a type that is not here nothing is known.
    public var types: Set<String>
    /// Lists that could not be read.
    public var gaps: [CollectionGap]
    /// By type, each sorted by region, id and ARN.
    public private(set) var resources: [String: [Resource]]

    public init(
        account: String, partition: String, regions: [String], collectedAt: Timestamp, types: Set<String>,
        gaps: [CollectionGap] = [], resources: [Resource] = []
    ) {
        self.account = account
        self.partition = partition
        self.regions = regions
        self.collectedAt = collectedAt
        self.types = types
        self.gaps = gaps.sorted()
        self.resources = Dictionary(grouping: resources, by: \.type).mapValues { list in
            list.sorted {
                if $0.region != $1.region || $0.id != $1.id {
                    return Self.precedes(($0.region, $0.id), ($1.region, $1.id))
                }
                return $0.arn.precedesByBytes($1.arn)
            }
        }
    }

    /// The order of resources of one type. By bytes: ids that Unicode calls equivalent are two.
    private static func precedes(_ left: (region: String, id: String), _ right: (region: String, id: String)) -> Bool {
        left.region == right.region ? left.id.precedesByBytes(right.id) : left.region.precedesByBytes(right.region)
    }

    public var count: Int { resources.values.reduce(0) { $0 + $1.count } }
}

/// A list of resources that could not be read, in one region: what it holds is unknown.
public struct CollectionGap: Sendable, Hashable, Comparable {
    public var type: String
    public var region: String
    /// `ec2:DescribeVolumes`
    public var operation: String
    /// AWS's error code, or Parapet's name for what went wrong.
    public var code: String

    public init(type: String, region: String, operation: String, code: String) {
        self.type = type
        self.region = region
        self.operation = operation
        self.code = code
    }

    public static func < (left: CollectionGap, right: CollectionGap) -> Bool {
        (left.type, left.region, left.operation, left.code) < (right.type, right.region, right.operation, right.code)
    }
}

extension Snapshot {
    /// The resource of a type with an id, in a region.
    public func resource(_ type: String, region: String, id: String) -> Resource? {
        index(type, region: region, id: id).flatMap { resources[type]?[$0] }
    }

    /// Where that resource stands among those of its type.
    public func index(_ type: String, region: String, id: String) -> Int? {
        guard let list = resources[type] else { return nil }
        var low = list.startIndex
        var high = list.endIndex
        while low < high {
            let middle = (low + high) / 2
            let comesBefore = Self.precedes((list[middle].region, list[middle].id), (region, id))
            if comesBefore { low = middle + 1 } else { high = middle }
        }
        guard low < list.endIndex, list[low].region == region, list[low].id.hasSameBytes(as: id) else { return nil }
        return low
    }
}
