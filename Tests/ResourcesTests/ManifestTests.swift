import AWSModels
import Documents
import Resources
import Testing

@Suite struct ManifestTests {
    static func parse(_ text: String) -> (manifest: Manifest?, found: [Diagnostic]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "manifests/x.yaml", text: text))
        let manifest = Manifest.parse(&diagnostics)
        return (manifest, diagnostics.found)
    }

    static let good = """
        resource: AWS::S3::Bucket
        scanner: s3
        list: {operation: s3:ListBuckets, items: Buckets, scope: global}
        id: Name
        arn: "arn:{partition}:s3:::{Name}"
        keep: [Name]
        """

    @Test func reads() throws {
        let manifest = try #require(Self.parse(Self.good + "\ndefaults: {Versioning.Status: Disabled}").manifest)
        #expect(manifest.type == "AWS::S3::Bucket")
        #expect(manifest.scanners == ["s3"])
        #expect(manifest.arn.places == ["partition", "Name"])
        #expect(manifest.defaults == [ValuePath("Versioning.Status"): "Disabled"])
        guard case .listed(let lists) = manifest.origin else { throw Failure.notListed }
        #expect(lists.map(\.call.name) == ["s3:ListBuckets"])
        #expect(manifest.idMember == ValuePath("Name"))
    }

    private enum Failure: Error { case notListed }

    @Test(arguments: [
        ("resource: X", "manifest/missing-key", 4), ("", "yaml/empty", 1), ("[]", "manifest/type", 1),
        (good + "\nkeeps: []", "manifest/unknown-key", 1),
        (good.replacing("{Name}", with: "{Name"), "manifest/template", 1),
        (good.replacing("\"arn:{partition}:s3:::{Name}\"", with: "[x]"), "manifest/type", 1),
        (good.replacing("s3:ListBuckets", with: "ListBuckets"), "manifest/value", 1),
        (good.replacing("global", with: "world"), "manifest/value", 1),
        (good + "\ndefaults: [a]", "manifest/type", 1), (good + "\nvolatile: {A: hour}", "manifest/value", 1),
        (good + "\nparse: {A: xml}", "manifest/value", 1),
        (good + "\nfree: {A: maps}", "manifest/value", 1), (good + "\nfree: [A]", "manifest/type", 1),
        (good + "\nattributes: [a]", "manifest/type", 1),
        (good + "\nattributes: {A: {value: X}}", "manifest/missing-key", 1),
        (good + "\nattributes: {A: {operation: s3:X, fixed: [1]}}", "manifest/type", 1),
        (good + "\nattributes: {A: {operation: s3:X, parse: xml}}", "manifest/value", 1),
        (good + "\nattributes: {A: {operation: s3:X, parse: {csv: {a: colour}}}}", "manifest/value", 1),
        (good + "\nattributes: {A: {operation: s3:X, key: Name}}", "manifest/missing-key", 1),
        (good + "\nattributes: {A: {operation: s3:X, when: [a]}}", "manifest/type", 1),
        (good + "\nattributes: {A: {operation: s3:X, after: {operation: s3:Y}}}", "manifest/missing-key", 1),
        (good + "\ndetail: {operation: s3:X, input: {Name: Name}, batch: 10, key: Name}", "manifest/value", 1),
        (good + "\ndetail: {operation: s3:X, input: {\"Names[]\": Name}, batch: 10}", "manifest/missing-key", 1),
        (good + "\ndetail: {operation: s3:X, input: {\"Names[]\": Name}, batch: 0, key: Name}", "manifest/range", 1),
        (good + "\nattributes: {A: {operation: s3:X, items: I, key: K, match: \"{\"}}", "manifest/template", 1),
        (good + "\nattributes: {A: {operation: s3:X, only: [a]}}", "manifest/type", 1),
        (good + "\nattributes: {A: {operation: s3:X, only: {L: a}}}", "manifest/type", 1),
        (good.replacing("list: {", with: "list: {batch: 2, "), "manifest/value", 1),
        (good.replacing("list: {", with: "list: {of: {operation: s3:X, items: Y}, "), "manifest/missing-key", 1),
        (good.replacing("list: {", with: "lists: {"), "manifest/type", 1),
        (good.replacing("list: {", with: "list: {unless: [a], "), "manifest/type", 1),
        (good.replacing("list: {", with: "list: {set: [a], "), "manifest/type", 1),
        (good.replacing("list: {", with: "list: {last: Id, "), "manifest/type", 1),
        (good.replacing("list: {", with: "list: {home: aws, "), "manifest/type", 1),
        (good.replacing("id: Name", with: "id: \"{Name\""), "manifest/template", 1),
        (good + "\nrelations: {r: {to: X, scope: planet, inverse: y}}", "manifest/value", 1),
        (good + "\nrelations: [r]", "manifest/type", 1),
        (good + "\ntags: [Tags]", "manifest/type", 1), (good + "\nregion: {val: X}", "manifest/missing-key", 2),
        (good.replacing("[Name]", with: "Name"), "manifest/type", 1),
    ])
    func faults(text: String, code: String, count: Int) {
        let (manifest, found) = Self.parse(text)
        #expect(manifest == nil)
        #expect(found.first?.code == code)
        #expect(found.count == count, "\(found.map { $0.text() }.joined())")
    }

    @Test func goldenDiagnostics() {
        let text = Self.good.replacing("global", with: "globl") + "\nattributes:\n  A: {operation: GetX, valeu: Y}\n"
        #expect(
            Self.parse(text).found.sorted(by: Diagnostic.inReadingOrder).map { $0.text() }.joined() == """
                error[manifest/value]: `scope` cannot be `globl`
                  --> manifests/x.yaml:3:58
                   |
                 3 | list: {operation: s3:ListBuckets, items: Buckets, scope: globl}
                   |                                                          ^^^^^
                   = help: did you mean `global`?
                error[manifest/value]: `GetX` is not of the form service:Operation
                  --> manifests/x.yaml:8:7
                   |
                 8 |   A: {operation: GetX, valeu: Y}
                   |       ^^^^^^^^^
                error[manifest/unknown-key]: an attribute has no key `valeu`
                  --> manifests/x.yaml:8:24
                   |
                 8 |   A: {operation: GetX, valeu: Y}
                   |                        ^^^^^
                   = help: did you mean `value`?

                """)
    }
}
