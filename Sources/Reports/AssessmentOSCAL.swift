internal import Documents
public import Posture
internal import Rules

/// NIST's OSCAL 1.1.3: the assessment results of one tenant.
///
/// A resource is an inventory item; a finding or unknown check is an observation; a failure is a risk, with its
/// remediation, and with a deadline where it is waived; a control is a finding: satisfied only where it passed.
public enum AssessmentOSCAL {
    static func write(_ posture: Posture, version: String, to output: ReportOutput) {
        let entries = posture.entries
        let plan = UUID5.make("plan", posture.tenant)
        let document: ReportJSON = [
            "assessment-results": [
                "uuid": .value(.string(UUID5.make("results", posture.tenant, "\(posture.collectedAt)"))),
                "metadata": .value([
                    "title": markup("Security posture of \(posture.tenant)"), "oscal-version": "1.1.3",
                    "last-modified": .string(posture.collectedAt.description),
                    "version": .string(posture.collectedAt.description),
                    "props": [property("parapet-version", version)],
                ]),
                "import-ap": .value(["href": .string("#\(plan)")]),
                "results": [result(entries, posture)],
                "back-matter": .value([
                    "resources": [
                        [
                            "uuid": .string(plan), "title": "Assessment plan",
                            "description": "The rules, frameworks and waivers of the Parapet repository.",
                        ]
                    ]
                ]),
            ]
        ]
        output.append(document, .inert)
    }

    private static func result(_ entries: [ReportEntry], _ posture: Posture) -> ReportJSON {
        let names = OSCALNames(tenant: posture.tenant, account: posture.account)
        let failures = entries.indices.filter { entries[$0].status != .unknown }
        var result: [String: ReportJSON] = [
            "uuid": .value(.string(UUID5.make("result", posture.tenant, "\(posture.collectedAt)"))),
            "title": .value(markup("Scan of \(posture.tenant)")),
            "description": .value(
                markup(
                    "Account \(posture.account): \(posture.resourceCount) resources, \(posture.findings.count) open findings, "
                        + "\(posture.waived.count) waived, \(posture.unknownCount) unknown."
                        + (posture.onlyFramework.map { " Only what the framework \($0) asks for." } ?? ""))),
            "start": .value(.string(posture.collectedAt.description)),
            "end": .value(.string(posture.collectedAt.description)),
            "props": .value([
                property("tenant", posture.tenant), property("account", posture.account),
                property("score", String(posture.score.value)),
            ]),
            "reviewed-controls": .value(OSCALControls.reviewed(posture)),
        ]
        // Lists that would be empty may not stand there.
        if !entries.isEmpty {
            result["observations"] = .list(count: entries.count) {
                OSCALObservation.render(entries[$0], names, posture)
            }
            let resources = Set(entries.map(\.resource)).sorted()
            result["local-definitions"] = [
                "inventory-items": .list(count: resources.count) { OSCALObservation.item(resources[$0], names) }
            ]
        }
        if !failures.isEmpty {
            result["risks"] = .list(count: failures.count) { OSCALRisk.render(entries[failures[$0]], names) }
        }
        let controls = OSCALControls.findings(entries, names, posture)
        if !controls.isEmpty { result["findings"] = .array(controls) }
        if !posture.disabled.isEmpty {
            result["remarks"] = .value(
                markup(
                    posture.disabled.map {
                        "Rule \($0.rule) is disabled in \($0.path) until \($0.expires.date): \($0.reason)"
                    }.joined(separator: "\n\n")))
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
