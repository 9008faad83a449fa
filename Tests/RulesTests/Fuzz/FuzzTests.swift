import Documents
import Foundation
import Resources
import Testing

@testable import Rules

/// Damaged input ends in a diagnostic or a verdict: no crash, no hang, no growth.
@Suite struct FuzzTests {
    static let rules: [[UInt8]] = {
        let policies = RuleFiles.paths.compactMap {
            FileManager.default.contents(atPath: RuleFiles.package.appending(path: $0).path)
        }
        let faulty = GoldenDiagnosticTests.names.compactMap {
            FileManager.default.contents(atPath: GoldenDiagnosticTests.folder.appending(path: $0 + ".yaml").path)
        }
        return (policies + faulty).map { Array($0) }
    }()

    static let yamlWords = [
        "{", "[", "}", "]", ": ", "- ", "\n", "\t", "\r\n", "&a ", "*a ", "!uncollected ", "!!binary ", "? ", "| ",
        "> ",
        "'", "\"", "\\", "---\n", "...\n", "#", "<<: ", "%YAML 1.1\n", "~", "null", "0x7f", "1e999", "é", "\u{202E}",
    ]
    static let ruleWords =
        yamlWords + OperatorName.allCases.map { "\($0.rawValue): " }
        + ["all: [", "any: [", "not: ", "related.", "{param: a}", "{ref: $.Name}", "..", "['", "']", "{{", "{Name}"]

    @Test func yaml() throws {
        var fuzzer = Fuzzer("yaml", corpus: Self.rules, words: Self.yamlWords)
        let count = try fuzzer.run { text in
            var diagnostics = FileDiagnostics(file: SourceFile(path: "fuzz.yaml", bytes: text))
            let root = YAMLReader.read(&diagnostics, limits: RuleParser.limits())
            if root == nil { #expect(diagnostics.hasErrors) }
            for diagnostic in diagnostics.found { _ = diagnostic.text() }
        }
        #expect(count > 0)
    }

    @Test func rulesFromTextToVerdict() throws {
        var fuzzer = Fuzzer("rules", corpus: Self.rules, words: Self.ruleWords)
        let runner = RuleTestRunner(catalog: RuleFiles.catalog)
        var read = 0
        let count = try fuzzer.run { text in
            let (rule, diagnostics) = RuleFiles.read(SourceFile(path: "fuzz.yaml", bytes: text))
            #expect(rule != nil || diagnostics.hasErrors)
            for diagnostic in diagnostics.found { _ = diagnostic.text() }
            guard let rule, !diagnostics.hasErrors else { return }
            read += 1
            _ = runner.run(rule)
        }
        #expect(count > 0)
        // Some stay rules: those are judged, too.
        #expect(read > 0 || count < 200)
    }

    static let policies: [[UInt8]] = [
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:Get*"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}]}"#,
        #"{"Statement":{"Effect":"Deny","NotPrincipal":"*","NotAction":"iam:*","NotResource":["arn:aws:s3:::a/*"]}}"#,
        #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAllValues:StringLikeIfExists":{"aws:SourceArn":["arn:aws:*"]},"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}]}"#,
    ].map { Array($0.utf8) }

    @Test func policyDocuments() throws {
        var fuzzer = Fuzzer(
            "policies", corpus: Self.policies,
            words: [
                "{", "[", "}", "]", ",", ":", "\"", "\"*\"", "\"Allow\"", "\"Deny\"", "\"Condition\":", "null", "1e9",
                "\"Principal\":", "\"NotAction\":", "***?*?*", "\\u0000", "\"aws:SourceIp\"", "%7B%22",
            ])
        let query = GrantQuery(principal: .anyone, actions: ["s3:*"], conditions: .notRestricting)
        let count = try fuzzer.run { text in
            // As text it may be URL-encoded, or no JSON at all.
            for document in [try? JSON.parse(text), .string(String(decoding: text, as: UTF8.self))].compactMap({ $0 }) {
                let set = PolicySet(documents: [document])
                _ = set.judge(query)
                _ = set.judgeDenies(query)
                _ = set.judgeAdministration()
            }
        }
        #expect(count > 0)
    }

    @Test func resources() throws {
        let corpus = TestCase.all.prefix(60).map { $0.subject.envelope.bytes() }
        var fuzzer = Fuzzer(
            "resources", corpus: Array(corpus),
            words: [
                "{", "[", "}", "]", ",", ":", "\"", "null", "1e400", "\"uncollected\":{\"a/b\":\"x\"},",
                "99999999999999999999",
            ])
        let evaluator = BulkEvaluator(
            RuleFiles.rules.map { BulkEvaluator.Assignment($0) }, catalog: RuleFiles.catalog,
            facts: BulkEvaluator.Facts(now: RuleTest.defaultNow))
        let count = try fuzzer.run { text in
            guard let reader = try? RecordReader() else { return }
            text.withUnsafeBufferPointer { bytes in
                _ = reader.read(bytes, isPadded: false) { view in
                    for program in evaluator.programs where view.type.string == program.type {
                        let machine = Machine(program, now: evaluator.facts.now, relations: nil)
                        for entry in program.rules {
                            _ = RuleJudge(RuleFiles.rules[entry.rule], settings: [:], entry: entry, machine: machine)
                                .verdict(on: view)
                        }
                    }
                }
            }
        }
        #expect(count > 0)
    }
}
