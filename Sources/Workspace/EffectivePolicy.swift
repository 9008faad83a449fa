public import Documents
public import Posture
internal import Rules

/// What a tenant is judged by at a moment: rules with its own severities and parameters, and what does not count.
public struct EffectivePolicy: Sendable {
    /// The rules that run, with the tenant's severities.
    public var rules: [LoadedRule]
    /// The tenant's values of parameters, by rule.
    public var settings: [String: [String: JSON]]
    public var frameworks: [Framework]
    public var exceptions: Exceptions
    /// All of it but the rules' files.
    var document: JSON
}

extension Workspace {
    /// - Parameter moment: the snapshot's time: what has expired by then does not hold.
    public func policy(for tenant: Tenant, at moment: Timestamp) -> EffectivePolicy {
        let running = rules(for: tenant).compactMap { loaded -> LoadedRule? in
            let overlay = tenant.overlays[loaded.rule.id]
            if let disabled = overlay?.disabled, disabled.holds(at: moment) { return nil }
            var loaded = loaded
            loaded.rule.severity = overlay?.severity ?? loaded.rule.severity
            return loaded
        }
        let exceptions = Exceptions(
            waivers: waivers.filter { $0.tenants.contains(tenant.name) },
            malformed: malformedWaivers.filter { $0.tenants.contains(tenant.name) }, limits: settings.waiverLimits,
            knownRules: Set(rules.map(\.rule.id)),
            disabled: tenant.overlays.values.compactMap(\.disabled).sorted { $0.rule < $1.rule })
        return EffectivePolicy(
            rules: running, settings: tenant.overlays.mapValues(\.settings), frameworks: frameworks(for: tenant),
            exceptions: exceptions, document: Self.document(tenant, exceptions))
    }

    private static func document(_ tenant: Tenant, _ exceptions: Exceptions) -> JSON {
        [
            "version": 1, "tenant": .string(tenant.name),
            "rules": .object(JSONObject(tenant.overlays.map { ($0.key, $0.value.json) })),
            "trusted": [
                "accounts": .array(tenant.trusted.accounts.map(JSON.string)),
                "organizations": .array(tenant.trusted.organizations.map(JSON.string)),
            ],
            "limits": [
                "max_days": .integer(exceptions.limits.maxDays),
                "max_severity": .string(exceptions.limits.maxSeverity.rawValue),
            ],
            "waivers": .array(exceptions.waivers.sorted { $0.name < $1.name }.map(\.json)),
            "malformed_waivers": .array(
                exceptions.malformed.map { ["path": .string($0.path), "fault": .string($0.fault)] }),
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
