public import Documents
public import Posture
public import Rules

/// What a tenant says of one rule.
public struct RuleOverlay: Sendable {
    /// Values of the rule's parameters, in place of their defaults.
    public var settings: [String: JSON]
    /// In place of the rule's own.
    public var severity: Severity?
    public var disabled: DisabledRule?
}

extension RuleOverlay {
    var json: JSON {
        var object = JSONObject()
        if !settings.isEmpty { object["params"] = .object(JSONObject(settings.map { ($0.key, $0.value) })) }
        object["severity"] = severity.map { .string($0.rawValue) }
        object["disabled"] = disabled.map {
            ["reason": .string($0.reason), "expires": .string($0.expires.date), "path": .string($0.path)]
        }
        return .object(object)
    }
}
