internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Review
internal import Rules
internal import Workspace

/// What the command line says of a review's gate; what it does not say, the base does.
struct ReviewGateOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Exit with 1 on findings of this severity or worse; the base's gate.fail_on where it is left out.",
            valueName: "severity"))
    var failOn: ReviewThreshold?

    @Flag(name: .long, help: "Count what is open anyway, too, and not only what the change opens.")
    var all = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A commit of the results branch: findings that are open there do not count as new.", valueName: "rev"))
    var baseline: String?

    func gate(of reviewer: Reviewer, _ review: Review) throws(CommandFailure) -> ReviewGate {
        var gate = ReviewGate(reviewer.settings.gate)
        if let failOn { gate.failOn = failOn.severity }
        if all { gate.newOnly = false }
        if let baseline { gate.known = try known(baseline, reviewer.repository, review) }
        return gate
    }

    /// Open findings at a commit, by tenant.
    private func known(
        _ revision: String, _ repository: Repository, _ review: Review
    ) throws(CommandFailure) -> [String: Set<String>] {
        do throws(GitError) {
            let commit = try repository.resolveCommit(revision)
            var known: [String: Set<String>] = [:]
            for tenant in review.tenants.map(\.name) {
                let results = try PreviousResults(of: tenant, in: commit, repository, withOthers: false)
                guard let findings = results.findings.flatMap(EarlierFindings.init) else { continue }
                known[tenant] = Set(findings.findings.map(\.id)).subtracting(findings.waived)
                    .subtracting(findings.undecided)
            }
            return known
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// `high`, or `never`.
struct ReviewThreshold: ExpressibleByArgument {
    /// Nil: never.
    var severity: Severity?

    init?(argument: String) {
        guard argument != "never" else { return }
        guard let severity = Severity(rawValue: argument) else { return nil }
        self.severity = severity
    }

    static var allValueStrings: [String] { Severity.allCases.map(\.rawValue) + ["never"] }
}
