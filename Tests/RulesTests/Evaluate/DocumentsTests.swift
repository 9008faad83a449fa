import Documents
import Resources
import Testing

@testable import Rules

/// Policy documents that count together.
@Suite struct DocumentsTests {
    private static let all = #"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#
    private static let s3 = #"{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#
    private static let noS3 = #"{"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}"#

    struct Case: Sendable, CustomTestStringConvertible {
        var condition: String
        var document: String
        var other = "{}"
        var truth: Truth
        var testDescription: String { "\(condition) on \(document) beside \(other)" }
    }

    private static let own = "{documents: {of: [policy, policies.document], admin: true}}"
    private static let far = "{documents: {of: [policy, related.named.policies.document], admin: true}}"
    private static let bound = "{documents: {of: [policy], boundary: boundary, admin: true}}"
    private static let reads = #"{documents: {of: [policies.document], allows: {actions: ["s3:GetObject"]}}}"#

    @Test(arguments: [
        Case(condition: own, document: "{}", truth: .false),
        Case(condition: own, document: #"{"policy": \#(all)}"#, truth: .true),
        Case(condition: own, document: #"{"policies": [{"document": \#(s3)}, {"document": \#(all)}]}"#, truth: .true),
        Case(condition: own, document: #"{"policies": [{}, {"document": null}]}"#, truth: .false),
        Case(condition: own, document: #"{"policy": \#(all), "policies": "?"}"#, truth: .unknown),
        Case(condition: own, document: #"{"policy": \#(all), "policies": [{"document": "?"}]}"#, truth: .unknown),
        Case(condition: own, document: #"{"policy": \#(all), "policies": [7]}"#, truth: .unknown),
        Case(condition: own, document: #"{"policy": 7}"#, truth: .unknown),
        // A denial in one takes off what another grants.
        Case(condition: reads, document: #"{"policies": [{"document": \#(s3)}]}"#, truth: .true),
        Case(
            condition: reads, document: #"{"policies": [{"document": \#(s3)}, {"document": \#(noS3)}]}"#, truth: .false),
        Case(condition: bound, document: #"{"policy": \#(all)}"#, truth: .true),
        Case(condition: bound, document: #"{"policy": \#(all), "boundary": \#(s3)}"#, truth: .false),
        Case(condition: bound, document: #"{"policy": \#(all), "boundary": \#(all)}"#, truth: .true),
        Case(condition: bound, document: #"{"policy": \#(all), "boundary": "?"}"#, truth: .unknown),
        Case(condition: bound, document: #"{"policy": \#(all), "boundary": [\#(all), \#(s3)]}"#, truth: .unknown),
        Case(condition: bound, document: #"{"policy": \#(s3), "boundary": \#(all)}"#, truth: .false),
        Case(
            condition: far, document: #"{"names": ["o"]}"#,
            other: #"{"text": "o", "policies": [{"document": \#(all)}]}"#,
            truth: .true),
        Case(
            condition: far, document: #"{"names": ["o"]}"#,
            other: #"{"text": "o", "policies": [{"document": \#(s3)}]}"#,
            truth: .false),
        Case(
            condition: far, document: #"{"names": []}"#, other: #"{"text": "o", "policies": [{"document": \#(all)}]}"#,
            truth: .false),
        Case(
            condition: far, document: #"{"names": ["gone"], "policy": \#(all)}"#, other: #"{"text": "o"}"#,
            truth: .unknown),
        Case(
            condition: far, document: #"{"names": ["o"]}"#, other: #"{"text": "o", "policies": "?"}"#, truth: .unknown),
        Case(condition: far, document: #"{"names": "?"}"#, other: #"{"text": "o"}"#, truth: .unknown),
    ])
    func verdicts(_ example: Case) throws {
        let subject = try #require(OperatorCase(example.condition, example.document, .true).resource)
        var other = try #require(OperatorCase(example.condition, example.other, .true).resource)
        (other.type, other.id, other.arn) = ("Test::Other", "o", "arn:o")
        let condition = try #require(RuleParserTests.condition(example.condition))
        let (truth, witnesses) = Sample.truth(condition, subject, others: [other])
        #expect(truth == example.truth)
        #expect(witnesses.causes.isEmpty == (truth != .unknown), "every unknown has a cause")
        #expect(witnesses.evidence.isEmpty == (truth == .unknown))
    }

    @Test func theStatementsThatGrantAreShown() throws {
        let subject = try #require(
            OperatorCase(Self.far, #"{"names": ["o"], "policy": \#(Self.s3)}"#, .true).resource)
        var other = try #require(
            OperatorCase(Self.far, #"{"text": "o", "policies": [{}, {"document": \#(Self.all)}]}"#, .true).resource)
        (other.type, other.id) = ("Test::Other", "o")
        let condition = try #require(RuleParserTests.condition(Self.far))
        let evidence = Sample.truth(condition, subject, others: [other]).witnesses.evidence
        #expect(evidence.map(\.type) == ["Test::Other"])
        #expect(evidence.map(\.id) == ["o"])
        #expect(evidence.map(\.pointer) == ["/policies/1/document/Statement"])
        #expect(evidence.first?.value["Action"] == "*")
    }
}
