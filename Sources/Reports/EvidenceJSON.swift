internal import Documents
internal import Rules

/// Evidence as JSON, the same in every machine-readable report.
enum EvidenceJSON {
    static func render(_ evidence: [Evidence]) -> JSON {
        .array(
            evidence.map { item in
                [
                    "type": .string(item.type), "id": .string(item.id), "pointer": .string(item.pointer),
                    "value": item.value,
                ]
            })
    }
}
