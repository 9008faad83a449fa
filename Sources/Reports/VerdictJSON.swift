public import Documents
public import Rules

/// One verdict as one object: a line of `parapet evaluate --verdicts`.
public enum VerdictJSON {
    public static func render(_ verdict: Verdict) -> JSON {
        [
            "rule": .string(verdict.rule), "type": .string(verdict.type), "id": .string(verdict.id),
            "region": .string(verdict.region), "account": .string(verdict.account),
            "verdict": .string(verdict.kind.rawValue), "reason": .string(reason(verdict)),
            "evidence": EvidenceJSON.render(verdict.evidence),
        ]
    }

    /// The message of a failure; why something is unknown; nothing otherwise.
    private static func reason(_ verdict: Verdict) -> String {
        verdict.kind == .unknown ? verdict.causes.map(\.description).joined(separator: "; ") : verdict.message
    }
}
