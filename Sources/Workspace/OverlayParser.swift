internal import Documents
internal import Posture
internal import Rules

/// Reads a tenant's `rules:`.
enum OverlayParser {
    static func parse(
        _ node: YAMLNode, _ vocabulary: Vocabulary, _ diagnostics: inout FileDiagnostics
    ) -> [String: RuleOverlay] {
        guard let pairs = node.mapping else {
            diagnostics.error("tenant/type", "`rules` must be a map, not \(node.kind)", at: node.span)
            return [:]
        }
        var overlays: [String: RuleOverlay] = [:]
        for pair in pairs {
            let id = pair.key.text ?? ""
            let rule = vocabulary.rules[id]
            if rule == nil {
                diagnostics.error(
                    "tenant/unknown-rule", "there is no rule `\(id)`", at: pair.key.span,
                    help: vocabulary.help(forRule: id))
            }
            overlays[id] = overlay(pair.value, of: id, rule, &diagnostics)
        }
        return overlays
    }

    private static func overlay(
        _ node: YAMLNode, of id: String, _ rule: Rule?, _ diagnostics: inout FileDiagnostics
    ) -> RuleOverlay {
        var map = YAMLMapReader(node, of: "what a tenant says of a rule", area: "tenant", &diagnostics)
        var overlay = RuleOverlay(settings: [:])
        if let node = map.node("params", &diagnostics) { overlay.settings = settings(node, rule, &diagnostics) }
        overlay.severity = map.choice("severity", of: Severity.self, &diagnostics)
        if let node = map.node("disabled", &diagnostics) { overlay.disabled = disabled(node, id, &diagnostics) }
        map.finish(&diagnostics)
        return overlay
    }

    private static func settings(
        _ node: YAMLNode, _ rule: Rule?, _ diagnostics: inout FileDiagnostics
    ) -> [String: JSON] {
        guard let pairs = node.mapping else {
            diagnostics.error("tenant/type", "`params` must be a map, not \(node.kind)", at: node.span)
            return [:]
        }
        guard let rule else { return [:] }
        var settings: [String: JSON] = [:]
        for pair in pairs {
            let name = pair.key.text ?? ""
            guard let parameter = rule.parameters.first(where: { $0.name.hasSameBytes(as: name) }) else {
                diagnostics.error(
                    "tenant/unknown-parameter", "the rule `\(rule.id)` has no parameter `\(name)`", at: pair.key.span,
                    help: rule.parameters.isEmpty
                        ? "it has none" : suggestion(for: name, among: rule.parameters.map(\.name)))
                continue
            }
            if let fault = parameter.fault(in: pair.value.json) {
                diagnostics.error("tenant/parameter", "`\(name)` of `\(rule.id)` \(fault)", at: pair.value.span)
            } else {
                settings[name] = pair.value.json
            }
        }
        return settings
    }

    private static func disabled(
        _ node: YAMLNode, _ id: String, _ diagnostics: inout FileDiagnostics
    ) -> DisabledRule? {
        var map = YAMLMapReader(node, of: "`disabled`", area: "tenant", &diagnostics)
        let reason = map.words("reason", area: "tenant", &diagnostics)
        let expires = map.day("expires", area: "tenant", &diagnostics)
        map.finish(&diagnostics)
        guard let reason, let expires else { return nil }
        return DisabledRule(rule: id, reason: reason, expires: expires, path: diagnostics.file.path)
    }
}
