public import Documents
public import Git
internal import Posture
public import Resources
internal import Rules
internal import Scanning
public import Workspace

/// Makes reviews of changes of a repository's configuration. Reads the repository alone: no network, no credentials, and
/// nothing is written.
///
/// Gates, limits of waivers and places of results are those of the base, whatever the head says.
public struct Reviewer {
    public let repository: Repository
    public let base: ObjectID
    /// The base's: all that decides about the review.
    public var settings: Settings { workspace.settings }

    private let workspace: Workspace
    private let catalog: ResourceCatalog
    private let regions: [String]
    private let version: String

    /// Why there is no review.
    public struct Fault: Error {
        public let message: String
        /// Of the base.
        public let diagnostics: [Diagnostic]
    }

    /// Reads the base.
    ///
    /// - Parameters:
    ///   - regions: those that tenants may name.
    ///   - version: of this program. Numbers of scans that another one made are not used: then all is judged again.
    /// - Throws: where the base has errors, other than in waivers.
    public init(
        _ repository: Repository, base: ObjectID, catalog: ResourceCatalog, regions: [String], version: String
    ) throws(Fault) {
        self.repository = repository
        self.base = base
        self.catalog = catalog
        self.regions = regions
        self.version = version
        let (workspace, diagnostics) = try Self.load(repository, base, catalog, regions)
        let errors = diagnostics.count { $0.severity == .error && !$0.isOfWaiver }
        guard errors == 0 else {
            throw Fault(
                message: "the configuration at the base \(base.short) has \(errors == 1 ? "an error" : "errors")",
                diagnostics: diagnostics)
        }
        self.workspace = workspace
    }

    private static func load(
        _ repository: Repository, _ commit: ObjectID, _ catalog: ResourceCatalog, _ regions: [String]
    ) throws(Fault) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        do {
            return try WorkspaceLoader.load(RevisionTree(repository, at: commit), catalog: catalog, regions: regions)
        } catch {
            throw Fault(message: error.message, diagnostics: [])
        }
    }

    /// Compares the head with the base.
    ///
    /// - Parameters:
    ///   - approvals: who approved the head, for the waivers that it adds.
    ///   - now: by which snapshots are stale.
    ///   - tenants: whether a tenant is compared, by its name.
    public func review(
        _ head: ObjectID, approvals: Approvals, at now: Timestamp, tenants isWanted: (String) -> Bool = { _ in true }
    ) throws(Fault) -> Review {
        var (changed, diagnostics) = try Self.load(repository, head, catalog, regions)
        var review = Review(base: base.description, head: head.description, diagnostics: diagnostics)
        review.gateChanges = GateChanges.between(try settingsFile(base), try settingsFile(head))
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return review }
        // Limits of waivers and the like, too.
        changed.settings = settings
        let waivers = WaiverReview(base: workspace, head: changed, approvals: approvals)
        review.waivers = waivers.reviewed
        review.tests = RuleTests(catalog: catalog).summary(of: changed, since: workspace)
        review.places = try places(of: changed, head)
        let journal = try journal()
        let names = Set(workspace.tenants.map(\.name)).union(changed.tenants.map(\.name))
        review.tenants = names.filter(isWanted).sorted().map { name in
            TenantReview(name: name, state: state(of: name, changed, waivers, journal, at: now))
        }
        return review
    }

    private func state(
        of name: String, _ changed: Workspace, _ waivers: WaiverReview, _ journal: ObjectID?, at now: Timestamp
    ) -> TenantReview.State {
        guard let tenant = changed.tenants.first(where: { $0.name == name }) else { return .removed }
        guard let before = workspace.tenants.first(where: { $0.name == name }), before.account == tenant.account else {
            return .neverScanned
        }
        guard let journal else {
            let branch = settings.journalBranch
            return .unreadable(
                "there is no branch `\(branch)` here: scan first, or fetch it: git fetch origin \(branch):\(branch)")
        }
        do {
            guard let entry = try JournalEntry.newest(of: name, at: journal, in: repository) else {
                return .neverScanned
            }
            let scan = RecordedScan(entry)
            var head = changed.policy(for: tenant, at: scan.moment)
            waivers.apply(to: &head)
            var change = try TenantReviewer(repository: repository, catalog: catalog, version: version)
                .change(scan, base: workspace.policy(for: before, at: scan.moment), head: head)
            let age = now.microseconds - scan.moment.microseconds
            change.isStale = settings.gate.maxSnapshotAge.map { age > $0 * 1_000_000 } ?? false
            return .compared(change)
        } catch {
            return .unreadable("\(error)")
        }
    }

    /// The newest commit of the base's journal, here or as it was last fetched; nil where there is none.
    private func journal() throws(Fault) -> ObjectID? {
        let branch = settings.journalBranch
        do {
            return try repository.target(ofReference: Branches.reference(branch))
                ?? repository.target(ofReference: "refs/remotes/origin/\(branch)")
        } catch {
            throw Fault(message: "\(error)", diagnostics: [])
        }
    }

    /// Rules and tenants whose files are not the base's.
    private func places(of changed: Workspace, _ head: ObjectID) throws(Fault) -> ReviewPlaces {
        let known = try files(of: base)
        let new = try files(of: head)
        var places = ReviewPlaces()
        for loaded in changed.rules where loaded.origin == .repository {
            let path = loaded.rule.path
            guard new[path] != known[path] else { continue }
            places.rules[loaded.rule.id] = ReviewPlaces.Place(path: path, line: loaded.rule.idSpan.line)
        }
        for tenant in changed.tenants where new[tenant.path] != known[tenant.path] {
            places.tenants[tenant.name] = ReviewPlaces.Place(path: tenant.path, line: tenant.span.line)
        }
        return places
    }

    /// Names the contents of rules' and tenants' files, by path.
    private func files(of commit: ObjectID) throws(Fault) -> [String: ObjectID] {
        do throws(GitError) {
            var files: [String: ObjectID] = [:]
            for folder in ["policies", "tenants"] {
                for entry in try repository.entries(ofCommit: commit, under: folder) { files[entry.path] = entry.id }
            }
            return files
        } catch {
            throw Fault(message: error.message, diagnostics: [])
        }
    }

    private func settingsFile(_ commit: ObjectID) throws(Fault) -> [UInt8]? {
        let tree = RevisionTree(repository, at: commit)
        do {
            guard let entry = try tree.file(at: "parapet.yaml"), entry.kind == .file else { return nil }
            return try tree.read(entry, limit: YAMLLimits().size)
        } catch {
            // The faults of the file say so.
            if error.code == .tooLarge { return nil }
            throw Fault(message: error.message, diagnostics: [])
        }
    }
}
