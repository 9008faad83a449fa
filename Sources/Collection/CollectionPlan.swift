public import Resources
public import Rules

/// What a scan has to collect: only what its scanners and rules need.
public struct CollectionPlan: Sendable {
    /// The manifests to work through, sorted by type.
    public private(set) var manifests: [Manifest]
    /// Attributes that nobody asked for, by type.
    private var skipped: [String: Set<String>] = [:]
    /// Attributes that are lists, by type: AWS sends an empty list, so that a missing one is a fault.
    private var lists: [String: Set<String>] = [:]

    public init(catalog: ResourceCatalog, scanners: Set<String>, dependencies: RuleDependencies) {
        manifests = []
        for name in catalog.names {
            guard let manifest = catalog[name]?.manifest else { continue }
            let isAlwaysThere = if case .listed = manifest.origin { false } else { true }
            let isScanned = manifest.scanner.map(scanners.contains) ?? isAlwaysThere
            guard isScanned || dependencies.members[name] != nil else { continue }
            var reduced = manifest
            reduced.attributes = manifest.attributes.filter { attribute in
                let isWanted = attribute.scanner.map(scanners.contains) ?? isScanned
                return isWanted || dependencies.members[name]?.contains(attribute.name) == true
            }
            let left = Set(manifest.attributes.map(\.name)).subtracting(reduced.attributes.map(\.name))
            if !left.isEmpty { skipped[name] = left }
            if let schema = catalog[name]?.schema {
                let isList = { (attribute: Manifest.Attribute) in
                    if case .list? = schema[ValuePath(segments: [attribute.name])] { true } else { false }
                }
                lists[name] = Set(reduced.attributes.filter(isList).map(\.name))
            }
            manifests.append(reduced)
        }
    }

    public var types: Set<String> { Set(manifests.map(\.type)) }

    /// Attributes of a type that are not collected.
    func skippedAttributes(of type: String) -> Set<String> { skipped[type] ?? [] }

    func isList(_ attribute: String, of type: String) -> Bool { lists[type]?.contains(attribute) == true }

    /// Operations that several places of the plan name: their answers are kept for the length of the scan.
    var sharedOperations: Set<String> {
        var seen: Set<String> = []
        return Set(calls.map(\.name).filter { !seen.insert($0).inserted })
    }

    /// The IAM actions of the plan's calls.
    public var actions: Set<String> { Set(calls.map { $0.action ?? $0.name }) }

    private var calls: [Manifest.Call] {
        var calls: [Manifest.Call] = []
        func note(_ attributes: [Manifest.Attribute]) {
            for attribute in attributes {
                calls.append(attribute.call)
                note(attribute.each)
            }
        }
        for manifest in manifests {
            if case .listed(let list) = manifest.origin { calls.append(list.call) }
            if case .call(let call, _, _) = manifest.region { calls.append(call) }
            if case .call(let call)? = manifest.tags { calls.append(call) }
            note(manifest.attributes)
        }
        return calls
    }
}
