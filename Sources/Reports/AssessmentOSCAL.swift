internal import Documents
public import Posture
internal import Rules

/// NIST's OSCAL 1.1.3: the assessment results of one tenant.
///
/// A resource is an inventory item; a finding or unknown check is an observation; a failure is a risk, with its
/// remediation, and with a deadline where it is waived; a control is a finding: satisfied only where it passed.
public enum AssessmentOSCAL {
    public static func render(_ posture: Posture, version: String) -> String {
        let entries = posture.entries
        let plan = UUID5.make("plan", posture.tenant)
        let document: JSON = [
            "assessment-results": [
                "uuid": .string(UUID5.make("results", posture.tenant, "\(posture.collectedAt)")),
                "metadata": [
                    "title": markup("Security posture of \(posture.tenant)"), "oscal-version": "1.1.3",
                    "last-modified": .string(posture.collectedAt.description),
                    "version": .string(posture.collectedAt.description),
                    "props": [property("parapet-version", version)],
                ],
                "import-ap": ["href": .string("#\(plan)")],
                "results": [result(entries, posture)],
                "back-matter": [
                    "resources": [
                        [
                            "uuid": .string(plan), "title": "Assessment plan",
                            "description": "The rules, frameworks and waivers of the Parapet repository.",
                        ]
                    ]
                ],
            ]
        ]
        return document.inertText(.indented)
    }

    private static func result(_ entries: [ReportEntry], _ posture: Posture) -> JSON {
        let names = OSCALNames(tenant: posture.tenant, account: posture.account)
        let failures = entries.filter { $0.status != .unknown }
        var result: JSONObject = [
            "uuid": .string(UUID5.make("result", posture.tenant, "\(posture.collectedAt)")),
            "title": markup("Scan of \(posture.tenant)"),
            "description": markup(
                "Account \(posture.account): \(posture.resourceCount) resources, \(posture.findings.count) open findings, "
                    + "\(posture.waived.count) waived, \(posture.unknownCount) unknown."
                    + (posture.onlyFramework.map { " Only what the framework \($0) asks for." } ?? "")),
            "start": .string(posture.collectedAt.description), "end": .string(posture.collectedAt.description),
            "props": [
                property("tenant", posture.tenant), property("account", posture.account),
                property("score", String(posture.score.value)),
            ],
            "reviewed-controls": OSCALControls.reviewed(posture),
        ]
        // Lists that would be empty may not stand there.
        let lists: [(String, [JSON])] = [
            ("observations", entries.map { OSCALObservation.render($0, names, posture) }),
            ("risks", failures.map { OSCALRisk.render($0, names) }),
            ("findings", OSCALControls.findings(entries, names, posture)),
        ]
        for (key, list) in lists where !list.isEmpty { result[key] = .array(list) }
        let items = OSCALObservation.items(entries, names)
        if !items.isEmpty { result["local-definitions"] = ["inventory-items": .array(items)] }
        if !posture.disabled.isEmpty {
            result["remarks"] = markup(
                posture.disabled.map {
                    "Rule \($0.rule) is disabled in \($0.path) until \($0.expires.date): \($0.reason)"
                }.joined(separator: "\n\n"))
        }
        return .object(result)
    }
}

/// The UUIDs of what a tenant's results are made of.
struct OSCALNames {
    var tenant: String
    var account: String

    func observation(_ entry: ReportEntry) -> String { UUID5.make("observation", tenant, entry.id) }
    func risk(_ entry: ReportEntry) -> String { UUID5.make("risk", tenant, entry.id) }
    func item(_ resource: ResourceReference) -> String {
        UUID5.make("item", tenant, account, resource.region, resource.type, resource.id, resource.arn)
    }
}
