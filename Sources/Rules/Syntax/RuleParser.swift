public import Documents
internal import Resources

/// Reads a rule file: syntax only. What its paths and types mean is the checker's business.
public enum RuleParser {
    public static func limits() -> YAMLLimits {
        var limits = YAMLLimits()
        limits.tags = ["!uncollected"]
        return limits
    }

    /// Nil where the file has faults, which are then in `diagnostics`.
    public static func parse(_ diagnostics: inout FileDiagnostics) -> Rule? {
        guard let root = YAMLReader.read(&diagnostics, limits: limits()) else { return nil }
        var map = YAMLMapReader(root, of: "a rule", area: "rule", &diagnostics)
        let idNode = map.node("rule", required: true, &diagnostics)
        let id = idNode.flatMap { parseName($0, &diagnostics) }
        let title = map.string("title", required: true, &diagnostics)
        let severity = map.choice("severity", of: Severity.self, required: true, &diagnostics)
        let types = map.node("resource", required: true, &diagnostics).map { parseResources($0, &diagnostics) } ?? []
        let category = map.string("category", &diagnostics)
        let parameters = map.node("params", &diagnostics).map { ParameterParser.parse($0, &diagnostics) } ?? []
        let applicability = map.node("where", &diagnostics).flatMap { ConditionParser.parse($0, &diagnostics) }
        let (polarity, condition) = decision(&map, root, &diagnostics)
        let message = template("message", &map, &diagnostics)
        let remediation = map.node("remediation", &diagnostics).map { parseRemediation($0, &diagnostics) }
        let references = map.strings("references", &diagnostics)?.map(\.text) ?? []
        let owner = map.string("owner", &diagnostics)
        let status = map.choice("status", of: Rule.Status.self, &diagnostics) ?? .stable
        let onUnknown = map.choice("on_unknown", of: Rule.OnUnknown.self, &diagnostics) ?? .report
        let aliases = map.strings("aliases", &diagnostics)?.map(\.text) ?? []
        let replaces = map.string("replaces", &diagnostics)
        let link = template("link", &map, &diagnostics)
        let tests =
            map.node("tests", &diagnostics).map {
                RuleTestParser.parse($0, types: types.map(\.name), parameters: parameters, &diagnostics)
            } ?? []
        map.finish(&diagnostics)
        guard let id, let idNode, let title, let severity, !types.isEmpty, let polarity, let condition,
            !diagnostics.hasErrors
        else { return nil }
        return Rule(
            id: id, title: title, severity: severity, resources: types.map(\.name), category: category,
            parameters: parameters, applicability: applicability, polarity: polarity, condition: condition,
            message: message, remediation: remediation ?? Rule.Remediation(), references: references, owner: owner,
            status: status, onUnknown: onUnknown, aliases: aliases, replaces: replaces, link: link, tests: tests,
            path: diagnostics.file.path, resourceSpans: types.map(\.span), idSpan: idNode.span)
    }

    /// Reads a condition that stands outside a rule.
    public static func condition(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Condition? {
        ConditionParser.parse(node, &diagnostics)
    }

    /// Names of rules, tenants, waivers and frameworks: `[a-z0-9][a-z0-9-]{0,62}`.
    public static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes[0] != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
    }

    private static func parseName(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> String? {
        if let text = node.text, isName(text) { return text }
        diagnostics.error(
            "rule/name", "`\(node.text ?? "")` cannot be a rule's id", at: node.span,
            help: "lower-case letters, digits and hyphens, at most 63, no hyphen first")
        return nil
    }

    private static func parseResources(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [(
        name: String, span: Span
    )] {
        if node.sequence?.isEmpty == true {
            diagnostics.error("rule/type", "`resource` names no type", at: node.span)
        }
        return (node.sequence ?? [node]).compactMap { element in
            guard let text = element.text else {
                diagnostics.error("rule/type", "`resource` takes types' names, not \(element.kind)", at: element.span)
                return nil
            }
            return (text, element.span)
        }
    }

    private static func decision(
        _ map: inout YAMLMapReader, _ root: YAMLNode, _ diagnostics: inout FileDiagnostics
    ) -> (Rule.Polarity?, Condition?) {
        let fail = map.node("fail_when", &diagnostics)
        let pass = map.node("pass_when", &diagnostics)
        switch (fail, pass) {
        case (let node?, nil): return (.failWhen, ConditionParser.parse(node, &diagnostics))
        case (nil, let node?): return (.passWhen, ConditionParser.parse(node, &diagnostics))
        case (nil, nil):
            diagnostics.error("rule/missing-key", "a rule needs `fail_when` or `pass_when`", at: root.span)
        case (_?, _?):
            diagnostics.error(
                "rule/both", "a rule has `fail_when` or `pass_when`, not both", at: map.span(of: "pass_when"))
        }
        return (nil, nil)
    }

    private static func template(
        _ key: String, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> Template? {
        guard let text = map.string(key, &diagnostics) else { return nil }
        guard let template = Template(text) else {
            diagnostics.error(
                "rule/template", "a brace in `\(key)` is not closed", at: map.span(of: key),
                help: "write {{ for a brace")
            return nil
        }
        return template
    }

    private static func parseRemediation(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Rule.Remediation {
        var map = YAMLMapReader(node, of: "a remediation", area: "rule", &diagnostics)
        let remediation = Rule.Remediation(
            text: template("text", &map, &diagnostics), cli: template("cli", &map, &diagnostics),
            terraform: template("terraform", &map, &diagnostics))
        map.finish(&diagnostics)
        return remediation
    }
}
