internal import ArgumentParser
internal import Documents
internal import Git
internal import Resources
internal import Scanning
internal import Workspace

/// `parapet verify`
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judges recorded scans again, and compares the results in git with that, byte for byte.",
        discussion: """
            A commit on the results branch names the commit of its snapshot, with which the policy is recorded: rules, \
            parameters, waivers. From these, and from the results before, findings, reports and the commit's message are \
            made again. Where one byte differs, the results were not made by this version of Parapet from that snapshot.

            Without COMMIT, the newest results are verified. Exit code 1 says that something differs.
            """)

    @Argument(help: ArgumentHelp("A commit on the results branch.", valueName: "commit"))
    var commit: String?

    @Flag(name: .long, help: "Verify the commits before it, too, back to the first.")
    var all = false

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: "text or json.")
    var format: EvaluationFormat = .text

    func run() throws {
        let content = try BuiltinContent.load()
        let results = try ResultsHistory(options)
        let console = Console.standard
        var lines: [JSON] = []
        var hasFailed = false
        let commits = try results.commits(from: commit, all: all)
        for (index, commit) in commits.enumerated() {
            let step = "verifying \(index + 1) of \(commits.count)"
            if commits.count > 1, console.isInteractive { console.progress(step, bar: { _ in step }) }
            let verification = try verify(commit, results, content.catalog)
            hasFailed = hasFailed || !verification.holds
            console.endProgress()
            switch format {
            case .json: lines.append(json(verification))
            case .text: console.print(text(verification, console.output))
            }
        }
        if format == .json { console.print(JSON.array(lines)) }
        if hasFailed { throw ExitStatus.findings }
    }

    private func verify(
        _ commit: ObjectID, _ results: ResultsHistory, _ catalog: ResourceCatalog
    ) throws(CommandFailure) -> Verification {
        let scan = try results.scan(of: commit)
        do {
            return try Verification(scan, in: results.repository, catalog)
        } catch {
            throw CommandFailure(.incomplete, "\(commit.short) cannot be verified: \(error.message)")
        }
    }

    private func text(_ verification: Verification, _ style: TextStyle) -> String {
        let scan = verification.scan
        let head = "\(scan.results.short) \(scan.tenant) \(scan.moment): "
        guard !verification.holds else {
            return style.paint("verified ", .good) + head + "\(count(verification.count, "file")) made again, all equal"
        }
        var lines = [
            style.paint("differs  ", .error) + head + verification.differing.map(\.inert).joined(separator: ", ")
        ]
        if scan.version != Parapet.version {
            lines.append("  \(scan.version) made it, and this is \(Parapet.version): verify with that version")
        }
        return lines.joined(separator: "\n")
    }

    private func json(_ verification: Verification) -> JSON {
        let scan = verification.scan
        return [
            "commit": .string(scan.results.description), "tenant": .string(scan.tenant),
            "time": .string(scan.moment.description), "snapshot": .string(scan.snapshot.description),
            "version": .string(scan.version), "verified": .bool(verification.holds),
            "differing": .array(verification.differing.map(JSON.string)),
        ]
    }
}
