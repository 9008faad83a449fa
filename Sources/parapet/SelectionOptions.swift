internal import ArgumentParser
internal import Documents
internal import Resources
internal import Scanning
internal import Workspace

/// The options that ask for a part of a scan.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Only this rule; can be repeated. Only what it needs is collected, and nothing lands.", valueName: "id"),
        completion: .custom { _, _, _ in KnownRules.completions() })
    var rules: [String] = []

    @Option(
        name: .customLong("service"),
        help: ArgumentHelp(
            "Only rules of this scanner, or on types of this service, such as s3; can be repeated. Nothing lands.",
            valueName: "name"))
    var services: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only this resource: whether a fix has worked. Nothing lands, since the result is a part.",
            valueName: "arn"))
    var resource: String?

    /// Nil where nothing is named, which is the whole.
    func selection(_ workspace: Workspace, _ catalog: ResourceCatalog) throws(CommandFailure) -> ScanSelection? {
        guard !rules.isEmpty || !services.isEmpty || resource != nil else { return nil }
        do {
            return try ScanSelection(rules: rules, services: services, arn: resource, workspace, catalog)
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    init(_ fault: ScanSelection.Fault) { self.init(.configuration, fault.message, help: fault.help) }
}

/// The last snapshot of a tenant, as it stands on its branch here.
enum LastSnapshot {
    /// Nil where there is none that can be read.
    static func read(_ tenant: Tenant, _ workspace: Workspace, in repository: RepositoryOptions) -> Snapshot? {
        guard
            let input = try? SnapshotInput.read("\(workspace.settings.snapshotsBranch):\(tenant.name)", in: repository)
        else { return nil }
        return try? input.snapshot(at: input.collectedAt ?? .now())
    }
}
