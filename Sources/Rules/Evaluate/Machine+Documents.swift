internal import Documents
internal import Resources

/// Policy documents that count together, wherever they stand.
extension Machine {
    /// A document, and where it stands.
    struct FoundDocument {
        var value: JSON
        var place: Evidence
    }

    struct FoundDocuments {
        var granting: [FoundDocument] = []
        var boundary: [FoundDocument] = []
        /// What could not be read. Nothing is known of the whole then: a document that is not seen may grant or deny.
        var causes: [UnknownCause] = []
    }

    func decideDocuments(_ node: Node, _ scope: Scope) -> Truth {
        let place = Place(base: scope.base, pointer: [], resource: scope.resource, isRoot: scope.isRoot)
        guard let found = documents(of: node, at: place) else {
            state.pointee.isDeferred = true
            return .unknown
        }
        if let cause = found.causes.first { return unknown(.relation(cause)) }
        let answer = policy(node, found, in: scope)
        if answer.truth == .unknown { state.pointee.problem = .policy(answer.reasons) }
        return answer.truth
    }

    /// What rests on documents, in words: evidence, or why it is unknown.
    func told(of index: Int32, at place: Place) -> (values: [Evidence], causes: [UnknownCause]) {
        let node = nodes[Int(index)]
        guard let found = documents(of: node, at: place) else { return ([], []) }
        guard found.causes.isEmpty else { return ([], found.causes) }
        let all = found.granting + found.boundary
        let answer = policy(node, found, in: place.scope)
        if answer.truth == .unknown {
            let spot = Spot(pointer: [])
            return (all.map(\.place), causes(.policy(answer.reasons), spot, place))
        }
        let statements = answer.statements.map { found.granting[$0.document].shown(statement: $0.statement) }
        if !statements.isEmpty { return (statements, []) }
        guard all.isEmpty else { return (all.map(\.place), []) }
        var nothing = evidence(Spot(pointer: []), place)
        nothing.value = .null
        return ([nothing], [])
    }

    private func policy(_ node: Node, _ found: FoundDocuments, in scope: Scope) -> PolicyAnswer {
        policy(node, found.granting.map(\.value), boundary: found.boundary.first?.value, in: scope)
    }

    /// Nil while relations cannot be followed yet.
    private func documents(of node: Node, at place: Place) -> FoundDocuments? {
        let sources = program.documents[Int(node.location.index)]
        var found = FoundDocuments()
        for way in sources.granting {
            guard follow(way[...], place, into: &found.granting, &found.causes) else { return nil }
        }
        if let way = sources.boundary {
            guard follow(way[...], place, into: &found.boundary, &found.causes) else { return nil }
            if found.boundary.count > 1 {
                found.causes.append(cause(.badValue, "has several permissions boundaries", at: [], place))
            }
        }
        return found
    }

    /// Returns whether all relations could be asked.
    private func follow(
        _ steps: ArraySlice<Program.Documents.Step>, _ place: Place, into documents: inout [FoundDocument],
        _ causes: inout [UnknownCause]
    ) -> Bool {
        switch place.base.kind {
        case .null: return true
        case .hidden:
            causes.append(cause(.uncollected, place.base.string, at: place.pointer, place))
            return true
        case .array:
            var (elements, position) = (place.base.children, 0)
            while let element = elements.next() {
                var inner = place
                inner.base = element
                inner.pointer.append(String(position))
                guard follow(steps, inner, into: &documents, &causes) else { return false }
                position += 1
            }
            return true
        default: break
        }
        switch steps.first {
        case nil:
            if let hidden = Self.firstHidden(place.base, place.pointer) {
                causes.append(cause(.uncollected, hidden.reason, at: hidden.pointer, place))
            } else {
                let spot = Spot(pointer: place.pointer, value: place.base)
                documents.append(FoundDocument(value: place.base.json, place: evidence(spot, place)))
            }
            return true
        case .member(let index)?:
            guard place.base.kind == .object else {
                causes.append(cause(.badValue, "is \(place.base.json.kind), not a structure", at: place.pointer, place))
                return true
            }
            guard let member = place.base.member(name(index)) else { return true }
            var inner = place
            inner.base = member
            inner.pointer.append(program.names.texts[Int(index)])
            return follow(steps.dropFirst(), inner, into: &documents, &causes)
        case .relation(let index)?:
            return followRelation(index, steps.dropFirst(), place, into: &documents, &causes)
        }
    }

    private func followRelation(
        _ index: Int32, _ steps: ArraySlice<Program.Documents.Step>, _ place: Place,
        into documents: inout [FoundDocument], _ causes: inout [UnknownCause]
    ) -> Bool {
        guard let relations else { return false }
        switch relations.targets(of: program.relations[Int(index)], from: place.resource.pointee) {
        case .failure(let gap): causes.append(gap.cause)
        case .success(let targets):
            causes += targets.missing
            state.pointee.depth += 1
            defer { state.pointee.depth -= 1 }
            for target in targets.resources {
                let isAsked = relations.withResource(target, depth: state.pointee.depth) { view in
                    withUnsafePointer(to: view) { pointer in
                        follow(
                            steps, Place(base: view.config, pointer: [], resource: pointer, isRoot: false),
                            into: &documents, &causes)
                    }
                }
                if isAsked == nil {
                    let type = program.targets[program.relations[Int(index)]] ?? ""
                    causes.append(
                        UnknownCause(kind: .relation, type: type, id: "*", pointer: "", detail: "cannot be read again"))
                }
            }
        }
        return true
    }
}

extension Machine.FoundDocument {
    /// One statement of it; nil where `Statement` is a single one.
    fileprivate func shown(statement: Int?) -> Evidence {
        var evidence = place
        evidence.pointer += "/Statement" + (statement.map { "/\($0)" } ?? "")
        let statements = value["Statement"]
        let one = statement.flatMap { index in
            statements?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
        evidence.value = Evidence.summary(one ?? statements ?? .null)
        return evidence
    }
}
