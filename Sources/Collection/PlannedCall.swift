public import Resources

/// A call that a collection makes, and how often.
public struct PlannedCall: Sendable, Hashable {
    public var service: String
    public var operation: String
    /// The types for which it is made, sorted.
    public var types: [String]
    /// In how many regions; nil for every region that the account has enabled.
    public var regions: Int?
    public var basis: Basis

    public enum Basis: Sendable, Hashable {
        /// Once in each of its regions.
        case once
        /// For each resource of a type; with a batch, for so many at a time.
        case resource(type: String, batch: Int)
        /// For each element of a list in the resources of a type.
        case element(type: String, list: ValuePath)
        /// For each item that another call lists, of which no type is made.
        case item(of: String)
    }

    public init(service: String, operation: String, types: [String] = [], regions: Int? = 1, basis: Basis = .once) {
        self.service = service
        self.operation = operation
        self.types = types
        self.regions = regions
        self.basis = basis
    }

    public var name: String { "\(service):\(operation)" }

    /// How many calls there are, pages not counted: told by the resources of an earlier snapshot where there is one. Nil
    /// where nobody knows.
    public func count(given earlier: Snapshot?) -> Int? {
        switch basis {
        case .once: return regions ?? earlier?.regions.count
        case .resource(let type, let batch):
            guard let resources = known(type, earlier) else { return nil }
            return (resources.count + batch - 1) / batch
        case .element(let type, let list):
            return known(type, earlier)?.reduce(0) { $0 + list.values(in: $1.config).count }
        case .item: return nil
        }
    }

    /// The resources of a type that was collected.
    private func known(_ type: String, _ earlier: Snapshot?) -> [Resource]? {
        guard let earlier, earlier.types.contains(type), !earlier.gaps.contains(where: { $0.type == type }) else {
            return nil
        }
        return earlier.resources[type] ?? []
    }
}
