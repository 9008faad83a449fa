import Documents
import Foundation
import Testing

@testable import Rules

/// What people read when a rule is faulty: `Golden/NAME.yaml` gives `Golden/NAME.txt`.
///
/// `UPDATE_GOLDEN=1 swift test --filter GoldenDiagnosticTests` rewrites the texts.
@Suite struct GoldenDiagnosticTests {
    static let folder = RuleFiles.package.appending(path: "Tests/RulesTests/Golden")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    /// Fragments that the faulty rules can use.
    static let fragments: [String: Fragment] = {
        let text = """
            world-open: {resource: AWS::EC2::SecurityGroup, when: {IpPermissions: {some: {IpProtocol: tcp}}}}
            ping: {resource: AWS::EC2::SecurityGroup, when: {any: [{use: pong}, {GroupId: x}]}}
            pong: {resource: AWS::EC2::SecurityGroup, when: {not: {use: ping}}}
            """
        var diagnostics = FileDiagnostics(file: SourceFile(path: "fragments.yaml", text: text))
        guard let pairs = YAMLReader.read(&diagnostics)?.mapping else { return [:] }
        var fragments: [String: Fragment] = [:]
        for pair in pairs {
            guard let name = pair.key.text, let resource = pair.value["resource"]?.text,
                let node = pair.value["when"], let condition = RuleParserTests.condition(node)
            else { continue }
            fragments[name] = Fragment(name: name, resource: resource, condition: condition, path: "fragments.yaml")
        }
        return fragments
    }()

    @Test func thereAreManyFaultyRules() {
        #expect(Self.names.count >= 40)
        #expect(Self.fragments.count == 3)
    }

    @Test(arguments: names)
    func saysWhatIsWrong(name: String) throws {
        let source = Self.folder.appending(path: name + ".yaml")
        let data = try #require(FileManager.default.contents(atPath: source.path))
        let file = SourceFile(path: "policies/\(name).yaml", bytes: Array(data))
        let (rule, diagnostics) = RuleFiles.read(file, fragments: Self.fragments, tables: RuleFiles.tables)
        #expect(!diagnostics.found.isEmpty)
        #expect(rule != nil || diagnostics.hasErrors)
        let text = diagnostics.found.sorted(by: Diagnostic.inReadingOrder).map { $0.text() }.joined(separator: "\n")
        let golden = Self.folder.appending(path: name + ".txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = FileManager.default.contents(atPath: golden.path).map { String(decoding: $0, as: UTF8.self) }
        #expect(text == expected)
    }
}
