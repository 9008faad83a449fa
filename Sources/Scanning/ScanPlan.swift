public import Collection
public import Documents
public import Resources
public import Workspace

/// The calls that a scan of a tenant would make.
public struct ScanPlan: Sendable {
    public var tenant: Tenant
    public var calls: [PlannedCall]
    /// The last snapshot of the tenant: how many resources there were.
    public var earlier: Snapshot?

    /// What all calls add up to, as far as is known, and what each resource adds where it is not.
    public struct Total: Sendable, Equatable {
        public var known = 0
        /// Calls for each resource (or element, or item), by what it is one of.
        public var each: [String: Int] = [:]
        /// Calls in each enabled region.
        public var eachRegion = 0

        public var isComplete: Bool { each.isEmpty && eachRegion == 0 }
    }

    public var total: Total {
        var total = Total()
        for call in calls {
            if let count = call.count(given: earlier) {
                total.known += count
            } else if let of = call.basis.of {
                total.each[of, default: 0] += 1
            } else {
                total.eachRegion += 1
            }
        }
        return total
    }

    public var json: JSON {
        let total = total
        return [
            "tenant": .string(tenant.name), "account": .string(tenant.account),
            "snapshot": earlier.map { .string($0.collectedAt.description) } ?? .null,
            "calls": .array(calls.map { $0.json(given: earlier) }),
            "total": [
                "known": .integer(Int64(total.known)), "complete": .bool(total.isComplete),
                "each_region": .integer(Int64(total.eachRegion)),
                "each": .object(JSONObject(total.each.map { ($0.key, .integer(Int64($0.value))) })),
            ],
        ]
    }
}

extension PlannedCall {
    fileprivate func json(given earlier: Snapshot?) -> JSON {
        [
            "service": .string(service), "operation": .string(operation), "types": .array(types.map(JSON.string)),
            "regions": regions.map { .integer(Int64($0)) } ?? .null, "basis": .string(basis.word),
            "of": basis.of.map(JSON.string) ?? .null,
            "calls": count(given: earlier).map { .integer(Int64($0)) } ?? .null,
        ]
    }
}

extension PlannedCall.Basis {
    fileprivate var word: String {
        switch self {
        case .once: "once"
        case .resource: "resource"
        case .element: "element"
        case .item: "item"
        }
    }

    /// What it is made for each of; nil where it is made once.
    public var of: String? {
        switch self {
        case .once: nil
        case .resource(let type, _): type
        case .element(let type, let list): "\(type) \(list)"
        case .item(let operation): operation
        }
    }
}

extension TenantScan {
    /// The calls that a scan at `moment` would make; makes none. Those for the caller's own credentials are not among
    /// them.
    public func planned(at moment: Timestamp, earlier: Snapshot?) -> ScanPlan {
        var calls = [PlannedCall(service: "sts", operation: "AssumeRole")]
        let regions: Int?
        switch tenant.regions {
        case .listed(let listed): regions = listed.count
        case .all:
            regions = nil
            calls.append(PlannedCall(service: "ec2", operation: "DescribeRegions"))
        }
        calls += plan(policy(at: moment)).calls(regions: regions)
        return ScanPlan(tenant: tenant, calls: calls, earlier: earlier)
    }
}
