public import Documents
public import Posture
internal import Rules

/// `summary.json`: a tenant's numbers.
public enum SummaryJSON {
    /// - Parameter trend: the points of earlier scans, and of this one.
    public static func render(_ posture: Posture, trend: [TrendPoint]) -> JSON {
        [
            "version": 1, "tenant": .string(posture.tenant), "account": .string(posture.account),
            "regions": .array(posture.regions.map(JSON.string)),
            "score": .integer(Int64(posture.score.value)),
            "weights": [
                "passed": .integer(Int64(posture.score.passed)), "total": .integer(Int64(posture.score.total)),
            ],
            "resources": .integer(Int64(posture.resourceCount)),
            "open": .object(
                JSONObject(Severity.allCases.map { ($0.rawValue, .integer(Int64(posture.count($0)))) })),
            "waived": .integer(Int64(posture.waived.count)),
            "unknown": .integer(Int64(posture.unknownCount)),
            "rules": .object(
                JSONObject(posture.counts.sorted { $0.key < $1.key }.map { ($0.key, render($0.value)) })),
            "compliance": .object(
                JSONObject(
                    posture.compliance.map { ($0.framework.id, $0.percentage.map { .integer(Int64($0)) } ?? .null) })),
            "trend": TrendJSON.render(trend),
        ]
    }

    static func render(_ counts: VerdictCounts) -> JSON {
        [
            "pass": .integer(Int64(counts.pass)), "fail": .integer(Int64(counts.fail)),
            "waived": .integer(Int64(counts.waived)),
            "not_applicable": .integer(Int64(counts.notApplicable)), "unknown": .integer(Int64(counts.unknown)),
        ]
    }
}
