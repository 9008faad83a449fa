internal import Documents
public import Posture
internal import Rules

/// AWS Security Hub's finding format: an array of inputs of `BatchImportFindings`, each of one account and region, with
/// at most a hundred findings. Every text is as short as Security Hub demands.
public enum FindingsASFF {
    static let largestBatch = 100

    static func write(_ postures: [Posture], version: String, to output: ReportOutput) {
        var batches: [Batch] = []
        for posture in postures {
            let entries = posture.entries
            let byRegion = Dictionary(grouping: entries.indices) { region(of: entries[$0], in: posture) }
            for (region, places) in byRegion.sorted(by: { $0.key.precedesByBytes($1.key) }) {
                for part in places.indices.parts(of: largestBatch) {
                    batches.append(
                        Batch(posture: posture, region: region, entries: entries, places: places[part]))
                }
            }
        }
        output.append(
            .list(count: batches.count, atOnce: 8) { [batches] number in
                let batch = batches[number]
                let findings = batch.places.map { finding(batch.entries[$0], batch.region, batch.posture, version) }
                return ["Findings": .array(findings)]
            }, .inert)
    }

    /// What goes to Security Hub in one call.
    private struct Batch {
        var posture: Posture
        var region: String
        var entries: ReportEntries
        var places: ArraySlice<Int>
    }

    /// Where Security Hub takes the finding in: the resource's region; for what is global, the account's first.
    private static func region(of entry: ReportEntry, in posture: Posture) -> String {
        let isRegion = entry.resource.region.contains("-") && entry.resource.region.utf8.count <= 16
        return isRegion ? entry.resource.region : posture.regions.first ?? "us-east-1"
    }

    private static func finding(
        _ entry: ReportEntry, _ region: String, _ posture: Posture, _ version: String
    ) -> JSON {
        let product =
            "arn:\(posture.partition):securityhub:\(region):\(posture.account):product/\(posture.account)/default"
        var finding: JSONObject = [
            "AwsAccountId": .string(posture.account),
            "CompanyName": "Parapet",
            "Compliance": compliance(entry),
            "CreatedAt": .string((entry.firstSeen ?? posture.collectedAt).description),
            "Description": text(entry.message, 1_024),
            "FindingProviderFields": [
                "Severity": ["Label": .string(label(entry.severity)), "Original": .string(entry.severity.rawValue)],
                "Types": ["Software and Configuration Checks/AWS Security Best Practices"],
            ],
            "GeneratorId": text("parapet/\(entry.rule)", 512),
            "Id": .string("parapet/\(posture.tenant)/\(entry.id)".cut(to: 512)),
            "LastObservedAt": .string(posture.collectedAt.description),
            "ProductArn": .string(product),
            "ProductFields": fields(entry, posture, version),
            "ProductName": "Parapet",
            "RecordState": "ACTIVE",
            "Region": .string(region),
            "Resources": [resource(entry, posture)],
            "SchemaVersion": "2018-10-08",
            "Severity": ["Label": .string(label(entry.severity)), "Original": .string(entry.severity.rawValue)],
            "Title": text(entry.title, 256),
            "Types": ["Software and Configuration Checks/AWS Security Best Practices"],
            "UpdatedAt": .string(posture.collectedAt.description),
            "Workflow": ["Status": entry.status == .waived ? "SUPPRESSED" : "NEW"],
        ]
        finding["FirstObservedAt"] = entry.firstSeen.map { .string($0.description) }
        finding["Remediation"] = remediation(entry)
        if let waivedBy = entry.waivedBy {
            finding["Note"] = [
                "Text": text(waivedBy, 512),
                "UpdatedAt": .string(posture.collectedAt.description),
                "UpdatedBy": text(entry.waiver?.approvedBy ?? "", 512),
            ]
        }
        return .object(finding)
    }

    private static func resource(_ entry: ReportEntry, _ posture: Posture) -> JSON {
        var resource: JSONObject = [
            "Id": text(
                entry.resource.type == "AWS::::Account"
                    ? "AWS::::Account:\(posture.account)" : entry.name(account: posture.account), 512),
            "Type": .string(ASFFResourceType.name(of: entry.resource.type)),
        ]
        if ["aws", "aws-cn", "aws-us-gov"].contains(posture.partition) {
            resource["Partition"] = .string(posture.partition)
        }
        if (1...16).contains(entry.resource.region.utf8.count) { resource["Region"] = .string(entry.resource.region) }
        return .object(resource)
    }

    private static func compliance(_ entry: ReportEntry) -> JSON {
        var object: JSONObject = [
            "SecurityControlId": text(entry.rule, 64),
            "Status": entry.status == .unknown ? "NOT_AVAILABLE" : "FAILED",
        ]
        if !entry.controls.isEmpty {
            object["RelatedRequirements"] = .array(entry.controls.prefix(32).map { text($0, 64) })
        }
        if !entry.causes.isEmpty {
            object["StatusReasons"] = .array(
                entry.causes.prefix(20).map {
                    [
                        "Description": text($0, 1_024),
                        "ReasonCode": "PARAPET_UNKNOWN",
                    ]
                })
        }
        return .object(object)
    }

    private static func remediation(_ entry: ReportEntry) -> JSON? {
        var object = JSONObject()
        object["Text"] = (entry.remediation.text ?? entry.remediation.cli).map { text($0, 512) }
        object["Url"] = entry.references.first(where: \.isPlainLink).map { text($0, 1_024) }
        return object.isEmpty ? nil : ["Recommendation": .object(object)]
    }

    /// What the format has no place for; at most 50 values of 2,048 characters.
    private static func fields(_ entry: ReportEntry, _ posture: Posture, _ version: String) -> JSON {
        var fields: [(String, String?)] = [
            ("tenant", posture.tenant), ("rule", entry.rule), ("status", entry.status.rawValue), ("version", version),
            ("category", entry.category), ("resourceType", entry.resource.type), ("resourceId", entry.resource.id),
            ("owner", entry.owner),
            ("console", entry.console),
            ("remediation/cli", entry.remediation.cli), ("remediation/terraform", entry.remediation.terraform),
            ("references", entry.references.joined(separator: " ")),
            ("controls", entry.controls.joined(separator: " ")),
            ("evidenceDigest", entry.evidenceDigest), ("waiver", entry.waiver?.name),
            ("waiver/reason", entry.waiver?.reason), ("waiver/approvedBy", entry.waiver?.approvedBy),
            ("waiver/until", entry.waiver?.expires.date), ("waiver/ticket", entry.waiver?.ticket),
        ]
        for (index, evidence) in entry.evidence.prefix(20).enumerated() {
            fields.append(("evidence/\(index + 1)", evidence.json.text()))
        }
        return .object(
            JSONObject(
                fields.compactMap { name, value in
                    value.flatMap { $0.isEmpty ? nil : ("parapet/\(name)", text($0, 2_048)) }
                }))
    }

    /// Text that is not blank, and at most as long.
    private static func text(_ raw: String, _ most: Int) -> JSON {
        let text = raw.inertLines
        let isBlank = text.utf8.first.map { $0 <= 0x20 || $0 >= 0x7F } != false && text.allSatisfy(\.isWhitespace)
        return .string(isBlank ? "-" : text.cut(to: most))
    }

    private static func label(_ severity: Severity) -> String {
        switch severity {
        case .critical: "CRITICAL"
        case .high: "HIGH"
        case .medium: "MEDIUM"
        case .low: "LOW"
        case .info: "INFORMATIONAL"
        }
    }
}
