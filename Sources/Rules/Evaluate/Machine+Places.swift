internal import Documents
internal import Resources

/// Where values stand, in words: what the second walk over a condition tells of.
extension Machine {
    /// Where a condition is decided.
    struct Place {
        var base: TapeValue
        /// From the resource's config to the base.
        var pointer: [String]
        var resource: UnsafePointer<ResourceView>
        var isRoot: Bool

        var scope: Scope { Scope(base: base, resource: resource, isRoot: isRoot) }
    }

    /// What stands at a location, and where that is.
    struct Spot {
        var pointer: [String]
        /// Nil where nothing stands there.
        var value: TapeValue?
        /// What could not be read on the way.
        var hidden: TapeValue?
        var isBlocked = false
    }

    func locate(_ location: Location, _ place: Place) -> Spot {
        let names = program.names.texts
        switch location.kind {
        case .slot:
            guard let root = state.pointee.root else { return Spot(pointer: []) }
            return walk(program.paths.paths[Int(location.index)], from: root.config, [])
        case .members:
            let segments = names[Int(location.index)..<Int(location.index + location.count)]
            return walk(Array(segments), from: place.base, place.pointer)
        case .this: return walk([], from: place.base, place.pointer)
        case .tag:
            let name = names[Int(location.index)]
            guard let tags = place.resource.pointee.tags else { return Spot(pointer: ["tags", name]) }
            if tags.kind == .hidden { return Spot(pointer: ["tags"], hidden: tags) }
            return walk([name], from: tags, ["tags"])
        case .region: return Spot(pointer: ["region"], value: place.resource.pointee.region)
        case .account: return Spot(pointer: ["account"], value: place.resource.pointee.account)
        case .related, .documents: return Spot(pointer: [])
        }
    }

    /// Follows members and positions.
    func walk(_ segments: [String], from start: TapeValue, _ pointer: [String]) -> Spot {
        var spot = Spot(pointer: pointer, value: start)
        for (index, segment) in segments.enumerated() {
            guard let current = spot.value, current.kind != .hidden else { break }
            if current.kind == .array, let element = Int(segment).flatMap({ current.element($0) }) {
                spot.value = element
                spot.pointer.append(segment)
                continue
            }
            guard current.kind == .object || current.kind == .null else {
                spot.isBlocked = true
                spot.value = nil
                return spot
            }
            guard let next = current.member(named: segment), next.kind != .null else {
                return Spot(pointer: spot.pointer + segments[index...])
            }
            spot.value = next
            spot.pointer.append(segment)
        }
        if let value = spot.value, value.kind == .hidden || value.kind == .null {
            spot.hidden = value.kind == .hidden ? value : nil
            spot.value = nil
        }
        return spot
    }

    // MARK: Words

    func evidence(_ spot: Spot, _ place: Place) -> Evidence {
        Evidence(
            type: place.resource.pointee.type.string, id: place.resource.pointee.id.string,
            pointer: spot.pointer.isEmpty ? "" : "/" + JSONPointer.text(spot.pointer),
            value: isSensitive(spot, place) ? .string("(sensitive)") : Evidence.summary(spot.value?.json ?? .null))
    }

    /// Whether a value, or something in it, must not be shown.
    private func isSensitive(_ spot: Spot, _ place: Place) -> Bool {
        guard spot.value != nil, let paths = program.sensitive[place.resource.pointee.type.string], !paths.isEmpty
        else { return false }
        // Positions in lists are no part of paths.
        let names = spot.pointer.filter { $0.isEmpty || !$0.allSatisfy(\.isNumber) }
        return paths.contains { $0.segments.starts(with: names) || names.starts(with: $0.segments) }
    }

    func cause(_ kind: UnknownCause.Kind, _ detail: String, at pointer: [String], _ place: Place) -> UnknownCause {
        UnknownCause(
            kind: kind, type: place.resource.pointee.type.string, id: place.resource.pointee.id.string,
            pointer: "/" + JSONPointer.text(pointer), detail: detail)
    }

    /// Why an operator could not be decided on what stands at a spot.
    func causes(_ problem: Problem, _ spot: Spot, _ place: Place) -> [UnknownCause] {
        switch problem {
        case .absent: return [cause(.absent, "absent", at: spot.pointer, place)]
        case .hidden: return [cause(.uncollected, spot.hidden?.string ?? "Uncollected", at: spot.pointer, place)]
        case .hiddenBelow:
            guard let found = spot.value.flatMap({ Self.firstHidden($0, spot.pointer) }) else { return [] }
            return [cause(.uncollected, found.reason, at: found.pointer, place)]
        case .notStructure(let kind):
            return [cause(.badValue, "is \(kind), not a structure", at: spot.pointer, place)]
        case .badValue(let fault): return [cause(.badValue, fault, at: spot.pointer, place)]
        case .noOperand, .badOperand:
            return [cause(.badValue, "is compared with a value that is not there", at: spot.pointer, place)]
        case .noSuchFragment: return [cause(.badValue, "leads to a fragment that is not there", at: [], place)]
        case .relation(let cause): return [cause]
        case .network: return [cause(.badValue, "cannot be judged", at: spot.pointer, place)]
        case .policy(let reasons):
            return (reasons.isEmpty ? ["cannot be judged"] : reasons).map {
                cause(.policy, $0, at: spot.pointer, place)
            }
        }
    }

    static func firstHidden(_ value: TapeValue, _ pointer: [String]) -> (pointer: [String], reason: String)? {
        switch value.kind {
        case .hidden: return (pointer, value.string)
        case .array:
            var elements = value.children
            var index = 0
            while let element = elements.next() {
                if let found = firstHidden(element, pointer + [String(index)]) { return found }
                index += 1
            }
            return nil
        case .object:
            var members = value.children
            while let key = members.next(), let member = members.next() {
                if let found = firstHidden(member, pointer + [key.string]) { return found }
            }
            return nil
        default: return nil
        }
    }
}
