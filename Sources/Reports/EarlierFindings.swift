public import Documents

/// What a later scan needs of a `findings.json`.
public struct EarlierFindings: Sendable {
    /// When findings were first seen, by id.
    public var firstSeen: [String: Timestamp] = [:]
    /// The ids of those that were waived.
    public var waived: Set<String> = []

    /// Nil where the text is no `findings.json`.
    public init?(_ bytes: [UInt8]) {
        guard let document = try? JSON.parse(bytes), let findings = document["findings"]?.array else { return nil }
        for finding in findings {
            guard let id = finding["id"]?.string,
                let moment = finding["first_seen"]?.string.flatMap({ Timestamp($0) })
            else { continue }
            if firstSeen[id] == nil { firstSeen[id] = moment }
            if finding["status"]?.string == "waived" { waived.insert(id) }
        }
    }
}
