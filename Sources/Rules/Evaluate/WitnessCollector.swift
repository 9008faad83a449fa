internal import Documents
internal import Resources

/// Gathers the smallest set of values on which the truth of a condition rests. It asks the machine again, so it is for
/// failures and unknowns alone.
struct WitnessCollector {
    let machine: Machine
    var witnesses = Witnesses()

    init(_ machine: Machine) { self.machine = machine }

    mutating func gather(_ index: Int32, at place: Machine.Place) {
        let node = machine.nodes[Int(index)]
        switch node.opcode {
        case .all: gather(children(of: node), decisive: .false, at: place)
        case .any: gather(children(of: node), decisive: .true, at: place)
        case .not: gather(machine.children[Int(node.firstChild)], at: place)
        case .always, .never: break
        case .coversAny, .coversAll, .inside: gatherRange(index, node, at: place)
        default:
            switch node.location.kind {
            case .related: gatherRelated(index, node, at: place)
            case .documents: gatherDocuments(index, at: place)
            default: gatherValue(index, node, at: place)
            }
        }
    }

    private func children(of node: Node) -> [Int32] {
        (node.firstChild..<node.firstChild + node.childCount).map { machine.children[Int($0)] }
    }

    /// One decisive part is enough; without one, all parts with the outcome's truth count.
    private mutating func gather(_ parts: [Int32], decisive: Truth, at place: Machine.Place) {
        let truths = parts.map { machine.truth($0, place.scope) }
        if let index = truths.firstIndex(of: decisive) {
            gather(parts[index], at: place)
        } else {
            let outcome: Truth = truths.contains(.unknown) ? .unknown : !decisive
            for (part, truth) in zip(parts, truths) where truth == outcome { gather(part, at: place) }
        }
    }

    // MARK: Values

    private mutating func gatherValue(_ index: Int32, _ node: Node, at place: Machine.Place) {
        let spot = machine.locate(node.location, place)
        if [.some, .every, .none, .count].contains(node.opcode), let list = list(node, spot) {
            return gatherElements(index, node, list, spot, at: place)
        }
        let truth = machine.decideAgain(index, place.scope)
        if node.opcode == .ingress, gatherIngress(node, truth, spot, place) { return }
        if [.allows, .denies, .admin, .escalates].contains(node.opcode), gatherPolicy(node, truth, spot, place) {
            return
        }
        guard truth == .unknown else { return witnesses.add(machine.evidence(spot, place)) }
        for cause in machine.causes(machine.state.pointee.problem ?? .absent, spot, place) { witnesses.add(cause) }
    }

    /// The filters that let something in, or that cannot be judged. Returns whether there are such.
    private mutating func gatherIngress(
        _ node: Node, _ truth: Truth, _ spot: Machine.Spot, _ place: Machine.Place
    ) -> Bool {
        guard truth != .false, let list = spot.value, list.kind == .array else { return false }
        if truth == .unknown {
            // Something hidden in the list is told of as such.
            guard case .network? = machine.state.pointee.problem else { return false }
        }
        let answer = machine.ingress(node, list, explaining: true)
        for (number, witness) in answer.witnesses.enumerated() {
            let inner = machine.walk(witness, from: list, spot.pointer)
            if truth == .true {
                witnesses.add(machine.evidence(inner, place))
            } else {
                let reason = answer.reasons.indices.contains(number) ? answer.reasons[number] : "cannot be judged"
                witnesses.add(machine.cause(.badValue, reason, at: inner.pointer, place))
            }
        }
        return !answer.witnesses.isEmpty
    }

    /// The statements that decide. Returns whether there are such.
    private mutating func gatherPolicy(
        _ node: Node, _ truth: Truth, _ spot: Machine.Spot, _ place: Machine.Place
    ) -> Bool {
        guard truth != .unknown, let document = spot.value else { return false }
        let answer = machine.policy(node, [document.json], in: place.scope)
        for statement in answer.statements {
            let path = ["Statement"] + (statement.statement.map { [String($0)] } ?? [])
            witnesses.add(machine.evidence(machine.walk(path, from: document, spot.pointer), place))
        }
        return !answer.statements.isEmpty
    }

    /// The list that a quantifier looks at; nil where it is none.
    private func list(_ node: Node, _ spot: Machine.Spot) -> TapeValue? {
        if let value = spot.value { return value.kind == .array ? value : nil }
        guard spot.hidden == nil, !spot.isBlocked, node.fallback >= 0 else { return nil }
        let value = machine.constants.at(Int(node.fallback))
        return value.kind == .array ? value : nil
    }

    private mutating func gatherElements(
        _ index: Int32, _ node: Node, _ list: TapeValue, _ spot: Machine.Spot, at place: Machine.Place
    ) {
        var elements: [Machine.Place] = []
        var iterator = list.children
        while let element = iterator.next() {
            elements.append(
                Machine.Place(
                    base: element, pointer: spot.pointer + [String(elements.count)], resource: place.resource,
                    isRoot: false))
        }
        let truths = elements.map { element in
            node.childCount == 0 ? .true : machine.truth(of: node, element.base, place.scope)
        }
        let outcome = machine.decideAgain(index, place.scope)
        if outcome == .unknown, !truths.contains(.unknown) {
            // Not the elements, but what their number is compared with.
            for cause in machine.causes(machine.state.pointee.problem ?? .badOperand, spot, place) {
                witnesses.add(cause)
            }
            return
        }
        gather(
            node, outcome: outcome, truths,
            element: { collector, index in collector.gatherElement(node, elements[index]) },
            whole: { collector in collector.witnesses.add(collector.machine.evidence(spot, place)) })
    }

    private mutating func gatherElement(_ node: Node, _ element: Machine.Place) {
        bind(node, element.base)
        if element.base.kind == .hidden {
            witnesses.add(machine.cause(.uncollected, element.base.string, at: element.pointer, element))
        } else if node.childCount > 0 {
            gather(machine.children[Int(node.firstChild)], at: element)
        }
    }

    private mutating func bind(_ node: Node, _ value: TapeValue) {
        if node.binding >= 0 { witnesses.bindings[machine.program.bindings[Int(node.binding)]] = value.json }
    }

    /// The elements that decide; all that are unknown; or the list as a whole.
    private mutating func gather(
        _ node: Node, outcome: Truth, _ truths: [Truth], element: (inout WitnessCollector, Int) -> Void,
        whole: (inout WitnessCollector) -> Void
    ) {
        if node.opcode != .count {
            let decisive: Truth = node.opcode == .every ? .false : .true
            if let index = truths.firstIndex(of: decisive) { return element(&self, index) }
        }
        if outcome == .unknown {
            for index in truths.indices where truths[index] == .unknown { element(&self, index) }
        } else {
            whole(&self)
        }
    }

    // MARK: Relations

    private mutating func gatherRelated(_ index: Int32, _ node: Node, at place: Machine.Place) {
        guard let relations = machine.relations else { return }
        let relation = machine.program.relations[Int(node.location.index)]
        let outcome = machine.decideAgain(index, place.scope)
        let found: RelationTargets
        switch relations.targets(of: relation, from: place.resource.pointee) {
        case .failure(let gap): return witnesses.add(gap.cause)
        case .success(let targets): found = targets
        }
        let truths = found.resources.map { target in
            node.childCount == 0 ? .true : machine.truth(of: node, target, relations)
        }
        if outcome == .unknown {
            for missing in found.missing { witnesses.add(missing) }
            if found.missing.isEmpty, !truths.contains(.unknown) {
                let spot = Machine.Spot(pointer: [])
                for cause in machine.causes(.badOperand, spot, place) { witnesses.add(cause) }
            }
        }
        gather(
            node, outcome: outcome, node.opcode == .exists ? [] : truths,
            element: { collector, index in collector.gatherTarget(node, found.resources[index], relations) },
            whole: { collector in
                // One deeper than here: what is being looked at must stay.
                let depth = collector.machine.state.pointee.depth + 1
                let ids = found.resources.compactMap { relations.withResource($0, depth: depth) { $0.id.json } }
                let type = found.resources.first.flatMap { relations.withResource($0, depth: depth) { $0.type.string } }
                collector.witnesses.add(
                    Evidence(
                        type: type ?? collector.target(of: relation), id: "*", pointer: "",
                        value: Evidence.summary(.array(ids))))
            })
    }

    private func target(of relation: Program.Relation) -> String {
        machine.program.targets[relation] ?? relation.type
    }

    private mutating func gatherTarget(_ node: Node, _ target: Int, _ relations: any RelationSource) {
        machine.state.pointee.depth += 1
        defer { machine.state.pointee.depth -= 1 }
        guard node.childCount > 0 else { return }
        let child = machine.children[Int(node.firstChild)]
        let copy = self
        let found = relations.withResource(target, depth: machine.state.pointee.depth) { view in
            withUnsafePointer(to: view) { pointer in
                var collector = copy
                collector.bind(node, view.config)
                collector.gather(
                    child, at: Machine.Place(base: view.config, pointer: [], resource: pointer, isRoot: false))
                return collector.witnesses
            }
        }
        if let found { witnesses = found }
    }

    private mutating func gatherDocuments(_ index: Int32, at place: Machine.Place) {
        let (values, causes) = machine.told(of: index, at: place)
        // What is unknown rests on its causes alone.
        for value in values where causes.isEmpty { witnesses.add(value) }
        for cause in causes { witnesses.add(cause) }
    }

    // MARK: Ranges

    private mutating func gatherRange(_ index: Int32, _ node: Node, at place: Machine.Place) {
        let spots = [machine.locate(node.location, place), machine.locate(node.upper, place)]
        guard machine.decideAgain(index, place.scope) == .unknown else {
            for spot in spots { witnesses.add(machine.evidence(spot, place)) }
            return
        }
        let problem = machine.state.pointee.problem ?? .absent
        let culprit =
            switch problem {
            case .hidden: spots.first { $0.hidden != nil }
            case .notStructure: spots.first { $0.isBlocked }
            case .absent: spots.first { $0.value == nil }
            case .badValue: spots.first { $0.value?.kind != .integer }
            default: Machine.Spot?.none
            }
        for cause in machine.causes(problem, culprit ?? spots[0], place) { witnesses.add(cause) }
    }
}

extension Evidence {
    private static let largest = 1_024

    /// The value; a large one is told by its size.
    static func summary(_ value: JSON) -> JSON {
        let size = value.bytes().count
        guard size > largest else { return value }
        return .string("(\(value.kind) of \(size) bytes)")
    }
}
