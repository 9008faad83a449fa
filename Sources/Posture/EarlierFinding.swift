public import Documents
internal import Rules

/// A finding of the scan before, as far as the next one needs it.
public struct EarlierFinding: Sendable {
    public var id: String
    public var rule: String
    public var resource: ResourceReference
    public var firstSeen: Timestamp

    public init(id: String, rule: String, resource: ResourceReference, firstSeen: Timestamp) {
        self.id = id
        self.rule = rule
        self.resource = resource
        self.firstSeen = firstSeen
    }
}

extension Posture {
    /// The posture with findings dated to when they were first seen, and with those that cannot be judged any more: they
    /// are neither open nor resolved, and are dated as before once they come back.
    public func carryingOver(_ earlier: [EarlierFinding]) -> Posture {
        var posture = self
        let dates = Dictionary(earlier.map { ($0.id, $0.firstSeen) }) { first, _ in first }
        for list in [\Posture.findings, \Posture.waived] {
            for index in posture[keyPath: list].indices {
                guard let moment = dates[posture[keyPath: list][index].id] else { continue }
                posture[keyPath: list][index].firstSeen = moment
            }
        }
        let judged = Set((findings + waived).map(\.id))
        let unknown = Set(unknownChecks.map(\.id))
        let lists = Set(unknownChecks.filter { $0.resource.id == "*" }.map(UnknownList.init))
        posture.undecided = earlier.filter { finding in
            !judged.contains(finding.id)
                && (unknown.contains(finding.id) || UnknownList.covering(finding).contains(where: lists.contains))
        }.sorted { $0.id < $1.id }
        return posture
    }
}

/// Resources that a rule would judge and that could not be listed.
private struct UnknownList: Hashable {
    var rule: String
    var type: String
    /// `*` for all.
    var region: String

    init(_ check: UnknownCheck) {
        (rule, type, region) = (check.rule, check.resource.type, check.resource.region)
    }

    private init(_ finding: EarlierFinding, region: String) {
        (rule, type, self.region) = (finding.rule, finding.resource.type, region)
    }

    static func covering(_ finding: EarlierFinding) -> [UnknownList] {
        [finding.resource.region, "*"].map { UnknownList(finding, region: $0) }
    }
}
