internal import Documents
internal import Posture
internal import Reports
internal import Resources
internal import Rules
internal import Workspace

/// Where reports take a tenant's posture from: its last recorded snapshot, judged by the configuration at a revision.
struct PostureSource {
    let workspace: Workspace
    private let options: RepositoryOptions
    private let content: BuiltinContent

    init(_ options: RepositoryOptions) throws {
        content = try BuiltinContent.load()
        self.options = options
        workspace = try RuleSource(repository: options, worktree: false, policies: nil).load(content)
    }

    func posture(of tenant: Tenant) throws(CommandFailure) -> Posture {
        let input = try SnapshotInput.read("\(workspace.settings.snapshotsBranch):\(tenant.name)", in: options)
        let moment = try input.moment(nil)
        var snapshot = try input.snapshot(at: moment)
        snapshot.account = tenant.account
        snapshot.partition = tenant.role.split(separator: ":").dropFirst().first.map(String.init) ?? "aws"
        let policy = workspace.policy(for: tenant, at: moment)
        let context = EvaluationContext(
            catalog: content.catalog, snapshot: snapshot, fragments: workspace.fragments.mapValues(\.condition),
            tables: workspace.tables, trust: tenant.trust)
        let posture = Posture.evaluate(
            tenant: tenant.name, rules: policy.rules.map(\.rule), settings: policy.settings,
            frameworks: policy.frameworks, exceptions: policy.exceptions, in: context
        ).posture
        return posture.carryingOver(try earlierFindings(of: tenant)?.findings ?? [])
    }

    /// What the results branch says of the tenant; nil where it has nothing yet.
    private func earlierFindings(of tenant: Tenant) throws(CommandFailure) -> EarlierFindings? {
        do {
            return try RecordedResults(options, branch: workspace.settings.resultsBranch).findings(of: tenant)
                .flatMap(EarlierFindings.init)
        } catch {
            throw CommandFailure(error)
        }
    }
}
