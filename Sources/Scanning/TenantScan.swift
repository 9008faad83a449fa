public import AWS
public import AWSModels
public import Collection
public import Documents
internal import Posture
public import Resources
internal import Rules
public import Workspace

/// Collects and judges one tenant. What is made of it is the caller's business.
public struct TenantScan: Sendable {
    /// The same for all tenants of a run.
    public struct Environment: Sendable {
        public var workspace: Workspace
        public var catalog: ResourceCatalog
        public var endpoints: Endpoints
        /// Identifies the run: part of the session names in AWS's own logs.
        public var run: String
        public var version: String
        /// The commit whose configuration is used.
        public var revision: String
        /// Makes the digests of secrets that are found.
        public var digests: SecretDigests

        public init(
            workspace: Workspace, catalog: ResourceCatalog, endpoints: Endpoints, run: String, version: String,
            revision: String, digests: SecretDigests = SecretDigests()
        ) {
            self.workspace = workspace
            self.catalog = catalog
            self.endpoints = endpoints
            self.run = run
            self.version = version
            self.revision = revision
            self.digests = digests
        }
    }

    public let tenant: Tenant
    private let environment: Environment
    private let partition: Partition
    /// Nil for a whole scan.
    private let selection: ScanSelection?

    /// Throws where no partition of AWS fits the tenant's role.
    public init(
        _ tenant: Tenant, in environment: Environment, selection: ScanSelection? = nil
    ) throws(AWSError) {
        self.tenant = tenant
        self.selection = selection
        self.environment = environment
        let id = tenant.role.split(separator: ":").dropFirst().first.map(String.init) ?? "aws"
        guard let partition = environment.endpoints.partition(id) else {
            throw AWSError(.unknownRegion, "there is no partition `\(id)`", kind: .invalid)
        }
        self.partition = partition
    }

    /// The region that answers what has none.
    public var globalRegion: String { partition.implicitGlobalRegion }

    /// Where the tenant's role is assumed: STS answers in every region.
    public var sessionRegion: String {
        switch tenant.regions {
        case .listed(let regions): regions.first ?? globalRegion
        case .all: globalRegion
        }
    }

    /// The tenant's role, as it is taken on for a scan at `moment`: with its external ID, bounded by AWS's own read-only
    /// policies, and by the calls that the scan makes where that fits.
    public func roleSession(at moment: Timestamp, models: ModelLibrary) throws(AWSError) -> RoleSession {
        var session = try RoleSession(
            role: tenant.role, name: "parapet-\(environment.run)", externalID: try ExternalID(tenant.externalID))
        try session.setTags(
            tenant.session.tags.sorted { $0.key.precedesByBytes($1.key) }.map { (key: $0.key, value: $0.value) })
        if let identity = tenant.session.sourceIdentity { try session.setSourceIdentity(identity) }
        session.policyARNs = ["SecurityAudit", "job-function/ViewOnlyAccess"].map {
            "arn:\(partition.id):iam::aws:policy/\($0)"
        }
        if var actions = plan(policy(at: moment)).actions(models) {
            if case .all = tenant.regions { actions.insert(RegionList.action) }
            session.policy = SessionPolicy.denyingAll(but: actions, beside: session.policyARNs)
        }
        return session
    }

    /// What counts for the tenant; of a part of a scan, no framework can be told.
    func policy(at moment: Timestamp) -> EffectivePolicy {
        var policy = environment.workspace.policy(for: tenant, at: moment)
        if let selection {
            policy.rules = policy.rules.filter { selection.rules.contains($0.rule.id) }
            policy.frameworks = []
        }
        return policy
    }

    func plan(_ policy: EffectivePolicy) -> CollectionPlan {
        let dependencies = RuleDependencies(
            policy.rules.map(\.rule), fragments: environment.workspace.fragments, catalog: environment.catalog)
        let plan = CollectionPlan(
            catalog: environment.catalog, scanners: selection == nil ? tenant.scanners : [], dependencies: dependencies)
        guard let selection, let arn = selection.arn else { return plan }
        return plan.focused(on: selection.arnTypes.subtracting(dependencies.related), arn: arn)
    }

    /// Collects with a client that has the tenant's credentials: what its scanners and its rules need.
    public func collect(
        with client: any APICaller, at moment: Timestamp, progress: CollectionProgress
    ) async throws(AWSError) -> Snapshot {
        try await collect(for: policy(at: moment), client, moment, progress)
    }

    private func collect(
        for policy: EffectivePolicy, _ client: any APICaller, _ moment: Timestamp, _ progress: CollectionProgress
    ) async throws(AWSError) -> Snapshot {
        let regions: [String]
        switch tenant.regions {
        case .listed(let listed): regions = listed
        case .all: regions = try await RegionList.enabled(client, from: globalRegion)
        }
        let target = Collector.Target(
            account: tenant.account, partition: partition.id, regions: regions, globalRegion: globalRegion)
        let collector = Collector(
            plan: plan(policy), target: target, client: client,
            redaction: SecretRedaction(digests: environment.digests),
            progress: progress)
        return await collector.collect(at: moment)
    }

    /// Collects with a client that has the tenant's credentials, and judges what it finds.
    public func run(
        with client: any APICaller, at moment: Timestamp, progress: CollectionProgress
    ) async throws(AWSError) -> ScanOutcome {
        let policy = policy(at: moment)
        let snapshot = try await collect(for: policy, client, moment, progress)
        var (posture, verdicts) = policy.judge(snapshot, environment.catalog, counting: counted(in: snapshot))
        if let selection {
            // What is wrong with waivers and exceptions is told by whole scans.
            posture.findings.removeAll { !selection.rules.contains($0.rule) }
            posture.disabled.removeAll { !selection.rules.contains($0.rule) }
        }
        return ScanOutcome(snapshot: snapshot, policy: policy, posture: posture, verdicts: verdicts)
    }

    /// Which verdicts are wanted: where only one resource is and it was found, those on it.
    private func counted(in snapshot: Snapshot) -> (Verdict) -> Bool {
        guard let arn = selection?.arn else { return { _ in true } }
        let isFound = snapshot.hasResource(arn)
        return { $0.arn.hasSameBytes(as: arn) || !isFound && $0.kind == .unknown && $0.id == "*" }
    }
}

extension Snapshot {
    /// Whether a resource has the ARN.
    public func hasResource(_ arn: String) -> Bool {
        resources.values.contains { $0.contains { $0.arn.hasSameBytes(as: arn) } }
    }
}
