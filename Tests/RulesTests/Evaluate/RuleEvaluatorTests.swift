import Documents
import Resources
import Testing

@testable import Rules

/// Messages, evidence and remediation.
@Suite struct RuleEvaluatorTests {
    static func rule(_ text: String) throws -> Rule {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "rule.yaml", text: text))
        let rule = RuleParser.parse(&diagnostics)
        return try #require(rule, "\(diagnostics.found)")
    }

    static func evaluator(_ rule: Rule, settings: [String: JSON] = [:], _ resources: [Resource]) -> RuleEvaluator {
        let snapshot = Snapshot(
            account: "111122223333", partition: "aws", regions: ["eu-west-1"], collectedAt: Sample.now,
            types: Set(Sample.catalog.names), resources: resources)
        return RuleEvaluator(
            rule, settings: settings, in: EvaluationContext(catalog: Sample.catalog, snapshot: snapshot))
    }

    private static let witness = """
        rule: r
        title: The title
        severity: high
        resource: Test::Sample
        params: {port: {type: integer, default: 22}}
        fail_when: {rules: {some: {as: it, port: {eq: {param: port}}}}}
        message: "{{{id}}} in {region} of {account} ({arn}): {it.cidr} on {param.port}; {text}, {inner}, {it}"
        remediation:
          text: Close {param.port} of {text}.
          cli: aws x --name {text} --cidr {it.cidr} --port {param.port} --note {inner.text}
          terraform: x.{text} = {it.cidr}
        """

    @Test func messageAndRemediation() throws {
        let rule = try Self.rule(Self.witness)
        let resource = Sample.resource(
            [
                "text": "it's ${x}", "rules": [["port": 80, "cidr": "c0"], ["port": 22, "cidr": "c1"]],
            ])
        let evaluator = Self.evaluator(rule, [resource])
        let verdict = evaluator.verdict(for: resource)
        #expect(verdict.kind == .fail)
        #expect(
            verdict.message
                == #"{s} in eu-west-1 of 111122223333 (arn:s): c1 on 22; it's ${x}, (not known), {"cidr":"c1","port":22}"#
        )
        #expect(verdict.evidence == [Evidence(type: "Test::Sample", id: "s", pointer: "/rules/1/port", value: 22)])
        let remediation = evaluator.remediation(for: resource)
        #expect(remediation.text == "Close 22 of it's ${x}.")
        #expect(remediation.cli == #"aws x --name 'it'\''s ${x}' --cidr 'c1' --port '22' --note '<inner.text>'"#)
        #expect(remediation.terraform == #"x."it's $${x}" = "c1""#)
    }

    @Test func commandsWithControlCharactersAreRefused() throws {
        let rule = try Self.rule(Self.witness)
        let resource = Sample.resource(["text": "a\nb", "rules": [["port": 22, "cidr": "c1"]]])
        let remediation = Self.evaluator(rule, [resource]).remediation(for: resource)
        #expect(remediation.text == "Close 22 of a\nb.")
        #expect(remediation.cli == nil)
        #expect(remediation.terraform == nil)
    }

    @Test func settingsOverrideParameters() throws {
        let rule = try Self.rule(Self.witness)
        let resource = Sample.resource(["rules": [["port": 80, "cidr": "c0"]]])
        #expect(Self.evaluator(rule, [resource]).verdict(for: resource).kind == .pass)
        let verdict = Self.evaluator(rule, settings: ["port": 80], [resource]).verdict(for: resource)
        #expect(verdict.kind == .fail)
        #expect(verdict.message.contains("c0 on 80; (not known)"))
    }

    @Test func withoutMessageTheTitle() throws {
        let rule = try Self.rule(
            "{rule: r, title: The title, severity: low, resource: Test::Sample, fail_when: {flag: true}}")
        let resource = Sample.resource(["flag": true])
        #expect(Self.evaluator(rule, [resource]).verdict(for: resource).message == "The title")
    }

    @Test(arguments: [
        ("{flag: true, size: 1}", Optional(VerdictKind.fail)), ("{flag: false, size: 1}", .notApplicable),
        ("{flag: true, size: 0}", .pass),
        ("{size: 1}", .unknown), ("{flag: true}", .unknown), ("{flag: false}", .notApplicable),
        ("{flag: 1, size: 0}", .unknown),
    ])
    func whereComesFirst(document: String, expected: VerdictKind?) throws {
        let rule = try Self.rule(
            "{rule: r, title: T, severity: low, resource: Test::Sample, where: {flag: true}, fail_when: {size: 1}}")
        var diagnostics = FileDiagnostics(file: SourceFile(path: "d", text: document))
        let resource = Sample.resource(try #require(YAMLReader.read(&diagnostics)).json)
        #expect(Self.evaluator(rule, [resource]).verdict(for: resource).kind == expected)
    }

    @Test func unknownCanCountAsFailure() throws {
        let text = "{rule: r, title: T, severity: low, resource: Test::Sample, on_unknown: fail, fail_when: {size: 1}}"
        let resource = Sample.resource([:], uncollected: ["size": "AccessDenied"])
        let verdict = try Self.evaluator(Self.rule(text), [resource]).verdict(for: resource)
        #expect(verdict.kind == .fail)
        #expect(verdict.causes.map(\.description) == ["Test::Sample /size: AccessDenied"])
        #expect(verdict.message == "T: could not be read, which counts as a failure of this rule")
    }

    @Test func evidenceIsTheSmallest() throws {
        let text = """
            {rule: r, title: T, severity: low, resource: Test::Sample, pass_when: {all: [{size: 1}, {text: a}, {flag: true}]}}
            """
        let resource = Sample.resource(["size": 1, "text": "b", "flag": false])
        let verdict = try Self.evaluator(Self.rule(text), [resource]).verdict(for: resource)
        #expect(verdict.evidence.map(\.pointer) == ["/text"])
    }

    @Test func largeEvidenceIsTold() throws {
        let text = "{rule: r, title: T, severity: low, resource: Test::Sample, fail_when: {text: {starts_with: a}}}"
        let resource = Sample.resource(["text": .string(String(repeating: "a", count: 5_000))])
        let verdict = try Self.evaluator(Self.rule(text), [resource]).verdict(for: resource)
        #expect(verdict.evidence.first?.value == "(a string of 5002 bytes)")
    }

    @Test func causesReadTheSameForAllElements() {
        let cause = UnknownCause(kind: .uncollected, type: "T", id: "x", pointer: "/a/12/b", detail: "AccessDenied")
        #expect(cause.description == "T /a/*/b: AccessDenied")
    }
}
