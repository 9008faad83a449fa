internal import Documents
internal import Rules

/// One verdict as one object.
enum VerdictJSON {
    static func render(_ verdict: Verdict) -> JSON {
        [
            "rule": .string(verdict.rule), "type": .string(verdict.type), "id": .string(verdict.id),
            "region": .string(verdict.region), "account": .string(verdict.account),
            "verdict": .string(verdict.kind.rawValue), "reason": .string(reason(verdict)),
            "evidence": EvidenceJSON.render(verdict.evidence),
        ]
    }

    /// Why something is unknown; the message of a failure; nothing otherwise.
    private static func reason(_ verdict: Verdict) -> String {
        verdict.causes.isEmpty ? verdict.message : verdict.causes.map(\.description).joined(separator: "; ")
    }
}
