import AWSModels
import Documents
import Testing

@testable import Resources

@Suite struct ResourceCatalogTests {
    static let catalog: ResourceCatalog = {
        do { return try ResourceCatalog.builtin(models: .builtin()) } catch { fatalError("\(error)") }
    }()

    static let models = ModelLibrary.builtin()

    @Test func holdsTheTypes() {
        #expect(Self.catalog.names.count >= 10)
        #expect(Self.catalog["AWS::S3::Bucket"] != nil)
        #expect(Self.catalog["AWS::S3::Buckt"] == nil)
    }

    /// What a manifest names exists in the schema that is derived from it.
    @Test(arguments: catalog.names)
    func manifestsFitTheirSchemas(name: String) throws {
        let manifest = try #require(Self.catalog.manifests[name])
        // Made here, so that what does not fit is told.
        let type = try ResourceType(manifest, models: Self.models)
        guard case .structure(let members) = type.schema else {
            Issue.record("the document of \(type.name) is no structure")
            return
        }
        #expect(!members.isEmpty)
        #expect(!type.manifest.scanners.isEmpty)
        for (path, value) in type.manifest.defaults {
            let schema = type.schema[path]
            #expect(schema != nil, "default \(path)")
            if case .text(let known)? = schema, !known.isEmpty, let text = value.string, text != "Disabled" {
                #expect(known.contains(text))
            }
        }
        for path in type.manifest.volatile { #expect(type.schema[path] == .timestamp, "volatile \(path)") }
        for (path, format) in type.manifest.parses {
            if case .policyDocument = format { #expect(type.schema[path] == .policyDocument, "policy \(path)") }
        }
        for relation in type.manifest.relations {
            #expect(Self.catalog[relation.target] != nil, "relation \(relation.name)")
            #expect(Self.catalog.relation(relation.name, of: type.name) == relation)
            #expect(Self.catalog.relation(relation.inverse, of: relation.target)?.target == type.name)
        }
        if case .listed(let lists) = type.manifest.origin {
            #expect(!type.manifest.id.places.isEmpty)
            let ids = [type.manifest.id] + lists.compactMap(\.id)
            for place in ids.flatMap(\.places) where place != "account" {
                let schema = type.schema[ValuePath(place)]
                #expect(schema == .text(values: []) || schema == .integer, "id \(place)")
            }
        }
        for place in type.manifest.arn.places where !["partition", "region", "account"].contains(place) {
            #expect(type.schema[ValuePath(place)] != nil, "place \(place)")
        }
    }

    @Test func schemasKnowTheirValues() throws {
        let instance = try #require(Self.catalog["AWS::EC2::Instance"]).schema
        guard case .text(let states)? = instance[ValuePath("State.Name")] else {
            Issue.record("State.Name is no text")
            return
        }
        #expect(states.contains("running"))
        let group = try #require(Self.catalog["AWS::EC2::SecurityGroup"]).schema
        #expect(group[ValuePath("IpPermissions.FromPort")] == .integer)
        let user = try #require(Self.catalog["AWS::IAM::User"]).schema
        #expect(user[ValuePath("AccessKeys.LastUsed.LastUsedDate")] == .timestamp)
        #expect(user[ValuePath("InlinePolicies.PolicyDocument")] == .policyDocument)
        #expect(user[ValuePath("InlinePolicies.PolicyDocument.Statement.Effect")] == .any)
        #expect(user[ValuePath("UserName.x")] == nil)
        #expect(user[ValuePath("Nothing")] == nil)
    }

    /// Maps that anyone can write anything into are described, not kept.
    @Test(arguments: catalog.names) func noMapOfTextIsKept(name: String) throws {
        let type = try #require(Self.catalog[name])
        func maps(_ schema: Schema, _ path: [String]) -> [String] {
            switch schema {
            case .map(.text), .map(.any): [path.joined(separator: ".")]
            case .map(let value): maps(value, path)
            case .list(let element): maps(element, path)
            case .structure(let members): members.sorted { $0.key < $1.key }.flatMap { maps($0.value, path + [$0.key]) }
            default: []
            }
        }
        #expect(maps(type.schema, []) == [], "say `free: {PATH: map}`")
    }

    @Test func freeFormsAreDescribed() throws {
        let type = try #require(Self.catalog["AWS::EC2::Instance"])
        #expect(type.schema[ValuePath("UserData.Secrets.Line")] == .integer)
        #expect(type.schema[ValuePath("UserData.References")] == .list(.integer))
        guard case .text(let kinds)? = type.schema[ValuePath("UserData.Secrets.Kind")] else {
            Issue.record("Secrets.Kind is no text")
            return
        }
        #expect(kinds.contains("aws-access-key"))
        #expect(!kinds.contains("reference"))
        // What is described is not sensitive any more.
        #expect(!type.sensitive.contains { $0.segments.first == "UserData" })
    }

    @Test(arguments: [
        ("free: {State: map}", "`State` is a structure, no free form `map`"),
        ("free: {InstanceId: pairs}", "`InstanceId` is text, no free form `pairs`"),
        ("free: {UserData: text}", "the free form `UserData` is not kept"),
        ("free: {InstanceId.X: text}", "the free form `InstanceId.X` is not kept"),
    ])
    func freeFormsHaveToFit(free: String, message: String) throws {
        let text = """
            resource: AWS::EC2::Instance
            list: {operation: ec2:DescribeInstances, items: Reservations.Instances, scope: regional}
            id: InstanceId
            arn: "{InstanceId}"
            keep: [InstanceId, State]
            \(free)
            """
        let manifest = try #require(ManifestTests.parse(text).manifest)
        do throws(SchemaError) {
            _ = try SchemaBuilder(manifest: manifest, models: .builtin()).schema()
            Issue.record("it fits")
        } catch {
            #expect(error.message == message)
        }
    }

    /// A manifest that keeps what the API does not return is a defect, and says so.
    @Test func unknownModels() throws {
        let models = ModelLibrary { _ in nil }
        let manifest = try #require(Self.catalog.manifests["AWS::S3::Bucket"])
        #expect(throws: SchemaError.self) { try ResourceType(manifest, models: models) }
        #expect(try ResourceCatalog.builtin(models: models)["AWS::S3::Bucket"] == nil)
    }
}
