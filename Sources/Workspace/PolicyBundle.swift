internal import Documents
internal import Posture
internal import Rules

/// An effective policy as the files that a scan records beside its snapshot, so that anyone can judge it again.
enum PolicyBundle {
    /// Beneath a tenant's folder.
    static let folder = "_policy"

    /// The files, with paths relative to the folder: rules as they were written, and what the tenant makes of them.
    static func files(of policy: EffectivePolicy) -> [(path: String, bytes: [UInt8])] {
        var files = [(path: "tenant.json", bytes: document(policy).bytes(.indented))]
        for rule in policy.rules { files.append(("rules/\(rule.rule.id).yaml", rule.source.bytes)) }
        for fragment in policy.fragments.values {
            guard let source = policy.sources[fragment.path] else { continue }
            files.append(("rules/fragments/\(fragment.name).yaml", source.bytes))
        }
        for table in policy.tables.values {
            guard let source = policy.sources[table.path] else { continue }
            files.append(("rules/tables/\(table.name).yaml", source.bytes))
        }
        for framework in policy.frameworks {
            files.append(("frameworks/\(framework.id).json", framework.json.bytes(.indented)))
        }
        return files
    }

    private static func document(_ policy: EffectivePolicy) -> JSON {
        let exceptions = policy.exceptions
        let unknown = Set(exceptions.waivers.map(\.rule)).subtracting(exceptions.knownRules)
        return [
            "version": 1, "tenant": .string(policy.tenant), "account": .string(policy.trust.account),
            "frameworks": .array(policy.frameworks.map { .string($0.id) }),
            "rules": .object(JSONObject(policy.overlays.map { ($0.key, $0.value.json) })),
            "trusted": [
                "accounts": .array(policy.trust.accounts.sorted().map(JSON.string)),
                "organizations": .array(policy.trust.organizations.sorted().map(JSON.string)),
            ],
            "owner_tags": .array(policy.ownerTags.keys.map(JSON.string)),
            "limits": [
                "max_days": .integer(exceptions.limits.maxDays),
                "max_severity": .string(exceptions.limits.maxSeverity.rawValue),
            ],
            "waivers": .array(exceptions.waivers.sorted { $0.name < $1.name }.map(\.json)),
            "malformed_waivers": .array(
                exceptions.malformed.map { ["path": .string($0.path), "fault": .string($0.fault)] }),
            // Rules that waivers name, and that there are not.
            "unknown_rules": .array(unknown.sorted().map(JSON.string)),
        ]
    }
}

extension Waiver {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "waiver": .string(name), "rule": .string(rule), "match": match.json, "reason": .string(reason),
            "approved_by": .string(approvedBy), "expires": .string(expires.date), "path": .string(path),
        ]
        object["ticket"] = ticket.map(JSON.string)
        object["evidence"] = evidence.map(JSON.string)
        return .object(object)
    }
}

extension Framework {
    /// As a framework's file has it.
    fileprivate var json: JSON {
        [
            "framework": .string(id), "title": .string(title), "version": .string(version),
            "controls": .array(
                controls.map { control in
                    var object: JSONObject = [
                        "control": .string(control.id), "title": .string(control.title),
                        "rules": .array(control.rules.map(JSON.string)),
                    ]
                    object["section"] = control.section.map(JSON.string)
                    return .object(object)
                }),
        ]
    }
}
