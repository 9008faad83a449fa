/// Looks for something that a request can carry: so that all conditions hold, and of each denial one does not.
struct ContextSearch {
    private struct Choice {
        var content: PolicyCondition.Content
        /// The denials that it escapes, by position.
        var escapes: Set<Int>
    }

    private var keys: [(name: String, choices: [Choice])] = []
    private var denials: Int

    /// Nil where a condition cannot be met.
    init?(
        _ prospect: PolicyProspect, required: [PolicyCondition], denials: [[PolicyCondition]], _ effort: inout Effort
    ) {
        self.denials = denials.count
        var names: [String] = []
        for condition in required + denials.flatMap({ $0 }) where !names.contains(condition.key) {
            names.append(condition.key)
        }
        for name in names {
            let asked = required.filter { $0.key == name }
            let denied = denials.enumerated().flatMap { index, conditions in
                conditions.filter { $0.key == name }.map { (index, $0) }
            }
            var choices: [Choice] = []
            for content in prospect.contents(of: name, asked: asked + denied.map(\.1), &effort) {
                guard !effort.isSpent else { return nil }
                guard asked.allSatisfy({ $0.holds(for: content, &effort) == .true }) else { continue }
                let escapes = Set(denied.filter { $0.1.holds(for: content, &effort) == .false }.map(\.0))
                choices.append(Choice(content: content, escapes: escapes))
            }
            if choices.isEmpty, !asked.isEmpty { return nil }
            if !choices.isEmpty { keys.append((name, choices)) }
        }
    }

    private static let maximumTries = 4_096

    func isPossible(_ effort: inout Effort) -> Bool {
        var tries = 0
        return descend(0, Set(0..<denials), organization: nil, &tries, &effort)
    }

    /// `organization`: the one that the keys chosen so far tell, empty for none.
    private func descend(
        _ depth: Int, _ remaining: Set<Int>, organization: String?, _ tries: inout Int, _ effort: inout Effort
    ) -> Bool {
        tries += 1
        effort.spend(1 + remaining.count)
        guard tries <= Self.maximumTries else { return false }
        guard depth < keys.count else { return remaining.isEmpty }
        for choice in keys[depth].choices {
            var organization = organization
            if let told = Self.organization(keys[depth].name, choice.content) {
                // One request, one organisation.
                if let known = organization, known != told { continue }
                organization = told
            }
            if descend(depth + 1, remaining.subtracting(choice.escapes), organization: organization, &tries, &effort) {
                return true
            }
        }
        return false
    }

    private static func organization(_ name: String, _ content: PolicyCondition.Content) -> String? {
        guard name == "aws:principalorgid" || name == "aws:principalorgpaths" else { return nil }
        guard case .value(let text) = content else { return "" }
        return String(text.prefix { $0 != "/" })
    }
}
