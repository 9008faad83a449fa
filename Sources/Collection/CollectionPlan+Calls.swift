internal import Documents
internal import Resources

extension CollectionPlan {
    /// The calls of a collection in so many regions (nil: in every enabled one), by service and operation. Calls that are
    /// the same are one: their answer is shared.
    public func calls(regions: Int?) -> [PlannedCall] {
        var walk = CallWalk(regions: regions, listings: listings)
        for manifest in manifests { walk.add(manifest) }
        return walk.calls.values.sorted { left, right in
            left.name == right.name
                ? left.types.lexicographicallyPrecedes(right.types) : left.name.precedesByBytes(right.name)
        }
    }

    /// The type that is made of what an operation lists in the first place.
    private var listings: [String: String] {
        var listings: [String: String] = [:]
        for manifest in manifests {
            guard case .listed(let lists) = manifest.origin else { continue }
            for list in lists where list.parents.isEmpty { listings[list.own.call.name] = manifest.type }
        }
        return listings
    }
}

/// Gathers the calls of manifests.
private struct CallWalk {
    let regions: Int?
    let listings: [String: String]
    /// By what makes two calls the same.
    var calls: [String: PlannedCall] = [:]

    mutating func add(_ manifest: Manifest) {
        var isGlobal = false
        var perResource = PlannedCall.Basis.resource(type: manifest.type, batch: 1)
        var places: Int? = regions
        switch manifest.origin {
        case .account:
            (isGlobal, perResource, places) = (true, .once, 1)
        case .region: perResource = .once
        case .listed(let lists):
            isGlobal = lists.allSatisfy { $0.call.scope == .global }
            for list in lists {
                let listedIn = list.call.scope == .global ? 1 : regions
                var basis = PlannedCall.Basis.once
                for level in list.levels {
                    add(level.call, manifest.type, level.call.scope == .global ? 1 : listedIn, basis)
                    basis =
                        listings[level.call.name].map { .resource(type: $0, batch: 1) } ?? .item(of: level.call.name)
                }
            }
            if isGlobal, case .listed = manifest.region { places = 1 }
        }
        func place(_ call: Manifest.Call) -> Int? { call.scope == .global ? 1 : places }
        if case .call(let call, _, _) = manifest.region { add(call, manifest.type, place(call), perResource) }
        if let detail = manifest.detail {
            let basis = detail.batch.map { .resource(type: manifest.type, batch: $0.size) } ?? perResource
            add(detail.call, manifest.type, place(detail.call), basis)
        }
        if case .call(let call, let bulk)? = manifest.tags {
            add(call, manifest.type, place(call), bulk == nil ? perResource : .once)
        }
        add(manifest.attributes, of: manifest, in: places, perResource, path: [])
    }

    private mutating func add(
        _ attributes: [Manifest.Attribute], of manifest: Manifest, in places: Int?, _ basis: PlannedCall.Basis,
        path: [String]
    ) {
        for attribute in attributes {
            let place = attribute.call.scope == .global ? 1 : places
            add(attribute.call, manifest.type, place, attribute.bulk == nil ? basis : .once)
            let list = path + [attribute.name]
            add(
                attribute.each, of: manifest, in: places,
                .element(type: manifest.type, list: ValuePath(segments: list)), path: list)
        }
    }

    private mutating func add(_ call: Manifest.Call, _ type: String, _ places: Int?, _ basis: PlannedCall.Basis) {
        if let after = call.after {
            insert(
                PlannedCall(service: after.service, operation: after.operation, types: [type], regions: places), "")
        }
        let input = call.input.map { "\($0.member.joined(separator: "."))=\($0.path)" }.joined(separator: " ")
        insert(
            PlannedCall(
                service: call.service, operation: call.operation, types: [type], regions: places, basis: basis),
            input + JSON.object(call.fixed).text())
    }

    private mutating func insert(_ call: PlannedCall, _ input: String) {
        let key = "\(call.name) \(call.basis) \(call.regions ?? -1) \(input)"
        calls[key, default: call].types = Set((calls[key]?.types ?? []) + call.types).sorted { $0.precedesByBytes($1) }
    }
}
