internal import Documents

/// Walks a decided condition as a whole, and tells what each part read.
struct Explainer {
    let machine: Machine

    /// Of longer lists, these many elements are told of: those that decide first.
    private static let mostElements = 10

    func explain(_ index: Int32, at place: Machine.Place) -> Explanation {
        let node = machine.nodes[Int(index)]
        let truth = machine.decideAgain(index, place.scope)
        let problem = machine.state.pointee.problem
        var explanation = Explanation(
            text: text(of: index), truth: truth, values: [], causes: [], parts: [])
        switch node.opcode {
        case .always, .never, .unknowable: break
        case .all, .any, .not:
            explanation.parts = (node.firstChild..<node.firstChild + node.childCount).map {
                explain(machine.children[Int($0)], at: place)
            }
        case .coversAny, .coversAll, .inside:
            for location in [node.location, node.upper] {
                explanation.values.append(machine.evidence(machine.locate(location, place), place))
            }
            if truth == .unknown, let problem {
                explanation.causes = machine.causes(problem, machine.locate(node.location, place), place)
            }
        default:
            switch node.location.kind {
            case .related: explainRelated(node, problem, at: place, &explanation)
            case .documents: (explanation.values, explanation.causes) = machine.told(of: index, at: place)
            default: explainValue(node, problem, at: place, &explanation)
            }
        }
        return explanation
    }

    private func text(of index: Int32) -> String {
        switch machine.program.origins[Int(index)].kind {
        case .all: "all"
        case .any: "any"
        case .not: "not"
        case .fragment(let name): "use: \(name)"
        case .operation(let test, let operation):
            "\(test.path.text) \(operation.text)" + (test.ifAbsent.map { ", if_absent: \($0.text())" } ?? "")
        }
    }

    private func explainValue(
        _ node: Node, _ problem: Problem?, at place: Machine.Place, _ explanation: inout Explanation
    ) {
        let spot = machine.locate(node.location, place)
        if explanation.truth == .unknown, let problem { explanation.causes = machine.causes(problem, spot, place) }
        guard [.some, .every, .none, .count].contains(node.opcode) else {
            explanation.values = [machine.evidence(spot, place)]
            return
        }
        guard let list = spot.value, list.kind == .array else {
            if explanation.truth != .unknown { explanation.values = [machine.evidence(spot, place)] }
            return
        }
        var elements: [Machine.Place] = []
        var iterator = list.children
        while let element = iterator.next() {
            elements.append(
                Machine.Place(
                    base: element, pointer: spot.pointer + [String(elements.count)], resource: place.resource,
                    isRoot: false))
        }
        guard node.childCount > 0 else {
            explanation.values = [machine.evidence(spot, place)]
            return
        }
        // What makes the list unknown is told by its elements, where they do.
        if elements.contains(where: { machine.truth(of: node, $0.base, place.scope) == .unknown }) {
            explanation.causes = []
        }
        let child = machine.children[Int(node.firstChild)]
        add(
            elements.map { element in
                let truth = machine.truth(of: node, element.base, place.scope)
                return (truth, "/" + JSONPointer.text(element.pointer), { self.explain(child, at: element) })
            }, node, &explanation)
    }

    private func explainRelated(
        _ node: Node, _ problem: Problem?, at place: Machine.Place, _ explanation: inout Explanation
    ) {
        guard let relations = machine.relations else { return }
        switch relations.targets(
            of: machine.program.relations[Int(node.location.index)], from: place.resource.pointee)
        {
        case .failure(let gap): explanation.causes = [gap.cause]
        case .success(let found):
            explanation.causes = found.missing
            if explanation.truth == .unknown, found.missing.isEmpty,
                !found.resources.contains(where: {
                    node.childCount > 0 && machine.truth(of: node, $0, relations) == .unknown
                })
            {
                explanation.causes = machine.causes(.badOperand, Machine.Spot(pointer: []), place)
            }
            guard node.childCount > 0 else { return }
            let child = machine.children[Int(node.firstChild)]
            add(
                found.resources.map { target in
                    let depth = machine.state.pointee.depth + 1
                    let name = relations.withResource(target, depth: depth) { "\($0.type.string) \($0.id.string)" }
                    let truth = machine.truth(of: node, target, relations)
                    return (
                        truth, name ?? "",
                        {
                            machine.state.pointee.depth += 1
                            defer { machine.state.pointee.depth -= 1 }
                            return relations.withResource(target, depth: machine.state.pointee.depth) { view in
                                withUnsafePointer(to: view) { pointer in
                                    explain(
                                        child,
                                        at: Machine.Place(
                                            base: view.config, pointer: [], resource: pointer, isRoot: false))
                                }
                            } ?? Explanation(text: "", truth: .unknown, values: [], causes: [], parts: [])
                        }
                    )
                }, node, &explanation)
        }
    }

    /// Adds elements, those that decide first.
    private func add(
        _ elements: [(truth: Truth, name: String, explain: () -> Explanation)], _ node: Node,
        _ explanation: inout Explanation
    ) {
        let decisive: Truth = node.opcode == .every ? .false : .true
        let order = elements.indices.sorted { left, right in
            let (a, b) = (rank(elements[left].truth, decisive), rank(elements[right].truth, decisive))
            return a == b ? left < right : a < b
        }
        for index in order.prefix(Self.mostElements) {
            let element = elements[index]
            let inner = element.explain()
            explanation.parts.append(
                Explanation(text: element.name, truth: element.truth, values: [], causes: [], parts: [inner]))
        }
        explanation.omitted = max(0, elements.count - Self.mostElements)
    }

    private func rank(_ truth: Truth, _ decisive: Truth) -> Int {
        truth == decisive ? 0 : truth == .unknown ? 1 : 2
    }
}
