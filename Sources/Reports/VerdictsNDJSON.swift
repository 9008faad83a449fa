internal import Documents
public import Rules

/// Every decision of a scan, one line each, sorted.
public enum VerdictsNDJSON {
    public static func render(_ verdicts: [Verdict]) -> [UInt8] {
        verdicts.sorted(by: precedes).flatMap { json($0).bytes() + [UInt8(ascii: "\n")] }
    }

    private static func precedes(_ left: Verdict, _ right: Verdict) -> Bool {
        if left.rule != right.rule { return left.rule < right.rule }
        if left.type != right.type { return left.type < right.type }
        if left.region != right.region { return left.region < right.region }
        return left.id.precedesByBytes(right.id)
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
