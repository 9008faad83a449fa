internal import Documents

extension Machine {
    /// An operator on a policy document.
    func decidePolicy(_ node: Node, _ value: TapeValue, _ scope: Scope) -> Truth {
        // Most documents have nothing to do with the question, and their text shows it.
        if node.opcode == .admin, !value.mayGrantEverything { return Truth(!node.flag) }
        let answer = policy(node, [value.json], in: scope)
        if answer.truth == .unknown { state.pointee.problem = .policy(answer.reasons) }
        return answer.truth
    }

    /// What policy documents say together, to the question of a node.
    func policy(_ node: Node, _ documents: [JSON], boundary: JSON? = nil, in scope: Scope) -> PolicyAnswer {
        let set = PolicySet(documents: documents, boundary: boundary)
        var trust = trust
        trust.account = scope.resource.pointee.account.string
        var answer: PolicyAnswer
        switch (node.opcode, node.operand) {
        case (.allows, .entry(let index)): answer = set.judge(program.grants[Int(index)], trust: trust)
        case (.denies, .entry(let index)): answer = set.judgeDenies(program.grants[Int(index)], trust: trust)
        case (.escalates, _): answer = set.judgePrivilegeEscalation(trust: trust)
        default: answer = set.judgeAdministration()
        }
        if !node.flag { answer.truth = !answer.truth }
        return answer
    }
}

extension TapeValue {
    /// False where no statement allows, or none that does has a wildcard among its actions: then the document does not
    /// grant everything. Anything that is not plainly so may.
    fileprivate var mayGrantEverything: Bool {
        guard kind == .object, let statements = member(named: "Statement") else { return true }
        for statement in statements.elements {
            guard statement.kind == .object, let effect = statement.member(named: "Effect"), effect.kind == .string
            else {
                return true
            }
            if effect.text.equals("Deny") { continue }
            guard effect.text.equals("Allow"), statement.member(named: "NotAction") == nil,
                let actions = statement.member(named: "Action")
            else { return true }
            for action in actions.elements {
                // Whatever matches all services' actions starts so.
                guard action.kind == .string, let first = action.text.first else { return true }
                if first == UInt8(ascii: "*") || first == UInt8(ascii: "?") { return true }
            }
        }
        return false
    }
}
