internal import Documents
public import Resources

/// Runs the tests of rules against mutants of the rules, to see what they would not notice.
public struct MutationRunner: Sendable {
    private let catalog: ResourceCatalog
    private let fragments: [String: Fragment]
    private let tables: [String: Table]

    public init(
        catalog: ResourceCatalog, fragments: [String: Fragment] = [:], tables: [String: Table] = [:]
    ) {
        self.tables = tables
        self.catalog = catalog
        self.fragments = fragments
    }

    /// What the tests of the rules, which have to pass, make of the mutants of the rules and of the fragments that they use.
    /// A mutant is killed when any test fails on it; of a fragment, any test of the rules that use it. `jobs` are
    /// tried at once; the outcome does not depend on how many.
    public func run(_ rules: [Rule], jobs: Int) async -> MutationResults {
        let subjects = self.subjects(rules)
        let trials = subjects.indices.flatMap { subject in
            subjects[subject].mutants.indices.map { Trial(subject: subject, mutant: $0) }
        }
        let step = max(1, jobs) * 4
        let survivors = await withTaskGroup(of: [Trial].self) { group in
            var next = 0
            func start() {
                guard next < min(step, trials.count) else { return }
                let slice = stride(from: next, to: trials.count, by: step).map { trials[$0] }
                group.addTask { slice.filter { !isKilled(subjects[$0.subject].mutants[$0.mutant]) } }
                next += 1
            }
            for _ in 0..<max(1, jobs) { start() }
            var survivors: Set<Trial> = []
            while let found = await group.next() {
                survivors.formUnion(found)
                start()
            }
            return survivors
        }
        return MutationResults(
            subjects: subjects.indices.map { index in
                let subject = subjects[index]
                let alive = subject.mutants.indices.filter { survivors.contains(Trial(subject: index, mutant: $0)) }
                return MutationResults.Subject(
                    kind: subject.kind, name: subject.name, path: subject.path, mutants: subject.mutants.count,
                    survivors: alive.map { subject.mutants[$0].change })
            })
    }

    private struct Subject: Sendable {
        var kind: MutationResults.Kind
        var name: String
        var path: String
        var mutants: [Mutant]
    }

    /// A mutant with all rules that can tell it from the original.
    private struct Mutant: Sendable {
        var rules: [Rule]
        var fragments: [String: Condition]
        var change: MutationChange
    }

    private struct Trial: Hashable, Sendable {
        var subject: Int
        var mutant: Int
    }

    private func subjects(_ rules: [Rule]) -> [Subject] {
        let mutations = Mutations(catalog: catalog)
        let conditions = fragments.mapValues(\.condition)
        let ofRules = rules.map { rule in
            Subject(
                kind: .rule, name: rule.id, path: rule.path,
                mutants: mutations.mutants(of: rule).map {
                    Mutant(rules: [$0.subject], fragments: conditions, change: $0.change)
                })
        }
        let ofFragments = fragments.values.sorted { $0.name.precedesByBytes($1.name) }.compactMap {
            fragment -> Subject? in
            let users = rules.filter { uses($0).contains(fragment.name) }
            guard !users.isEmpty else { return nil }
            return Subject(
                kind: .fragment, name: fragment.name, path: fragment.path,
                mutants: mutations.mutants(of: fragment).map { mutation in
                    Mutant(
                        rules: users, fragments: conditions.merging([fragment.name: mutation.subject]) { $1 },
                        change: mutation.change)
                })
        }
        return ofRules + ofFragments
    }

    /// The fragments that a rule uses, through others too.
    private func uses(_ rule: Rule) -> Set<String> {
        var found: Set<String> = []
        var open = (rule.applicability?.uses ?? []) + rule.condition.uses
        while let name = open.popLast() {
            if found.insert(name).inserted { open += fragments[name]?.condition.uses ?? [] }
        }
        return found
    }

    /// Test after test, until one fails.
    private func isKilled(_ mutant: Mutant) -> Bool {
        let runner = RuleTestRunner(catalog: catalog, fragments: mutant.fragments, tables: tables)
        return mutant.rules.contains { rule in
            rule.tests.contains { test in
                var single = rule
                single.tests = [test]
                return runner.run(single).contains { $0.fault != nil }
            }
        }
    }
}
