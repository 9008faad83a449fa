import Documents
import Foundation
import Git
import Posture
import Resources
import Rules
import Testing

@testable import Workspace

@Suite struct SnapshotFilesTests {
    private static func bucket(_ id: String, region: String = "eu-west-1") -> Resource {
        Resource(
            type: "AWS::S3::Bucket", id: id, arn: "arn:aws:s3:::\(id)", account: "123456789012", region: region,
            tags: ["b": "2", "a": "1"], config: ["Name": .string(id), "Encryption": .null],
            uncollected: ["Policy": "AccessDenied"])
    }

    private static func snapshot(_ resources: [Resource], at seconds: Int64 = 0) -> Snapshot {
        Snapshot(
            account: "123456789012", partition: "aws", regions: ["eu-west-1"], collectedAt: Timestamp(seconds: seconds),
            types: ["AWS::S3::Bucket", "AWS::EC2::Volume"],
            gaps: [
                CollectionGap(
                    type: "AWS::EC2::Volume", region: "eu-west-1", operation: "ec2:DescribeVolumes", code: "Denied")
            ],
            resources: resources)
    }

    private static let noPolicy = EffectivePolicy(tenant: "prod", trust: Trust())

    private static func files(_ snapshot: Snapshot, policy: EffectivePolicy = noPolicy) -> [String: [UInt8]] {
        Dictionary(SnapshotFiles.files(of: snapshot, policy: policy).map { ($0.path, $0.bytes) }) { first, _ in first }
    }

    @Test func everyResourceIsOneCanonicalFile() throws {
        let resources =
            ["a", "b.c", "../x", "Foo", "foo"].map { Self.bucket($0) } + [Self.bucket("a", region: "global")]
        let list = SnapshotFiles.files(of: Self.snapshot(resources), policy: Self.noPolicy)
        #expect(list.count == resources.count + 2)
        #expect(Set(list.map { $0.path.lowercased() }).count == list.count)
        #expect(list.map(\.path) == list.map(\.path).sorted { $0.precedesByBytes($1) })
        let read = try list.filter { !$0.path.hasPrefix("_") }.map { file -> Resource in
            let document = try JSON.parse(file.bytes)
            #expect(document.bytes(.indented) == file.bytes, "\(file.path)")
            return try #require(Resource(envelope: document))
        }
        #expect(Set(read.map(\.uid)) == Set(resources.map(\.uid)))
        for resource in read { #expect(resources.contains(resource)) }
        #expect(list.contains { $0.path == "eu-west-1/AWS%3A%3AS3%3A%3ABucket/%2E.%2Fx.json" })
    }

    @Test func theScanSaysWhatWasAskedFor() throws {
        let scan = try #require(Self.files(Self.snapshot([]))["_scan.json"])
        let expected: JSON = [
            "version": 1, "account": "123456789012", "partition": "aws", "regions": ["eu-west-1"],
            "types": ["AWS::EC2::Volume", "AWS::S3::Bucket"],
            "gaps": [
                [
                    "type": "AWS::EC2::Volume", "region": "eu-west-1", "operation": "ec2:DescribeVolumes",
                    "code": "Denied",
                ]
            ],
        ]
        #expect(scan == expected.bytes(.indented))
    }

    @Test func nothingChangesWithTimeAlone() {
        let resources = ["a", "b", "B"].map { Self.bucket($0) }
        #expect(Self.files(Self.snapshot(resources)) == Self.files(Self.snapshot(resources.reversed(), at: 86_400)))
    }

    @Test func thePolicyOfTheScanIsKept() throws {
        let tree = Loading.tree([
            "policies/a.yaml": Loading.rule, "waivers/w.yaml": Loading.waiver, "waivers/bad.yaml": "waiver: [\n",
            "tenants/prod.yaml": Loading.tenant + "rules: {own-versioning: {severity: high}}\n",
        ])
        let workspace = try Loading.load(tree).workspace
        let tenant = try #require(workspace.tenants.first)
        let policy = workspace.policy(for: tenant, at: Timestamp(seconds: 0))
        let files = Self.files(Self.snapshot([]), policy: policy)
        #expect(files["_policy/rules/own-versioning.yaml"] == Array(Loading.rule.utf8))
        #expect(files.count == workspace.rules(for: tenant).count + 3)
        let document = try JSON.parse(try #require(files["_policy/tenant.json"]))
        #expect(document["waivers"]?[0]?["waiver"] == "old-bucket")
        #expect(document["malformed_waivers"]?[0]?["path"] == "waivers/bad.yaml")
        #expect(document["rules"]?["own-versioning"]?["severity"] == "high")
        #expect(!document.text().contains(tenant.externalID))
    }

    /// More files than one thread reads: nothing is lost or turned round, and what is no resource is an error.
    @Test func manyFilesAreReadInOrder() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "parapet-files-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let repository = try Repository.create(at: path)
        func tree(_ damage: [TreeChange]) throws -> RevisionTree {
            let snapshot = Self.snapshot((0..<1_700).map { Self.bucket("bucket-\($0)") })
            let files = SnapshotFiles.files(of: snapshot, policy: Self.noPolicy)
            let changes = files.map { TreeChange.file(path: "prod/\($0.path)", bytes: $0.bytes) } + damage
            let commit = try repository.createCommit(
                tree: repository.writeTree(base: nil, changes: changes), parents: [], message: "Scan",
                author: Signature(name: "Tester", email: "tester@localhost", seconds: 0))
            return RevisionTree(repository, at: commit)
        }
        let whole = try tree([])
        let read = try SnapshotFiles.snapshot(whole, "prod", at: Timestamp(seconds: 0))
        let expected = (0..<1_700).map { "bucket-\($0)" }.sorted { $0.precedesByBytes($1) }
        #expect(read.resources["AWS::S3::Bucket"]?.map(\.id) == expected)
        let damaged = try tree([
            .file(path: "prod/eu-west-1/AWS%3A%3AS3%3A%3ABucket/bucket-900.json", bytes: Array("{}".utf8))
        ])
        #expect(throws: WorkspaceError.self) {
            try SnapshotFiles.snapshot(damaged, "prod", at: Timestamp(seconds: 0))
        }
    }
}
