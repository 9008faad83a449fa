import Documents
import Resources

@testable import Rules

/// Policy documents that count together, gathered by walking.
extension TreeWalker {
    func documents(_ sources: PolicySources, _ operation: Operation, _ place: Place) -> Truth {
        var granting: [JSON] = []
        for way in sources.granting {
            guard let found = documents(way.steps, place) else { return .unknown }
            granting += found
        }
        var boundary: [JSON] = []
        if let way = sources.boundary {
            guard let found = documents(way.steps, place), found.count <= 1 else { return .unknown }
            boundary = found
        }
        return policy(operation, PolicySet(documents: granting, boundary: boundary.first), place)
    }

    func policy(_ operation: Operation, _ set: PolicySet, _ place: Place) -> Truth {
        let trust = Trust(account: place.resource.account)
        switch (operation.name, operation.argument) {
        case (.allows, .grants(let query)): return set.judge(query, trust: trust).truth
        case (.denies, .grants(let query)): return set.judgeDenies(query, trust: trust).truth
        case (.admin, .flag(let wanted)):
            return wanted ? set.judgeAdministration().truth : !set.judgeAdministration().truth
        case (.privilegeEscalation, .flag(let wanted)):
            let truth = set.judgePrivilegeEscalation(trust: trust).truth
            return wanted ? truth : !truth
        default: return .unknown
        }
    }

    /// Nil where something on the way cannot be read.
    private func documents(_ steps: [PolicySources.Way.Step], _ place: Place) -> [JSON]? {
        if place.isHidden { return nil }
        if let elements = place.elements {
            let found = elements.map { documents(steps, $0) }
            return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
        }
        if place.value.isNull { return place.hidesSomething ? nil : [] }
        guard let step = steps.first else { return place.hidesSomething ? nil : [place.value] }
        let rest = Array(steps.dropFirst())
        switch step {
        case .member(let name):
            guard place.value.object != nil else { return nil }
            let member = Place(
                resource: place.resource, value: place.value[name] ?? .null, pointer: place.pointer.map { $0 + [name] })
            return documents(rest, member)
        case .relation(let name):
            guard let relation = catalog.relation(name, of: place.resource.type),
                let targets = NaiveRelations(snapshot: snapshot).targets(of: relation, from: place.resource),
                targets.missing == 0
            else { return nil }
            let found = targets.resources.map { documents(rest, Place(resource: $0, value: $0.config)) }
            return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
        }
    }
}
