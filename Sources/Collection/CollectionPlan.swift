public import AWSModels
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
    /// Types of which only the resource with one ARN is wanted.
    private var focus: (types: Set<String>, arn: String)?

    public init(catalog: ResourceCatalog, scanners: Set<String>, dependencies: RuleDependencies) {
        manifests = []
        for name in catalog.names {
            guard let manifest = catalog.manifests[name] else { continue }
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

    /// Of these types, only the resource with the ARN is collected; whether others are there is not known then.
    public func focused(on types: Set<String>, arn: String) -> CollectionPlan {
        var plan = self
        plan.focus = (types, arn)
        return plan
    }

    /// The only ARN of a type that is wanted; nil where all are.
    func wantedARN(of type: String) -> String? {
        focus.flatMap { $0.types.contains(type) ? $0.arn : nil }
    }

    public var types: Set<String> { Set(manifests.map(\.type)) }

    /// Attributes of a type that are not collected.
    func skippedAttributes(of type: String) -> Set<String> { skipped[type] ?? [] }

    func isList(_ attribute: String, of type: String) -> Bool { lists[type]?.contains(attribute) == true }

    /// The IAM actions of all calls; nil where one is of a service that has no model.
    public func actions(_ models: ModelLibrary) -> Set<String>? {
        var actions: Set<String> = []
        func add(_ service: String, _ operation: String) -> Bool {
            guard let model = try? models.model(service) else { return false }
            actions.insert("\(model.iamPrefix):\(operation)")
            return true
        }
        for call in manifests.flatMap(\.calls) {
            actions.formUnion(call.needs)
            if let after = call.after, !add(after.service, after.operation) { return nil }
            if let action = call.action {
                actions.insert(action)
            } else if !add(call.service, call.operation) {
                return nil
            }
        }
        return actions
    }

    /// Operations that several places of the plan name: their answers are kept for the length of the scan.
    var sharedOperations: Set<String> {
        var seen: Set<String> = []
        var shared: Set<String> = []
        for manifest in manifests {
            for name in manifest.operations where !seen.insert(name).inserted { shared.insert(name) }
            // One answer tells of all items.
            shared.formUnion(manifest.attributes.flatMap(\.bulkOperations))
            if case .call(let call, _?)? = manifest.tags { shared.insert(call.name) }
        }
        return shared
    }
}

extension Manifest.Attribute {
    fileprivate var bulkOperations: [String] {
        (bulk == nil ? [] : [call.name]) + each.flatMap(\.bulkOperations)
    }
}
