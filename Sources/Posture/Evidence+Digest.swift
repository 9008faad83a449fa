public import Documents
public import Rules

extension Evidence {
    /// The same in every machine-readable report.
    public var json: JSON {
        ["id": .string(id), "pointer": .string(pointer), "type": .string(type), "value": value]
    }
}

extension [Evidence] {
    /// The lower-case hexadecimal SHA-256 of the evidence as canonical JSON on one line.
    public var digest: String { SHA256.hexDigest(JSON.array(map(\.json)).bytes()) }
}

extension Finding {
    /// Names what the finding rests on.
    public var evidenceDigest: String { evidence.digest }
}
