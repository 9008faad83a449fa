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
                "back-matter": .value([
                    "resources": [
                        [
                            "description": "The rules, frameworks and waivers of the Parapet repository.",
                            "title": "Assessment plan",
                            "uuid": .string(plan),
                        ]
                    ]
                ]),
                "import-ap": .value(["href": .string("#\(plan)")]),
                "metadata": .value([
                    "last-modified": .string(posture.collectedAt.description),
                    "oscal-version": "1.1.3",
                    "props": [property("parapet-version", version)],
                    "title": markup("Security posture of \(posture.tenant)"),
                    "version": .string(posture.collectedAt.description),
                ]),
                "results": [result(entries, posture)],
                "uuid": .value(.string(UUID5.make("results", posture.tenant, "\(posture.collectedAt)"))),
            ]
        ]
        output.append(document, .inert)
    }

    private static func result(_ entries: ReportEntries, _ posture: Posture) -> ReportJSON {
        let names = OSCALNames(entries, of: posture)
        let failures = entries.indices.filter { entries.key($0).status != .unknown }
        var result: [String: ReportJSON] = [
            "description": .value(
                markup(
                    "Account \(posture.account): \(posture.resourceCount) resources, \(posture.findings.count) open findings, "
                        + "\(posture.waived.count) waived, \(posture.unknownCount) unknown."
                        + (posture.onlyFramework.map { " Only what the framework \($0) asks for." } ?? ""))),
            "end": .value(.string(posture.collectedAt.description)),
            "props": .value([
                property("tenant", posture.tenant), property("account", posture.account),
                property("score", String(posture.score.value)),
            ]),
            "reviewed-controls": .value(OSCALControls.reviewed(posture)),
            "start": .value(.string(posture.collectedAt.description)),
            "title": .value(markup("Scan of \(posture.tenant)")),
            "uuid": .value(.string(UUID5.make("result", posture.tenant, "\(posture.collectedAt)"))),
        ]
        // Lists that would be empty may not stand there.
        if !entries.isEmpty {
            result["observations"] = .list(count: entries.count) {
                OSCALObservation.render(entries[$0], number: $0, names, posture)
            }
            let resources = resources(of: entries)
            result["local-definitions"] = [
                "inventory-items": .list(count: resources.count) { OSCALObservation.item(resources[$0], names) }
            ]
        }
        if !failures.isEmpty {
            result["risks"] = .list(count: failures.count) {
                OSCALRisk.render(entries[failures[$0]], number: failures[$0], names)
            }
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

extension AssessmentOSCAL {
    /// Each resource once, in the order of the entries.
    private static func resources(of entries: ReportEntries) -> [ResourceReference] {
        var known: Set<ResourceReference> = []
        known.reserveCapacity(entries.count)
        return entries.indices.compactMap { position in
            let resource = entries.name(position).resource
            return known.insert(resource).inserted ? resource : nil
        }
    }
}

/// The UUIDs of what a tenant's results are made of.
struct OSCALNames {
    let tenant: String
    let account: String
    /// By the number of the entry.
    private let names: [(observation: String, risk: String)]

    init(_ entries: ReportEntries, of posture: Posture) {
        tenant = posture.tenant
        account = posture.account
        let parts = concurrentMap(entries.indices.parts(of: ReportOutput.pieceSize)) { [tenant = posture.tenant] part in
            part.map { position in
                let id = entries.name(position).id
                return (UUID5.make("observation", tenant, id), UUID5.make("risk", tenant, id))
            }
        }
        names = parts.flatMap(\.self)
    }

    /// Of the entry with a number.
    func observation(_ number: Int) -> String { names[number].observation }

    /// Of the entry with a number.
    func risk(_ number: Int) -> String { names[number].risk }

    func item(_ resource: ResourceReference) -> String {
        UUID5.make("item", tenant, account, resource.region, resource.type, resource.id, resource.arn)
    }
}
