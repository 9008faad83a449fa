import Documents
import Resources
import Rules
import Testing

/// What rules say of a list that could not be read, or was not asked for.
@Suite struct UnreadableListTests {
    private static func verdicts(onUnknown: String, snapshot: Snapshot) throws -> [Verdict] {
        var diagnostics = FileDiagnostics(
            file: SourceFile(
                path: "rule.yaml",
                text: """
                    rule: x
                    title: X
                    severity: low
                    resource: AWS::EC2::Volume
                    on_unknown: \(onUnknown)
                    pass_when: {Encrypted: true}
                    """))
        let rule = try #require(RuleParser.parse(&diagnostics))
        return RuleEvaluator(rule, in: EvaluationContext(catalog: RuleFiles.catalog, snapshot: snapshot)).verdicts()
    }

    private static func snapshot(types: Set<String>, gaps: [CollectionGap]) -> Snapshot {
        Snapshot(
            account: "111122223333", partition: "aws", regions: ["eu-west-1"], collectedAt: Timestamp(seconds: 0),
            types: types, gaps: gaps)
    }

    private static let gap = CollectionGap(
        type: "AWS::EC2::Volume", region: "eu-west-1", operation: "ec2:DescribeVolumes", code: "AccessDenied")

    @Test(arguments: [("report", VerdictKind.unknown), ("fail", .fail)])
    func aDeniedListIsOneVerdict(onUnknown: String, kind: VerdictKind) throws {
        let snapshot = Self.snapshot(types: ["AWS::EC2::Volume"], gaps: [Self.gap])
        let verdicts = try Self.verdicts(onUnknown: onUnknown, snapshot: snapshot)
        #expect(verdicts.map(\.kind) == [kind])
        #expect(verdicts.map(\.id) == ["*"])
        #expect(verdicts.flatMap(\.causes).map(\.detail) == ["AccessDenied from ec2:DescribeVolumes"])
    }

    @Test(arguments: [("report", VerdictKind.unknown), ("fail", .fail)])
    func aTypeThatWasNotCollectedIsNoEmptyType(onUnknown: String, kind: VerdictKind) throws {
        let verdicts = try Self.verdicts(onUnknown: onUnknown, snapshot: Self.snapshot(types: [], gaps: []))
        #expect(verdicts.map(\.kind) == [kind])
    }
}
