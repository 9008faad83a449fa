import Documents
import Resources
import TestSupport
import Testing

@testable import Reference

@Suite struct ResourceTypeReferenceTests {
    private func reference(_ name: String) throws -> ResourceTypeReference {
        let catalog = try Sample.catalog()
        return ResourceTypeReference(try #require(catalog[name]), in: catalog)
    }

    @Test(arguments: ["Queue", "Topic", "Account"])
    func shown(name: String) throws {
        let type = try reference("AWS::Test::\(name)")
        try Golden.expect(type.text(.plain) + "\n", equals: "resources-\(name).txt")
        try Golden.expect(type.json.text(.indented), equals: "resources-\(name).json")
    }

    @Test func listed() throws {
        let types = try ResourceTypeReference.all(of: Sample.catalog())
        try Golden.expect(ResourceTypeReference.table(types, .plain) + "\n", equals: "resources.txt")
        try Golden.expect(JSON.array(types.map(\.summary)).text(.indented), equals: "resources.json")
    }

    @Test func coloursAddNothingElse() throws {
        let type = try reference("AWS::Test::Queue")
        let coloured = type.text(.ansi)
        #expect(coloured.contains("\u{1B}[1mAWS::Test::Queue\u{1B}[0m"))
        #expect(coloured.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") == type.text(.plain))
        #expect(!type.text(.plain).contains("\u{1B}"))
    }

    /// What stands in the reference is what rules can say.
    @Test func everyPathOfEveryTypeExists() throws {
        let catalog = try Sample.builtinCatalog()
        let references = ResourceTypeReference.all(of: catalog)
        #expect(references.map(\.name) == catalog.names)
        for reference in references {
            let type = try #require(catalog[reference.name])
            #expect(!reference.members.isEmpty, "\(reference.name)")
            #expect(Set(reference.members.map(\.path)).count == reference.members.count, "\(reference.name)")
            for member in reference.members {
                let path = ValuePath(member.path.replacing("[]", with: ""))
                #expect(type.schema[path] != nil, "\(reference.name) \(member.path)")
                #expect(member.operation.contains(":"), "\(reference.name) \(member.path)")
            }
            for relation in reference.relations {
                #expect(catalog.relation(relation.name, of: reference.name)?.target == relation.target)
            }
        }
    }

    /// Every member that the schema has is there, through lists and maps.
    @Test func nothingIsLeftOut() throws {
        let catalog = try Sample.builtinCatalog()
        for reference in ResourceTypeReference.all(of: catalog) {
            let type = try #require(catalog[reference.name])
            #expect(reference.members.count == Self.count(type.schema), "\(reference.name)")
            for path in type.manifest.defaults.keys {
                #expect(reference.members.contains { $0.path == path.description && $0.defaultValue != nil })
            }
        }
    }

    private static func count(_ schema: Schema) -> Int {
        switch schema {
        case .structure(let members): members.values.reduce(0) { $0 + 1 + count($1) }
        case .list(let element), .map(let element): count(element)
        default: 0
        }
    }
}
