internal import Documents
public import Posture
internal import Rules

/// SARIF 2.1.0: a tenant is a run. Unknown checks are results to review, and notifications by cause; waivers are
/// suppressions.
public enum FindingsSARIF {
    static func write(_ postures: [Posture], version: String, to output: ReportOutput) {
        output.append(
            [
                "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                "runs": .array(postures.map { run($0, version) }),
                "version": "2.1.0",
            ], .inert)
    }

    private static func run(_ posture: Posture, _ version: String) -> ReportJSON {
        let entries = posture.entries
        var rules: [String: JSON] = [:]
        for place in entries.indices where rules[entries.key(place).rule] == nil {
            rules[entries.key(place).rule] = rule(entries[place])
        }
        for judged in posture.rules where rules[judged.id] == nil {
            rules[judged.id] = rule(
                judged.id, judged.title, judged.severity, judged.category, judged.references, judged.controls)
        }
        let order = rules.keys.sorted { $0.precedesByBytes($1) }
        let indices = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let scope = [posture.tenant, posture.onlyFramework].compactMap { $0 }
        return [
            // Code scanning closes what an upload of the same id does not have.
            "automationDetails": .value([
                "id": .string("parapet/\(scope.map { "\($0.percentEncoded)/" }.joined())")
            ]),
            "columnKind": "unicodeCodePoints",
            "invocations": .value([invocation(posture)]),
            "originalUriBaseIds": .value([
                "ACCOUNT": ["description": ["text": "account, region, type and id of a resource"]]
            ]),
            "properties": .value([
                "account": .string(posture.account),
                "tenant": .string(posture.tenant),
            ]),
            "results": .list(count: entries.count) { number in
                let entry = entries[number]
                return result(entry, index: indices[entry.rule] ?? -1, posture)
            },
            "tool": .value([
                "driver": [
                    "name": "parapet",
                    "rules": .array(order.compactMap { rules[$0] }),
                    "version": .string(version),
                ]
            ]),
        ]
    }

    /// Says what the results do not: what is unknown by cause, and the rules that are switched off.
    private static func invocation(_ posture: Posture) -> JSON {
        let unknowns: [JSON] = posture.unknowns.map { group in
            let text = "unknown for \(group.resources.count) resources: \(group.cause)"
            return [
                "descriptor": ["id": "unknown"],
                "level": "warning",
                "message": message(text),
                "properties": [
                    "kind": .string(group.kind.rawValue),
                    "rules": .array(group.rules.map(JSON.string)),
                ],
            ]
        }
        let disabled: [JSON] = posture.disabled.map { rule in
            let text = "\(rule.rule) is disabled in \(rule.path) until \(rule.expires.date): \(rule.reason)"
            return [
                "descriptor": ["id": "disabled"],
                "level": "note",
                "message": message(text),
            ]
        }
        return [
            "executionSuccessful": true,
            "startTimeUtc": .string(posture.collectedAt.description),
            "toolConfigurationNotifications": .array(disabled),
            "toolExecutionNotifications": .array(unknowns),
        ]
    }

    private static func rule(_ entry: ReportEntry) -> JSON {
        rule(entry.rule, entry.title, entry.severity, entry.category, entry.references, entry.controls)
    }

    private static func rule(
        _ id: String, _ title: String, _ severity: Severity, _ category: String?, _ references: [String],
        _ controls: [String]
    ) -> JSON {
        var properties: JSONObject = [
            "controls": .array(controls.map(JSON.string)),
            "references": .array(references.map(JSON.string)),
            "security-severity": .string(score(severity)),
            "severity": .string(severity.rawValue),
            "tags": .array((["security"] + (category.map { [$0] } ?? [])).map(JSON.string)),
        ]
        properties["category"] = category.map(JSON.string)
        var object: JSONObject = [
            "defaultConfiguration": ["level": .string(level(severity))],
            "id": .string(id),
            "properties": .object(properties),
            "shortDescription": ["text": .string(plain(title))],
        ]
        object["helpUri"] = references.first(where: \.isPlainLink).map(JSON.string)
        return .object(object)
    }

    private static func result(_ entry: ReportEntry, index: Int, _ posture: Posture) -> JSON {
        let resource = entry.resource
        let place = [posture.account, resource.region, resource.type, resource.id].map(\.percentEncoded)
            .joined(separator: "/")
        var properties: JSONObject = [
            "account": .string(posture.account),
            "controls": .array(entry.controls.map(JSON.string)),
            "evidence": EvidenceJSON.render(entry.evidence),
            "remediation": FindingsJSON.render(entry.remediation),
            "resource": FindingsJSON.render(resource),
            "severity": .string(entry.severity.rawValue),
            "status": .string(entry.status.rawValue),
            "tenant": .string(posture.tenant),
        ]
        properties["category"] = entry.category.map(JSON.string)
        properties["owner"] = entry.owner.map(JSON.string)
        properties["console"] = entry.console.map(JSON.string)
        properties["first_seen"] = entry.firstSeen.map { .string($0.description) }
        if !entry.causes.isEmpty { properties["causes"] = .array(entry.causes.map(JSON.string)) }
        var object: JSONObject = [
            "fingerprints": ["parapet/v1": .string(entry.id)],
            "guid": .string(UUID5.make("result", entry.id)),
            "kind": entry.status == .unknown ? "review" : "fail",
            "level": entry.status == .unknown ? "none" : .string(level(entry.severity)),
            "locations": [
                [
                    "logicalLocations": [
                        [
                            "fullyQualifiedName": .string(entry.name(account: posture.account)),
                            "kind": "resource",
                            "name": .string(resource.id),
                        ]
                    ],
                    "physicalLocation": [
                        "artifactLocation": ["uri": .string(place), "uriBaseId": "ACCOUNT"],
                        "region": ["startLine": 1],
                    ],
                ]
            ],
            "message": message(entry.message),
            "partialFingerprints": ["primaryLocationLineHash": .string(entry.id)],
            "properties": .object(properties),
            "ruleId": .string(entry.rule),
            "ruleIndex": .integer(Int64(index)),
        ]
        if let waiver = entry.waiver {
            object["suppressions"] = [
                [
                    "justification": .string(entry.waivedBy ?? ""),
                    "kind": "external",
                    "properties": FindingsJSON.render(waiver),
                    "status": "accepted",
                ]
            ]
        }
        return .object(object)
    }

    private static func message(_ text: String) -> JSON { ["text": .string(plain(text))] }

    /// Brackets would make a link of what follows, braces a placeholder.
    private static func plain(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "[", "]", "\\": output += "\\" + String(scalar)
            case "{", "}": output += String(scalar) + String(scalar)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }

    /// In GitHub's bands: critical from 9.0, high from 7.0, medium from 4.0, low from 0.1.
    private static func score(_ severity: Severity) -> String {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: "0.0"
        }
    }
}
