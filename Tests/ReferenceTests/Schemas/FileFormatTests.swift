import Documents
import Rules
import TestSupport
import Testing

@testable import Reference

/// What the schemas mean is tested against a validator, end to end; this is about their shape.
@Suite struct FileFormatTests {
    static let vocabulary = SchemaVocabulary(
        types: ["AWS::Test::Queue", "AWS::Test::Topic"], regions: ["eu-west-1", "us-east-1"], scanners: ["iam", "s3"],
        rules: ["queue-encrypted"], frameworks: ["alpha"])

    @Test(arguments: FileFormat.allCases)
    func golden(format: FileFormat) throws {
        try Golden.expect(format.schema(Self.vocabulary).text(.indented), equals: "schema-\(format.rawValue).json")
    }

    @Test(arguments: FileFormat.allCases)
    func standsAlone(format: FileFormat) throws {
        let schema = format.schema(Self.vocabulary)
        #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"]?.bool == false)
        for reference in Self.references(in: schema) {
            let parts = reference.split(separator: "/").map(String.init)
            #expect(parts.first == "#")
            let target = parts.dropFirst().reduce(schema as JSON?) { $0?[$1] }
            #expect(target != nil, "\(reference)")
        }
    }

    /// Every key that people write is described, and no map takes keys that nobody described by accident.
    @Test(arguments: FileFormat.allCases)
    func everyKeyIsDescribed(format: FileFormat) throws {
        let schema = format.schema(Self.vocabulary)
        var maps = 0
        Self.visit(schema, at: "#") { object, place in
            guard object["type"]?.string == "object", let properties = object["properties"]?.object else { return }
            maps += 1
            #expect(object["additionalProperties"] != nil, "\(place) is open")
            for (key, value) in properties where place == "#" {
                let target = value["$ref"]?.string.flatMap { schema["$defs"]?[String($0.dropFirst(8))] }
                #expect((value["description"] ?? target?["description"])?.string?.isEmpty == false, "\(place) \(key)")
            }
        }
        #expect(maps > 0)
    }

    /// The operators that there are, each with what the reference says.
    @Test func operators() throws {
        let schema = FileFormat.rule.schema(Self.vocabulary)
        let operators = try #require(schema["$defs"]?["test"]?["properties"]?.object)
        #expect(Set(operators.keys) == Set(OperatorName.allCases.map(\.rawValue) + ["if_absent"]))
        for entry in OperatorReference.all {
            let description = try #require(operators[entry.name.rawValue]?["description"]?.string)
            #expect(description.contains(entry.meaning))
        }
    }

    private static func references(in value: JSON) -> [String] {
        switch value {
        case .object(let object):
            object.flatMap { key, value in
                key == "$ref" ? [value.string ?? ""] : references(in: value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }

    private static func visit(_ value: JSON, at place: String, _ body: (JSONObject, String) -> Void) {
        switch value {
        case .object(let object):
            body(object, place)
            for (key, inner) in object { visit(inner, at: "\(place)/\(key)", body) }
        case .array(let elements):
            for (index, inner) in elements.enumerated() { visit(inner, at: "\(place)/\(index)", body) }
        default: break
        }
    }
}
