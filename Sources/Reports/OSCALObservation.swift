internal import Documents
internal import Posture
internal import Rules

/// What was seen of a resource, and the resources as an inventory.
enum OSCALObservation {
    static func render(_ entry: ReportEntry, number: Int, _ names: OSCALNames, _ posture: Posture) -> JSON {
        var props = [
            AssessmentOSCAL.property("id", entry.id), AssessmentOSCAL.property("rule", entry.rule),
            AssessmentOSCAL.property("severity", entry.severity.rawValue),
            AssessmentOSCAL.property("status", entry.status.rawValue),
        ]
        if let category = entry.category { props.append(AssessmentOSCAL.property("category", category)) }
        if let owner = entry.owner { props.append(AssessmentOSCAL.property("owner", owner)) }
        props += entry.controls.map { AssessmentOSCAL.property("control", $0) }
        props += entry.causes.map { AssessmentOSCAL.property("unknown-cause", $0) }
        if let moment = entry.firstSeen { props.append(AssessmentOSCAL.property("first-seen", moment.description)) }
        var object: JSONObject = [
            "collected": .string(posture.collectedAt.description),
            "description": AssessmentOSCAL.markup(entry.message),
            "methods": ["TEST"],
            "props": .array(props),
            "subjects": [["subject-uuid": .string(names.item(entry.resource)), "type": "inventory-item"]],
            "title": AssessmentOSCAL.title(entry.title),
            "types": ["finding"],
            "uuid": .string(names.observation(number)),
        ]
        if !entry.evidence.isEmpty {
            object["relevant-evidence"] = .array(
                entry.evidence.map { evidence in
                    [
                        "description": AssessmentOSCAL.markup("\(evidence.type) \(evidence.id): \(evidence.pointer)"),
                        "props": [
                            AssessmentOSCAL.property("pointer", evidence.pointer),
                            AssessmentOSCAL.property("value", evidence.value.text()),
                        ],
                    ]
                })
        }
        var links = entry.references.compactMap(AssessmentOSCAL.link)
        if let console = entry.console { links.append(["href": .string(console), "rel": "console"]) }
        if !links.isEmpty { object["links"] = .array(links) }
        return .object(object)
    }

    static func item(_ resource: ResourceReference, _ names: OSCALNames) -> JSON {
        var props = [
            AssessmentOSCAL.property("asset-id", resource.id), AssessmentOSCAL.property("asset-type", resource.type),
            AssessmentOSCAL.property("region", resource.region), AssessmentOSCAL.property("account", names.account),
        ]
        if !resource.arn.isEmpty { props.append(AssessmentOSCAL.property("arn", resource.arn)) }
        return [
            "description": AssessmentOSCAL.markup("\(resource.type) \(resource.id) (\(resource.region))"),
            "props": .array(props), "uuid": .string(names.item(resource)),
        ]
    }
}

/// A failure as a risk: what to do about it, or until when it is accepted.
enum OSCALRisk {
    static func render(_ entry: ReportEntry, number: Int, _ names: OSCALNames) -> JSON {
        let message = AssessmentOSCAL.markup(entry.message)
        var object: JSONObject = [
            "description": message,
            "props": [AssessmentOSCAL.property("severity", entry.severity.rawValue)],
            "related-observations": [["observation-uuid": .string(names.observation(number))]],
            "statement": entry.waivedBy.map(AssessmentOSCAL.markup) ?? message,
            "status": entry.waiver == nil ? "open" : "deviation-approved",
            "title": AssessmentOSCAL.title(entry.title),
            "uuid": .string(names.risk(number)),
        ]
        if let waiver = entry.waiver {
            object["deadline"] = .string(waiver.expires.description)
            object["props"] = .array(
                [
                    ("severity", entry.severity.rawValue), ("waiver", waiver.name), ("approved-by", waiver.approvedBy),
                    ("reason", waiver.reason), ("ticket", waiver.ticket), ("waived-until", waiver.expires.date),
                ].compactMap { name, value in value.map { AssessmentOSCAL.property(name, $0) } })
        }
        let ways: [(name: String, text: String?)] = [
            ("Remediation", entry.remediation.text), ("Command line", entry.remediation.cli),
            ("Terraform", entry.remediation.terraform),
        ]
        let remediations: [JSON] = ways.compactMap { way in
            way.text.map { text in
                [
                    "description": AssessmentOSCAL.markup(text),
                    "lifecycle": "recommendation",
                    "title": .string(way.name),
                    "uuid": .string(UUID5.make("remediation", names.tenant, entry.id, way.name)),
                ]
            }
        }
        if !remediations.isEmpty { object["remediations"] = .array(remediations) }
        return .object(object)
    }
}
