internal import Documents
internal import Rules

/// What Parapet finds in the configuration itself: exceptions that do not hold.
public enum OwnRule: String, Sendable, CaseIterable {
    case malformed = "parapet-waiver-malformed"
    case unknownRule = "parapet-waiver-unknown-rule"
    case expired = "parapet-waiver-expired"
    case tooLong = "parapet-waiver-too-long"
    case tooSevere = "parapet-waiver-too-severe"
    case evidenceChanged = "parapet-waiver-evidence-changed"
    case unused = "parapet-waiver-unused"
    case expiredOverlay = "parapet-overlay-expired"

    var title: String {
        switch self {
        case .malformed: "Waivers can be read"
        case .unknownRule: "Waivers name rules that exist"
        case .expired: "Waivers have not expired"
        case .tooLong: "Waivers end within the days that the settings allow"
        case .tooSevere: "Waivers concern findings that may be waived"
        case .evidenceChanged: "Waivers rest on the evidence that was accepted"
        case .unused: "Waivers waive something"
        case .expiredOverlay: "Disabled rules have not expired"
        }
    }

    var remediation: String {
        switch self {
        case .malformed: "`parapet validate` names every fault with its place."
        case .unknownRule: "Name the rule by its id, or delete the waiver."
        case .expired: "Fix the resource and delete the waiver, or have it approved anew with a later `expires`."
        case .tooLong: "Bring `expires` forward: a waiver is approved anew from time to time."
        case .tooSevere: "Fix the resource: findings this severe are not waived."
        case .evidenceChanged:
            "Look at the resource again; then copy the finding's `evidence_digest`, or delete the waiver."
        case .unused: "Delete the waiver, or correct its `match`."
        case .expiredOverlay: "Delete `disabled`, or give it a later `expires`."
        }
    }
}

extension Finding {
    /// A finding about a file of the configuration. It has the same id in every scan.
    ///
    /// - Parameters:
    ///   - subject: what is wrong, by type and name: it takes the place of the resource.
    ///   - key: the place in the file, and what stands there.
    static func own(
        _ rule: OwnRule, _ severity: Severity, subject: (type: String, id: String),
        key: (pointer: String, value: JSON), message: String, tenant: String, account: String, at moment: Timestamp
    ) -> Finding {
        Finding(
            id: id(tenant: tenant, rule: rule.rawValue, uid: "\(account)/global/\(subject.type)/\(subject.id)"),
            rule: rule.rawValue, title: rule.title, severity: severity, category: "configuration",
            resource: ResourceReference(type: subject.type, id: subject.id, arn: "", region: "global"), tags: [:],
            message: message,
            evidence: [Evidence(type: subject.type, id: subject.id, pointer: key.pointer, value: key.value)],
            remediation: Remediation(text: rule.remediation), references: [], controls: [], firstSeen: moment)
    }
}
