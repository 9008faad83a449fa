internal import Documents

extension Mutations {
    /// Changes of where the documents stand that count together.
    func documents(of test: Condition.Test) -> [Mutation<Condition>] {
        guard case .documents(let sources) = test.path.kind else { return [] }
        func changed(_ description: String, _ hint: String, _ change: (inout PolicySources) -> Void) -> Mutation<
            Condition
        > {
            var (copy, other) = (test, sources)
            change(&other)
            copy.path.kind = .documents(other)
            return Mutation(.test(copy), MutationChange(at: test.span, description, hint: hint))
        }
        var found: [Mutation<Condition>] = []
        for (index, way) in sources.granting.enumerated() where sources.granting.count > 1 {
            found.append(
                changed("`\(way.text)` was dropped", "a test whose verdict rests on what stands at `\(way.text)`") {
                    $0.granting.remove(at: index)
                })
        }
        if let boundary = sources.boundary {
            found.append(
                changed(
                    "`boundary: \(boundary.text)` was dropped",
                    "a test in which a policy grants what the boundary does not"
                ) { $0.boundary = nil })
        }
        return found
    }

    /// Changes of `allows` and `denies`.
    func grants(_ operation: Operation, _ query: GrantQuery) -> [Mutation<Operation>] {
        var found: [Mutation<Operation>] = []
        func add(_ description: String, _ hint: String, _ change: (inout GrantQuery) -> Void) {
            var copy = query
            change(&copy)
            found.append(
                Mutation(operation.with(.grants(copy)), MutationChange(at: operation.span, description, hint: hint)))
        }
        let verb = operation.name == .denies ? "denies" : "allows"
        if let principal = query.principal {
            add(
                "`principal: \(principal.rawValue)` was dropped",
                "a test with a policy that \(verb) it to somebody else only"
            ) { $0.principal = nil }
        }
        func dropEach(
            _ key: WritableKeyPath<GrantQuery, [String]>, _ kind: String, atLeast least: Int, _ hint: (String) -> String
        ) {
            guard query[keyPath: key].count >= least else { return }
            for (index, element) in query[keyPath: key].enumerated() {
                add("the \(kind) `\(element)` was dropped", hint(element)) { $0[keyPath: key].remove(at: index) }
            }
        }
        // Without any action a query asks for nothing, and without any name for everybody.
        dropEach(\.actions, "action", atLeast: 2) { "a test with a policy that \(verb) `\($0)` alone" }
        dropEach(\.named, "principal", atLeast: 1) {
            "a test with a policy that \(verb) it to all but `\($0)`, or to it alone"
        }
        dropEach(\.resources, "resource", atLeast: 1) {
            "a test with a policy that \(verb) it on all but `\($0)`, or on it alone"
        }
        dropEach(\.lacks, "condition key", atLeast: 1) { "a test with a policy that restricts by `\($0)` alone" }
        for (key, value) in query.context.sorted(by: { $0.key < $1.key }) {
            add("`\(key): \(value)` of `context` was dropped", "a test with a policy that asks for another `\(key)`") {
                $0.context[key] = nil
            }
        }
        for other in GrantQuery.Conditions.allCases where other != query.conditions {
            add(
                "`conditions: \(query.conditions.rawValue)` became `\(other.rawValue)`",
                "a test with a policy that \(verb) it under a condition"
            ) { $0.conditions = other }
        }
        return found
    }
}
