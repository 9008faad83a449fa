import AWSModels
import Documents
import Resources
import Testing

@testable import Workspace

/// What the tests of loading share.
enum Loading {
    static let settings = "version: 1\n"
    static let defaults = "regions: [eu-west-1]\nscanners: [s3, iam]\n"
    static let regions = ["eu-west-1", "eu-west-2", "us-east-1", "us-west-2"]

    static let tenant = """
        tenant: prod
        account: "123456789012"
        role: arn:aws:iam::123456789012:role/ParapetScan
        external_id: px-7Q3kz9vJ2mWfB4sD

        """

    static let rule = """
        rule: own-versioning
        title: Versions
        severity: low
        resource: AWS::S3::Bucket
        pass_when: {Versioning.Status: Enabled}
        tests:
          - {expect: pass, given: {Name: b, Versioning: {Status: Enabled}}}
          - {expect: fail, given: {Name: b, Versioning: {Status: Suspended}}}

        """

    static let waiver = """
        waiver: old-bucket
        rule: s3-bucket-versioning
        match: {tenant: prod, id: old}
        reason: Goes away with the migration
        ticket: SEC-1412
        approved_by: "@alice"
        expires: 2027-02-28

        """

    static func catalog() throws -> ResourceCatalog { try ResourceCatalog.builtin(models: ModelLibrary.builtin()) }

    /// A tree that is in order, but for these files.
    static func tree(_ files: [String: String] = [:], links: Set<String> = []) -> MemoryTree {
        let good = ["parapet.yaml": settings, "tenants/_defaults.yaml": defaults, "tenants/prod.yaml": tenant]
        return MemoryTree(good.merging(files) { _, new in new }, links: links)
    }

    static func load(_ tree: some FileTree) throws -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        try WorkspaceLoader.load(tree, catalog: catalog(), regions: regions)
    }

    /// `path:line:column: severity[code]: message (help)`, one line each.
    static func report(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { diagnostic in
            let place = diagnostic.span.map { ":\($0.line):\($0.column)" } ?? ""
            let help = diagnostic.help.map { " (\($0))" } ?? ""
            return
                "\(diagnostic.path)\(place): \(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)\(help)\n"
        }.joined()
    }
}
