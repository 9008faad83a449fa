internal import Documents
internal import Resources

/// What the second walk over a decided condition gathers.
struct Witnesses {
    var evidence: [Evidence] = []
    var causes: [UnknownCause] = []
    /// Elements that `as` names.
    var bindings: [String: Cursor] = [:]

    mutating func add(_ item: Evidence) {
        if !evidence.contains(item) { evidence.append(item) }
    }

    mutating func add(_ cause: UnknownCause) {
        if !causes.contains(cause) { causes.append(cause) }
    }
}

/// Decides conditions on one resource by walking their trees.
struct ConditionEvaluator {
    let context: EvaluationContext
    let parameters: [String: JSON]
    let root: Cursor

    func truth(_ condition: Condition, _ cursor: Cursor) -> Truth {
        switch condition {
        case .all(let parts): Truth.all(parts.lazy.map { truth($0, cursor) })
        case .any(let parts): Truth.any(parts.lazy.map { truth($0, cursor) })
        case .not(let inner): !truth(inner, cursor)
        case .use(let name, _): context.fragments[name].map { truth($0, cursor) } ?? .unknown
        case .test(let test): Truth.all(test.operations.lazy.map { decide($0, of: test, cursor).truth })
        }
    }

    /// Gathers the smallest set of values on which the truth of a condition rests.
    func gather(_ condition: Condition, _ cursor: Cursor, into witnesses: inout Witnesses) {
        switch condition {
        case .all(let parts): gather(parts, cursor, decisive: .false, into: &witnesses)
        case .any(let parts): gather(parts, cursor, decisive: .true, into: &witnesses)
        case .not(let inner): gather(inner, cursor, into: &witnesses)
        case .use(let name, _):
            if let fragment = context.fragments[name] { gather(fragment, cursor, into: &witnesses) }
        case .test(let test):
            let decisions = test.operations.map { decide($0, of: test, cursor) }
            let outcome = Truth.all(decisions.map(\.truth))
            for decision in decisions where decision.truth == outcome {
                decision.gather(&witnesses)
                if outcome == .false { break }
            }
        }
    }

    /// One decisive part is enough; without one, all parts with the outcome's value count.
    private func gather(_ parts: [Condition], _ cursor: Cursor, decisive: Truth, into witnesses: inout Witnesses) {
        let truths = parts.map { truth($0, cursor) }
        if let index = truths.firstIndex(of: decisive) {
            gather(parts[index], cursor, into: &witnesses)
        } else {
            let outcome: Truth = truths.contains(.unknown) ? .unknown : !decisive
            for (part, value) in zip(parts, truths) where value == outcome { gather(part, cursor, into: &witnesses) }
        }
    }
}

/// The truth of one operator, with what it rests on.
struct Decision {
    var truth: Truth
    var gather: (inout Witnesses) -> Void

    init(_ truth: Truth, _ gather: @escaping (inout Witnesses) -> Void = { _ in }) {
        self.truth = truth
        self.gather = gather
    }

    init(_ truth: Truth, on cursor: Cursor) {
        self.init(truth) { $0.add(cursor.evidence) }
    }

    static func unknown(_ cause: UnknownCause) -> Decision {
        Decision(.unknown) { $0.add(cause) }
    }
}
