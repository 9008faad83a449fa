import Documents
import Resources

@testable import Rules

/// A second evaluator, written to be read: it walks conditions and documents as trees. The compiled one has to agree.
struct TreeWalker {
    let catalog: ResourceCatalog
    let snapshot: Snapshot
    var fragments: [String: Condition] = [:]
    var parameters: [String: JSON] = [:]
    var tables: [String: Table] = [:]
    let root: Place

    init(_ resource: Resource, in snapshot: Snapshot, catalog: ResourceCatalog) {
        self.catalog = catalog
        self.snapshot = snapshot
        root = Place(resource: resource, value: resource.config)
    }

    func verdict(_ rule: Rule) -> VerdictKind {
        if let applicability = rule.applicability {
            switch truth(applicability, root) {
            case .true: break
            case .false: return .notApplicable
            case .unknown: return rule.onUnknown == .fail ? .fail : .unknown
            }
        }
        switch truth(rule.condition, root) {
        case .true: return rule.polarity == .failWhen ? .fail : .pass
        case .false: return rule.polarity == .failWhen ? .pass : .fail
        case .unknown: return rule.onUnknown == .fail ? .fail : .unknown
        }
    }

    func truth(_ condition: Condition, _ place: Place) -> Truth {
        switch condition {
        case .all(let parts): Truth.all(parts.map { truth($0, place) })
        case .any(let parts): Truth.any(parts.map { truth($0, place) })
        case .not(let inner): !truth(inner, place)
        case .use(let name, _): fragments[name].map { truth($0, place) } ?? .unknown
        case .test(let test): Truth.all(test.operations.map { truth($0, of: test, place) })
        }
    }

    private func truth(_ operation: Operation, of test: Condition.Test, _ place: Place) -> Truth {
        let found: Found
        switch test.path.kind {
        case .related(let name): return related(name, operation, place)
        case .documents(let sources): return documents(sources, operation, place)
        case .range(let from, let to): return range(from, to, operation, place)
        case .this: found = place.lookup([])
        case .members(let segments): found = place.lookup(segments)
        case .tag(let key):
            if place.resource.uncollected["tags"] != nil { return .unknown }
            found = place.resource.tags[key].map { .value(place.envelope(.string($0))) } ?? .absent(nil)
        case .region: found = .value(place.envelope(.string(place.resource.region)))
        case .account: found = .value(place.envelope(.string(place.resource.account)))
        }
        switch found {
        case .unknown: return .unknown
        case .value(let value):
            if case .flag(let wanted) = operation.argument, [.exists, .absent].contains(operation.name) {
                return Truth((operation.name == .exists) == wanted)
            }
            return apply(operation, value)
        case .absent(let path):
            if case .flag(let wanted) = operation.argument, [.exists, .absent].contains(operation.name) {
                return Truth((operation.name == .absent) == wanted)
            }
            if let value = test.ifAbsent { return apply(operation, place.envelope(value, path: path)) }
            if [.list, .addresses, .trafficRules].contains(operation.name.subject) {
                return apply(operation, place.envelope(.array([]), path: path))
            }
            let names = (path ?? []).filter { $0.isEmpty || !$0.allSatisfy(\.isNumber) }
            guard path != nil,
                let value = catalog[place.resource.type]?.manifest.defaults[ValuePath(segments: names)]
            else { return .unknown }
            return apply(operation, place.envelope(value, path: path))
        }
    }

    private func apply(_ operation: Operation, _ place: Place) -> Truth {
        switch operation.argument {
        case .quantified(let condition, _):
            guard let elements = place.elements else { return .unknown }
            return quantify(operation.name, elements.map { $0.isHidden ? .unknown : truth(condition, $0) })
        case .count(let condition, let comparisons):
            guard let elements = place.elements else { return .unknown }
            return count(
                elements.map { element in
                    guard let condition else { return .true }
                    return element.isHidden ? .unknown : truth(condition, element)
                }, comparisons)
        default: return place.hidesSomething ? .unknown : scalar(operation, place)
        }
    }

    private func quantify(_ name: OperatorName, _ truths: [Truth]) -> Truth {
        switch name {
        case .every: Truth.all(truths)
        case .none: !Truth.any(truths)
        default: Truth.any(truths)
        }
    }

    private func count(_ truths: [Truth], _ comparisons: [(name: OperatorName, operand: Operand)]) -> Truth {
        let least = truths.count { $0 == .true }
        let most = least + truths.count { $0 == .unknown }
        return Truth.all(
            comparisons.map { comparison -> Truth in
                guard let bound = value(of: comparison.operand)?.integer else { return .unknown }
                let results = (least...most).map { number in
                    Self.order(.integer(Int64(number)), .integer(bound)).map { Self.holds(comparison.name, $0) }
                }
                if results.allSatisfy({ $0 == true }) { return .true }
                return results.allSatisfy { $0 == false } ? .false : .unknown
            })
    }

    private func related(_ name: String, _ operation: Operation, _ place: Place) -> Truth {
        guard let relation = catalog.relation(name, of: place.resource.type),
            let found = NaiveRelations(snapshot: snapshot).targets(of: relation, from: place.resource)
        else { return .unknown }
        let places = found.resources.map { Place(resource: $0, value: $0.config) }
        let missing = [Truth](repeating: .unknown, count: found.missing)
        switch operation.argument {
        case .quantified(let condition, _):
            return quantify(operation.name, places.map { truth(condition, $0) } + missing)
        case .count(let condition, let comparisons):
            return count(places.map { place in condition.map { truth($0, place) } ?? .true } + missing, comparisons)
        case .flag(let wanted):
            if places.isEmpty, found.missing > 0 { return .unknown }
            return Truth((operation.name == .exists ? !places.isEmpty : places.isEmpty) == wanted)
        default: return .unknown
        }
    }

    func value(of operand: Operand) -> JSON? {
        switch operand {
        case .literal(let value): return value
        case .parameter(let name, _): return parameters[name]
        case .reference(let path):
            guard case .members(let segments) = path.kind, case .value(let place) = root.lookup(segments),
                !place.hidesSomething
            else { return nil }
            return place.value
        case .column(let reference): return (tables[reference.table]?.values(of: reference.column)).map { .array($0) }
        }
    }
}
