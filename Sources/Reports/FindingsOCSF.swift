internal import Documents
public import Posture
internal import Rules

/// OCSF 1.5.0: an array of Compliance Findings (class 2003), with the profile `cloud`.
public enum FindingsOCSF {
    static func write(_ postures: [Posture], version: String, to output: ReportOutput) {
        let entries = postures.map(\.entries)
        let places = entries.indices.flatMap { list in entries[list].indices.map { (list, $0) } }
        output.append(
            .list(count: places.count) { number in
                let (list, index) = places[number]
                return event(entries[list][index], postures[list], version)
            }, .inert)
    }

    private static func event(_ entry: ReportEntry, _ posture: Posture, _ version: String) -> JSON {
        let activity: (id: Int64, name: String) =
            entry.firstSeen.map { $0 < posture.collectedAt } == true ? (2, "Update") : (1, "Create")
        let status = status(entry.status)
        let severity = severity(entry.severity)
        var event: JSONObject = [
            "class_uid": 2003, "class_name": "Compliance Finding", "category_uid": 2, "category_name": "Findings",
            "activity_id": .integer(activity.id), "activity_name": .string(activity.name),
            "type_uid": .integer(200_300 + activity.id), "type_name": .string("Compliance Finding: \(activity.name)"),
            "time": milliseconds(posture.collectedAt), "message": .string(entry.message),
            "severity_id": .integer(severity.id), "severity": .string(severity.name),
            "status_id": .integer(status.id), "status": .string(status.name),
            "metadata": [
                "version": "1.5.0", "profiles": ["cloud"],
                "uid": .string(UUID5.make("event", entry.id, "\(posture.collectedAt)")),
                "tenant_uid": .string(posture.tenant),
                "product": ["name": "Parapet", "vendor_name": "Parapet", "version": .string(version)],
            ],
            "cloud": [
                "provider": "AWS", "region": .string(entry.resource.region),
                "account": [
                    "uid": .string(posture.account), "name": .string(posture.tenant), "type": "AWS Account",
                    "type_id": 10,
                ],
            ],
            "finding_info": information(entry, posture), "compliance": compliance(entry),
            "resources": [
                [
                    "uid": .string(entry.name(account: posture.account)), "name": .string(entry.resource.id),
                    "type": .string(entry.resource.type), "region": .string(entry.resource.region),
                    "cloud_partition": .string(posture.partition),
                ]
            ],
            "unmapped": unmapped(entry),
        ]
        event["status_detail"] =
            (entry.waivedBy ?? entry.causes.first.map { _ in entry.causes.joined(separator: "; ") })
            .map(JSON.string)
        if !entry.evidence.isEmpty {
            event["evidences"] = .array(
                entry.evidence.map { ["name": .string("\($0.type) \($0.id) \($0.pointer)"), "data": $0.json] })
        }
        if entry.remediation.text != nil || !entry.references.isEmpty {
            event["remediation"] = [
                "desc": .string(entry.remediation.text ?? "See the references."),
                "references": .array(entry.references.map(JSON.string)),
            ]
        }
        return .object(event)
    }

    private static func information(_ entry: ReportEntry, _ posture: Posture) -> JSON {
        var object: JSONObject = [
            "uid": .string(entry.id), "title": .string(entry.title), "desc": .string(entry.message),
            "last_seen_time": milliseconds(posture.collectedAt), "types": ["Posture"],
            "analytic": ["uid": .string(entry.rule), "name": .string(entry.title), "type_id": 1, "type": "Rule"],
        ]
        if let moment = entry.firstSeen {
            object["first_seen_time"] = milliseconds(moment)
            object["created_time"] = milliseconds(moment)
        }
        return .object(object)
    }

    /// Unknown is neither passed nor failed: 0. Not 2, "warning": consumers count that as a result.
    private static func compliance(_ entry: ReportEntry) -> JSON {
        let isUnknown = entry.status == .unknown
        let frameworks = entry.controls.map { String($0.prefix { $0 != "/" }) }
        var standards: [String] = []
        for framework in frameworks where !standards.contains(framework) { standards.append(framework) }
        var object: JSONObject = [
            "control": .string(entry.rule), "desc": .string(entry.title), "status_id": .integer(isUnknown ? 0 : 3),
            "status": isUnknown ? "Unknown" : "Fail", "standards": .array(standards.map(JSON.string)),
            "requirements": .array(entry.controls.map(JSON.string)),
        ]
        object["category"] = entry.category.map(JSON.string)
        if isUnknown { object["status_details"] = .array(entry.causes.map(JSON.string)) }
        return .object(object)
    }

    /// What OCSF has no place for.
    private static func unmapped(_ entry: ReportEntry) -> JSON {
        var object: JSONObject = [
            "status": .string(entry.status.rawValue), "remediation": FindingsJSON.render(entry.remediation),
        ]
        object["owner"] = entry.owner.map(JSON.string)
        object["console"] = entry.console.map(JSON.string)
        object["evidence_digest"] = entry.evidenceDigest.map(JSON.string)
        object["waiver"] = entry.waiver.map(FindingsJSON.render)
        return .object(object)
    }

    private static func status(_ status: ReportEntry.Status) -> (id: Int64, name: String) {
        switch status {
        case .open: (1, "New")
        case .waived: (3, "Suppressed")
        case .unknown: (0, "Unknown")
        }
    }

    private static func severity(_ severity: Severity) -> (id: Int64, name: String) {
        switch severity {
        case .info: (1, "Informational")
        case .low: (2, "Low")
        case .medium: (3, "Medium")
        case .high: (4, "High")
        case .critical: (5, "Critical")
        }
    }

    private static func milliseconds(_ moment: Timestamp) -> JSON { .integer(moment.microseconds / 1_000) }
}
