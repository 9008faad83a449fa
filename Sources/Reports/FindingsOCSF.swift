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
            "activity_id": .integer(activity.id),
            "activity_name": .string(activity.name),
            "category_name": "Findings",
            "category_uid": 2,
            "class_name": "Compliance Finding",
            "class_uid": 2003,
            "cloud": [
                "account": [
                    "name": .string(posture.tenant),
                    "type": "AWS Account",
                    "type_id": 10,
                    "uid": .string(posture.account),
                ],
                "provider": "AWS",
                "region": .string(entry.resource.region),
            ],
            "compliance": compliance(entry),
            "finding_info": information(entry, posture),
            "message": .string(entry.message),
            "metadata": [
                "product": ["name": "Parapet", "vendor_name": "Parapet", "version": .string(version)],
                "profiles": ["cloud"],
                "tenant_uid": .string(posture.tenant),
                "uid": .string(UUID5.make("event", entry.id, "\(posture.collectedAt)")),
                "version": "1.5.0",
            ],
            "resources": [
                [
                    "cloud_partition": .string(posture.partition),
                    "name": .string(entry.resource.id),
                    "region": .string(entry.resource.region),
                    "type": .string(entry.resource.type),
                    "uid": .string(entry.name(account: posture.account)),
                ]
            ],
            "severity": .string(severity.name),
            "severity_id": .integer(severity.id),
            "status": .string(status.name),
            "status_id": .integer(status.id),
            "time": milliseconds(posture.collectedAt),
            "type_name": .string("Compliance Finding: \(activity.name)"),
            "type_uid": .integer(200_300 + activity.id),
            "unmapped": unmapped(entry),
        ]
        event["status_detail"] =
            (entry.waivedBy ?? entry.causes.first.map { _ in entry.causes.joined(separator: "; ") })
            .map(JSON.string)
        if !entry.evidence.isEmpty {
            event["evidences"] = .array(
                entry.evidence.map {
                    [
                        "data": $0.json,
                        "name": .string("\($0.type) \($0.id) \($0.pointer)"),
                    ]
                })
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
            "analytic": [
                "name": .string(entry.title),
                "type": "Rule",
                "type_id": 1,
                "uid": .string(entry.rule),
            ],
            "desc": .string(entry.message),
            "last_seen_time": milliseconds(posture.collectedAt),
            "title": .string(entry.title),
            "types": ["Posture"],
            "uid": .string(entry.id),
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
            "control": .string(entry.rule),
            "desc": .string(entry.title),
            "requirements": .array(entry.controls.map(JSON.string)),
            "standards": .array(standards.map(JSON.string)),
            "status": isUnknown ? "Unknown" : "Fail",
            "status_id": .integer(isUnknown ? 0 : 3),
        ]
        object["category"] = entry.category.map(JSON.string)
        if isUnknown { object["status_details"] = .array(entry.causes.map(JSON.string)) }
        return .object(object)
    }

    /// What OCSF has no place for.
    private static func unmapped(_ entry: ReportEntry) -> JSON {
        var object: JSONObject = [
            "remediation": FindingsJSON.render(entry.remediation),
            "status": .string(entry.status.rawValue),
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
