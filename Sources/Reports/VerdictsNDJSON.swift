internal import Documents
public import Rules

/// Every decision of a scan, one line each, sorted.
public enum VerdictsNDJSON {
    public static func render(_ verdicts: [Verdict]) -> [UInt8] {
        verdicts.sorted { ($0.rule, $0.type, $0.region, $0.id) < ($1.rule, $1.type, $1.region, $1.id) }
            .flatMap { json($0).bytes() + [UInt8(ascii: "\n")] }
    }

    private static func json(_ verdict: Verdict) -> JSON {
        [
            "rule": .string(verdict.rule), "type": .string(verdict.type), "id": .string(verdict.id),
            "region": .string(verdict.region), "account": .string(verdict.account),
            "verdict": .string(verdict.kind.rawValue),
            "reason": .string(verdict.causes.map(\.description).joined(separator: "; ")),
            "evidence": EvidenceJSON.render(verdict.evidence),
        ]
    }
}
