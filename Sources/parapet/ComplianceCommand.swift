internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Rules
internal import Scanning
internal import Workspace

/// `parapet compliance`
struct ComplianceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compliance",
        abstract: "Shows how a tenant stands against a framework, and the shortest way to a better percentage.",
        discussion: """
            The newest recorded scan is judged by the policy that was recorded with it. A control without a rule that runs is \
            not covered, never passed; a control with anything unknown, or with a rule that does not run, has not passed \
            either. The percentage is passed / (passed + failed + unknown).

            --roadmap orders the open findings so that the fewest fixes let the most controls pass, as a checklist with \
            commands. --evidence says for each control which resources were looked at, when, by which rule in which \
            revision, as JSON.
            """)

    @Argument(help: "The framework; may be left out where the tenant has one.")
    var framework: String?

    @Option(name: .long, help: "The tenant; may be left out where there is one.")
    var tenant: String?

    @Flag(name: .long, help: "Show what to fix first.")
    var roadmap = false

    @Flag(name: .long, help: "Show what the state of each control rests on.")
    var evidence = false

    @OptionGroup var options: RepositoryOptions

    @Option(name: .long, help: "text, markdown, json or csv.")
    var format: ComplianceFormat = .text

    func validate() throws {
        guard !(roadmap && evidence) else {
            throw ValidationError("--roadmap and --evidence are two reports: ask for one")
        }
        guard !(roadmap && format == .csv) else {
            throw ValidationError("--roadmap is text, markdown or json")
        }
    }

    func run() throws {
        let content = try BuiltinContent.load()
        let results = try ResultsHistory(options)
        let name = try only(
            tenant, of: try results.tenants(at: results.tip()), kind: "tenant", option: "--tenant NAME")
        let outcome = try results.newestOutcome(of: name, content.catalog)
        let posture = outcome.posture
        let id = try only(
            framework, of: posture.compliance.map(\.framework.id), kind: "framework", option: "its name",
            none: "the tenant \(name) names no framework: add `frameworks: [soc2-tsc]` to its file, and scan")
        guard let compliance = posture.compliance.first(where: { $0.framework.id == id }) else { return }
        let console = Console.standard
        if evidence {
            let revisions = try revisions(outcome.policy)
            console.print(
                ControlEvidenceJSON.render(
                    compliance, of: posture, verdicts: outcome.verdicts, revisions: revisions))
        } else if roadmap {
            let report = RoadmapReport(
                Roadmap(compliance, open: posture.findings), of: compliance, tenant: name)
            switch format {
            case .json: console.print(report.json)
            case .markdown: console.print(report.markdown)
            case .text, .csv: console.print(report.text(console.output))
            }
        } else {
            switch format {
            case .json: console.print(ComplianceJSON.render(compliance, tenant: name))
            case .markdown: console.print(ComplianceMarkdown.render(compliance, tenant: name))
            case .csv: console.print(lines: ComplianceCSV.render(compliance))
            case .text: console.print(ComplianceText.render(compliance, tenant: name, console.output))
            }
        }
    }

    /// What was named, if it is there; the only one that there is, where nothing was.
    private func only(
        _ wanted: String?, of names: [String], kind: String, option: String, none: String? = nil
    ) throws(CommandFailure) -> String {
        if let wanted {
            guard !names.contains(wanted) else { return wanted }
            throw CommandFailure(
                .configuration, "there are no results of the \(kind) `\(wanted)`",
                help: suggestion(for: wanted, among: names) ?? none)
        }
        guard let name = names.first else {
            throw CommandFailure(.configuration, "there are no results of any \(kind)", help: none)
        }
        guard names.count == 1 else {
            throw CommandFailure(
                .configuration, "there are \(names.count) \(kind)s",
                help: "name one with \(option): \(names.joined(separator: ", "))")
        }
        return name
    }

    /// Names the text of each rule, as git does.
    private func revisions(_ policy: EffectivePolicy) throws(CommandFailure) -> [String: String] {
        var revisions: [String: String] = [:]
        for loaded in policy.rules {
            do {
                revisions[loaded.rule.id] = try Repository.blobID(of: loaded.source.bytes).description
            } catch {
                throw CommandFailure(error)
            }
        }
        return revisions
    }
}

enum ComplianceFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json, csv
}
