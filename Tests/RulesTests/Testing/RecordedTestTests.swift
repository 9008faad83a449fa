import Documents
import Resources
import Testing

@testable import Rules

@Suite struct RecordedTestTests {
    private static let account = "123456789012"

    private static func document(_ condition: String, _ config: JSON, others: [Resource] = []) throws -> JSON {
        var resource = Sample.resource(config, tags: ["owner": "123456789012"])
        resource.account = account
        let snapshot = Snapshot(
            account: account, partition: "aws", regions: ["eu-west-1"], collectedAt: Sample.now,
            types: Set(Sample.catalog.names), resources: [resource] + others)
        let rule = Sample.rule("r", try #require(RuleParserTests.condition(condition)))
        var test = RecordedTest(
            rule, fragments: [:], in: EvaluationContext(catalog: Sample.catalog, snapshot: snapshot))
        return test.document(of: resource)
    }

    @Test func holdsWhatTheRuleReadsAndNoMore() throws {
        let test = try Self.document("{text: a}", ["text": "a", "size": 3, "state": nil])
        #expect(test["given"] == ["text": "a"])
        #expect(test["expect"] == "fail")
        #expect(test["now"] == "2026-01-15T00:00:00Z")
    }

    @Test func writesNoAccountNumber() throws {
        let test = try Self.document(
            "{text: a}", ["text": "arn:aws:iam::123456789012:role/x, 999988887777, 99998888777, 999988887777"])
        #expect(test["given"]?["text"] == "arn:aws:iam::111122223333:role/x, 444444444444, 99998888777, 444444444444")
        #expect(test["tags"] == ["owner": "111122223333"])
        #expect(!test.text().contains("123456789012"))
    }

    @Test func bringsRelatedResources() throws {
        var other = Sample.resource(["text": "a", "size": 1])
        (other.type, other.id, other.account) = ("Test::Other", "o", Self.account)
        let test = try Self.document("{related.others: {some: {text: a}}}", [:], others: [other])
        #expect(
            test["with"] == [["type": "Test::Other", "id": "o", "region": "eu-west-1", "given": ["text": "a"]]])
    }

    @Test func marksWhatCouldNotBeRead() throws {
        let resource = Sample.resource(
            ["rules": [["port": 1], ["cidr": "x"]], "size": 1],
            uncollected: ["rules/1/port": "AccessDenied", "inner/text": "Throttling", "size": "NotRead"])
        let snapshot = Snapshot(
            account: resource.account, partition: "aws", regions: [], collectedAt: Sample.now,
            types: Set(Sample.catalog.names), resources: [resource])
        let condition = try #require(RuleParserTests.condition("{rules: {some: {port: 2}}, inner.text: a}"))
        var test = RecordedTest(
            Sample.rule("r", condition), fragments: [:],
            in: EvaluationContext(catalog: Sample.catalog, snapshot: snapshot))
        #expect(
            test.text(of: resource).contains(
                #""given":{"inner":!uncollected Throttling,"rules":[{"port":1},{"cidr":"x","port":!uncollected AccessDenied}]}"#
            ))
    }

    @Test(arguments: TestCase.all.filter { $0.test.related.isEmpty && $0.test.parameters.isEmpty })
    func theRecordedTestPasses(example: TestCase) throws {
        // Through text and parser, as a user would use it.
        let subject = example.subject
        let snapshot = Snapshot(
            account: subject.account, partition: "aws", regions: [subject.region], collectedAt: example.test.now,
            types: Set(RuleFiles.catalog.names), resources: [subject])
        let context = EvaluationContext(catalog: RuleFiles.catalog, snapshot: snapshot)
        var test = RecordedTest(example.rule, fragments: [:], in: context)
        let types = example.rule.resources.joined(separator: ", ")
        let text = """
            rule: recorded
            title: A recorded test
            severity: low
            resource: [\(types)]
            fail_when: {region: none}
            tests:
              - \(test.text(of: subject))
            """
        let file = SourceFile(path: "recorded.yaml", text: text)
        let (parsed, diagnostics) = RuleFiles.read(file, requiresTests: false)
        #expect(!diagnostics.hasErrors, "\(diagnostics.found.map { $0.text() }.joined())")
        var rule = example.rule
        rule.tests = try #require(parsed).tests
        for outcome in RuleTestRunner(catalog: RuleFiles.catalog).run(rule) { #expect(outcome.fault == nil) }
    }
}
