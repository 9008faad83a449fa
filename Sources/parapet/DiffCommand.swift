internal import ArgumentParser
internal import Documents
internal import Git
internal import Glibc
internal import Posture
internal import Reports

/// `parapet diff`
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares the results of two scans: findings opened, resolved, waived, and grown worse.",
        discussion: """
            OLD and NEW are commits of the results branch, or days such as 2026-10-01, which stand for the newest results \
            up to their end. Without NEW it is the branch's newest commit; without both, that is compared with the one \
            before it.

            + opened or no longer waived, ▲ the same finding with a higher severity or more values that are wrong, \
            ~ otherwise changed, ? cannot be judged any more, x of a rule that does not run any more, w waived, - \
            resolved.
            """)

    @Argument(help: ArgumentHelp("The older results.", valueName: "old"))
    var old: String?

    @Argument(help: ArgumentHelp("The newer results.", valueName: "new"))
    var new: String?

    @Option(name: .long, help: "Only this tenant.")
    var tenant: String?

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func run() throws {
        let results = try ResultsHistory(options)
        let after = try new.map { try results.commit($0) } ?? results.tip()
        let before = try old.map { try results.commit($0) } ?? predecessor(of: after, results)
        let known = try results.tenants(at: after)
        if let tenant, !known.contains(tenant) {
            throw CommandFailure(
                .configuration, "there are no results of `\(tenant)` at \(after.short)",
                help: suggestion(for: tenant, among: known))
        }
        let console = Console.standard
        var reports: [PostureDifferenceReport] = []
        for name in tenant.map({ [$0] }) ?? known {
            let postures = try results.postures(name, at: [before, after])
            guard let newer = postures[1] else { continue }
            guard let older = postures[0] else {
                console.note("\(name) has no results at \(before.short): there is nothing to compare with")
                continue
            }
            let difference = PostureDifference(from: older, to: newer)
            // Of several tenants, those that changed.
            guard tenant != nil || known.count == 1 || !difference.isEmpty else { continue }
            let report = PostureDifferenceReport(difference)
            switch format {
            case .json: reports.append(report)
            case .text: console.print(report.text(console.output) + "\n")
            }
        }
        if format == .json {
            PostureDifferenceReport.write(reports, to: ReportOutput { FileHandleText.write($0, to: STDOUT_FILENO) })
        }
        UntilExit.keep(reports)
    }

    private func predecessor(of commit: ObjectID, _ results: ResultsHistory) throws(CommandFailure) -> ObjectID {
        do throws(GitError) {
            if let parent = try results.repository.parents(of: commit).first { return parent }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(.configuration, "\(commit.short) is the first scan: there is nothing to compare with")
    }
}
