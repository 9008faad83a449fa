internal import ArgumentParser
internal import Documents
internal import Git
internal import Posture
internal import Resources
internal import Scanning
internal import Site

/// `parapet site`
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Makes a static site of what the last scans found: findings, compliance and history of all tenants.",
        discussion: """
            What the newest scans have recorded is shown; nothing is collected. Open \
            index.html from the folder, or publish the folder: it needs no server of its own, and loads nothing from \
            elsewhere. The site names every weakness that is known: publish it only where access is restricted.

            DIR is a new or empty folder, or one that this command made: that one is replaced as a whole, once the new site is \
            written. The exit code says nothing of the findings; it is 3 where a tenant's newest scan cannot be read.
            """)

    @Option(name: .long, help: ArgumentHelp("Where to write the site.", valueName: "dir"))
    var output: String

    @Option(name: .long, help: "A tenant, as often as you like; default: all.")
    var tenant: [String] = []

    @Option(name: .long, help: ArgumentHelp("Leave out of the history what was before this day.", valueName: "day"))
    var since: Day?

    @OptionGroup var repository: RepositoryOptions

    func run() throws {
        let folder = try SiteFolder(output)
        let catalog = try BuiltinContent.load().catalog
        let results = try ResultsHistory(repository)
        let names =
            tenant.isEmpty
            ? try results.tenants(named: nil)
            : try Set(tenant).sorted().flatMap { try results.tenants(named: $0) }
        guard !names.isEmpty else {
            throw CommandFailure(.configuration, "there are no results of any tenant", help: "scan first: parapet scan")
        }
        let console = Console.standard
        var tenants: [SiteTenant] = []
        var findings = 0
        var faults = 0
        for name in names {
            let state = try state(of: name, results, catalog)
            switch state {
            case .judged(let posture, _): findings += posture.findings.count
            case .unjudged(let reason):
                console.warning(reason)
                faults += 1
            }
            tenants.append(SiteTenant(name: name, state: state))
        }
        let files = Site.files(of: SiteContent(tenants: tenants, version: Parapet.version))
        try folder.write(files)
        let count = names.count == 1 ? "1 tenant" : "\(names.count) tenants"
        console.print(
            "\(folder.path): \(files.count) files, \(count), \(findings) open findings".inert
                + (faults > 0 ? ", \(faults) that cannot be read" : ""))
        console.print(
            "open \(folder.path)/index.html in a browser, or publish the folder where access is restricted".inert)
        if faults > 0 { throw ExitStatus.incomplete }
    }

    /// What the newest scan found; why nobody can tell, where it cannot be read.
    private func state(
        of tenant: String, _ results: ResultsHistory, _ catalog: ResourceCatalog
    ) throws(CommandFailure) -> SiteTenant.State {
        let posture: Posture
        do throws(CommandFailure) {
            posture = try results.newestPosture(of: tenant, catalog)
        } catch {
            guard [.configuration, .incomplete].contains(error.status) else { throw error }
            return .unjudged(reason: error.message)
        }
        var recorded: [RecordedPosture] = []
        for commit in try results.commits(of: tenant, since: since?.start).reversed() {
            if let posture = try results.posture(tenant, at: commit) { recorded.append(posture) }
        }
        return .judged(posture, History(recorded))
    }
}
