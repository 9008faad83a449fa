import Testing

/// Counts the cases of a suite and says which fail.
struct SuiteTally {
    let name: String
    private var passed: Set<String> = []
    private var passedCount = 0
    private var ignoredCount = 0
    private var failures: [(id: String, detail: String)] = []

    init(_ name: String) { self.name = name }

    mutating func count(_ id: String, _ isGood: Bool, _ detail: @autoclosure () -> String) {
        if isGood {
            passed.insert(id)
            passedCount += 1
        } else {
            failures.append((id, detail()))
        }
    }

    /// A case that the suite itself says to leave out.
    mutating func ignore() { ignoredCount += 1 }

    /// Prints the counts. Fails for each case that is not known to fail, and for a known failure that passes.
    func finish(known: [String: String] = [:]) {
        let unknown = failures.filter { known[$0.id] == nil }
        let accepted = Dictionary(grouping: failures.compactMap { known[$0.id] }) { $0 }
        var line = "suite \(name): \(passedCount) of \(passedCount + failures.count) pass"
        for (reason, cases) in accepted.sorted(by: { $0.key < $1.key }) {
            line += ", \(cases.count) left out: \(reason)"
        }
        print(ignoredCount == 0 ? line : line + "; \(ignoredCount) on the suite's own ignore list")
        for failure in unknown { Issue.record("\(name): \(failure.id): \(failure.detail)") }
        for id in passed where known[id] != nil { Issue.record("\(name): \(id) passes: it is known to fail no more") }
        #expect(passedCount > 0)
    }
}
