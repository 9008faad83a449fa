internal import Documents
internal import Posture
internal import Rules

/// Evidence as JSON, the same in every machine-readable report.
enum EvidenceJSON {
    static func render(_ evidence: [Evidence]) -> JSON { .array(evidence.map(\.json)) }
}
