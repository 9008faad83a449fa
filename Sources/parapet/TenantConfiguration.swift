internal import AWSModels
internal import Documents
internal import Git
internal import Workspace

/// The tenants of a repository, and by what they are collected and judged: read at a revision, without errors.
struct TenantConfiguration {
    let workspace: Workspace
    private let revision: String

    init(_ opened: OpenedRepository, _ options: RepositoryOptions, _ content: BuiltinContent) throws {
        let loaded: (workspace: Workspace, diagnostics: [Diagnostic])
        do {
            loaded = try WorkspaceLoader.load(
                opened.tree, catalog: content.catalog, regions: content.endpoints.knownRegions)
        } catch {
            throw CommandFailure(.configuration, error.message)
        }
        Console.standard.show(loaded.diagnostics)
        let errors = loaded.diagnostics.count { $0.severity == .error && !$0.isOfWaiver }
        guard errors == 0 else {
            throw CommandFailure(
                .configuration,
                "nothing was scanned: \(count(errors, "error")) in the configuration at \(options.revision)")
        }
        let faulty = loaded.diagnostics.count { $0.severity == .error }
        if faulty > 0 {
            Console.standard.note("waivers with faults waive nothing, which becomes a finding; the scan goes on")
        }
        workspace = loaded.workspace
        revision = options.revision
    }

    /// The tenants with these names; all where none is named.
    func tenants(_ wanted: [String]) throws(CommandFailure) -> [Tenant] {
        guard !workspace.tenants.isEmpty else {
            throw CommandFailure(.configuration, "there are no tenants", help: "add one below tenants/, and commit it")
        }
        for name in wanted { _ = try workspace.tenant(name) }
        return workspace.tenants.filter { wanted.isEmpty || wanted.contains($0.name) }
    }

    /// Edits that are not committed do not count: say so.
    func noteUncommitted(_ repository: Repository) {
        let folders = ["parapet.yaml", "tenants/", "policies/", "frameworks/", "waivers/"]
        guard let changed = try? repository.changedPaths(limit: 1_000) else { return }
        let relevant = changed.filter { path in folders.contains { path.hasPrefix($0) } }
        guard let first = relevant.first else { return }
        let more = relevant.count > 1 ? " and \(relevant.count - 1) more" : ""
        Console.standard.warning(
            "\(first)\(more) has changes that are not committed; the scan uses \(revision)")
    }
}
