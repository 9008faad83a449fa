import AWSModels
import Documents
import Foundation
import Git
import Posture
import Resources
import Rules
import Testing
import Workspace

@testable import Review
@testable import Scanning

/// A repository with scans of a made-up account, removed with the value.
final class Stage {
    static let noon = Timestamp(seconds: 1_795_000_000)
    static let regions = ["eu-west-1", "us-east-1"]
    static let catalog = Result { try ResourceCatalog.builtin(models: ModelLibrary.builtin()) }
    static let version = "9.9.9"

    let path: String
    let repository: Repository

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "parapet-review-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        repository = try Repository.create(at: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static let settings = "version: 1\nwaivers: {approvers: [\"@alice\"]}\n"
    static let defaults = "regions: [eu-west-1]\nscanners: [storage]\nframeworks: [acme]\n"

    static func tenant(_ name: String = "prod", account: String = "123456789012", more: String = "") -> String {
        """
        tenant: \(name)
        account: "\(account)"
        role: arn:aws:iam::\(account):role/ParapetScan
        external_id: px-\(name)-7Q3kz9vJ2mWfB4sD
        \(more)

        """
    }

    static func waiver(
        _ name: String, rule: String = "versions", match: String, expires: String = "2027-02-28",
        by account: String = "@alice"
    ) -> String {
        """
        waiver: \(name)
        rule: \(rule)
        match: \(match)
        reason: Goes away
        approved_by: "\(account)"
        expires: \(expires)

        """
    }

    static func rule(
        _ id: String = "versions", severity: String = "high", condition: String = "{Versioning.Status: Enabled}",
        resource: String = "AWS::S3::Bucket"
    ) -> String {
        """
        rule: \(id)
        title: Rule \(id)
        severity: \(severity)
        resource: \(resource)
        pass_when: \(condition)
        tests:
          - {expect: pass, given: {Name: b, Versioning: {Status: Enabled}}}
          - {expect: fail, given: {Name: b, Versioning: {Status: Suspended}}}

        """
    }

    static let framework = """
        framework: acme
        title: Acme baseline
        version: "1"
        controls:
          - {control: A-1, title: Versions, rules: [versions]}
          - {control: A-2, title: Visitors, rules: []}

        """

    /// The files of a repository with one tenant and one rule, and these.
    static func files(_ more: [String: String] = [:]) -> [String: String] {
        [
            "parapet.yaml": settings, "tenants/_defaults.yaml": defaults, "tenants/prod.yaml": tenant(),
            "policies/versions.yaml": rule(), "frameworks/acme.yaml": framework,
        ].merging(more) { $1 }
    }

    static func bucket(_ name: String, _ versioning: String?, tags: [String: String] = [:]) -> Resource {
        var config: JSONObject = ["Name": .string(name)]
        if let versioning { config["Versioning"] = ["Status": .string(versioning)] }
        return Resource(
            type: "AWS::S3::Bucket", id: name, arn: "arn:aws:s3:::\(name)", account: "123456789012",
            region: "eu-west-1", tags: tags, config: .object(config),
            uncollected: versioning == nil ? ["Versioning": "AccessDenied"] : [:])
    }

    static func snapshot(
        _ resources: [Resource], types: Set<String> = ["AWS::S3::Bucket"], gaps: [CollectionGap] = []
    ) -> Snapshot {
        Snapshot(
            account: "123456789012", partition: "aws", regions: regions, collectedAt: noon, types: types, gaps: gaps,
            resources: resources)
    }

    /// Commits files to no branch.
    func commit(_ files: [String: String]) throws -> ObjectID {
        let changes = files.sorted { $0.key < $1.key }.map {
            TreeChange.file(path: $0.key, bytes: Array($0.value.utf8))
        }
        let tree = try repository.writeTree(base: nil, changes: changes)
        return try repository.createCommit(
            tree: tree, parents: [], message: "Change",
            author: Signature(name: "Tester", email: "tester@localhost", seconds: 1_795_000_000))
    }

    func workspace(at commit: ObjectID) throws -> Workspace {
        try WorkspaceLoader.load(
            RevisionTree(repository, at: commit), catalog: Self.catalog.get(), regions: Self.regions
        ).workspace
    }

    /// Lands a scan of a tenant by the configuration at a commit.
    func scan(_ commit: ObjectID, _ snapshot: Snapshot, _ name: String = "prod") throws {
        let workspace = try workspace(at: commit)
        let tenant = try #require(workspace.tenants.first { $0.name == name })
        let policy = workspace.policy(for: tenant, at: snapshot.collectedAt)
        let (posture, verdicts) = policy.judge(snapshot, try Self.catalog.get())
        let outcome = ScanOutcome(snapshot: snapshot, policy: policy, posture: posture, verdicts: verdicts)
        let origin = ScanOutcome.Origin(
            run: "1", version: Self.version, revision: commit.description, calls: 1, errors: 0)
        let landing = Landing(repository, branches: Branches(workspace.settings), remote: nil)
        _ = try landing.land(outcome.record(origin), at: snapshot.collectedAt.seconds)
    }

    /// Puts something else in the place of a file of the newest snapshot, to which the journal then leads.
    func spoil(_ file: String) throws {
        let branches = Branches(Settings())
        let journal = try #require(try repository.target(ofReference: Branches.reference(branches.journal)))
        let entry = try #require(try JournalEntry.newest(of: "prod", at: journal, in: repository))
        let author = Signature(name: "Tester", email: "tester@localhost", seconds: 1_795_000_000)
        let tree = try repository.writeTree(
            base: repository.tree(of: entry.snapshot), changes: [.file(path: file, bytes: Array("spoilt".utf8))])
        let snapshot = try repository.createCommit(
            tree: tree, parents: [entry.snapshot], message: "Spoil", author: author)
        let path = "prod/2026-11.ndjson"
        let line = try #require(try repository.entry(at: path, inCommit: journal))
        let text = String(decoding: try repository.readBlob(line.id, limit: 1 << 20), as: UTF8.self)
            .replacingOccurrences(of: entry.snapshot.description, with: snapshot.description)
        let spoilt = try repository.createCommit(
            tree: repository.writeTree(
                base: repository.tree(of: journal), changes: [.file(path: path, bytes: Array(text.utf8))]),
            parents: [journal], message: "Spoil", author: author)
        let transaction = try repository.lock(references: [Branches.reference(branches.journal)])
        try transaction.setTarget(Branches.reference(branches.journal), spoilt, message: "spoil")
        try transaction.commit()
    }

    func reviewer(_ base: ObjectID, version: String = version) throws -> Reviewer {
        try Reviewer(
            repository, base: base, catalog: Self.catalog.get(), regions: Self.regions, version: version)
    }

    func review(
        _ base: ObjectID, _ head: ObjectID, approvals: Approvals = .unavailable("no pull request"),
        at now: Timestamp = noon, version: String = version
    ) throws -> Review {
        try reviewer(base, version: version).review(head, approvals: approvals, at: now)
    }

    /// What becomes of `prod`.
    func change(
        _ base: [String: String], _ head: [String: String], _ resources: [Resource],
        approvals: Approvals = .unavailable("no pull request")
    ) throws -> TenantChange {
        let before = try commit(base)
        try scan(before, Self.snapshot(resources))
        return try compared(review(before, commit(head), approvals: approvals))
    }

    func compared(_ review: Review, _ name: String = "prod") throws -> TenantChange {
        let tenant = try #require(review.tenants.first { $0.name == name }, "\(review.diagnostics.map { $0.text() })")
        guard case .compared(let change) = tenant.state else {
            Issue.record("\(name) is \(tenant.state)")
            throw CancellationError()
        }
        return change
    }
}
