public import Documents
internal import Resources
internal import Rules

extension RuleReference {
    /// A table of rules.
    public static func table(_ references: [RuleReference], _ style: TextStyle) -> String {
        let rows = references.map { reference in
            [
                reference.rule.id, reference.rule.severity.rawValue, reference.rule.resources.joined(separator: ", "),
                reference.rule.title,
            ]
        }
        return TextTable(header: ["RULE", "SEVERITY", "RESOURCE", "TITLE"], rows: rows).lines(style)
            .joined(separator: "\n")
    }

    /// Everything that is known of the rule.
    public func text(_ style: TextStyle) -> String {
        var lines = [style.paint(rule.id.inert, .strong), "  \(rule.title.inert)", ""]
        lines += facts.map { "  \($0.0)\(String(repeating: " ", count: 12 - $0.0.count))\($0.1.inert)" }
        for excerpt in excerpts {
            lines.append("")
            lines += excerpt.text.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.isEmpty ? "" : "  \($0.inert)"
            }
        }
        if !rule.parameters.isEmpty {
            lines.append("")
            let rows = rule.parameters.map { parameter in
                [
                    parameter.name, parameter.kind.rawValue, parameter.value.text(),
                    parameter.minimum.map(String.init) ?? "", parameter.maximum.map(String.init) ?? "",
                ]
            }
            lines += TextTable(header: ["PARAMETER", "TYPE", "DEFAULT", "MIN", "MAX"], rows: rows)
                .lines(style, indent: 2)
        }
        add("Remediation", remediation, style, &lines)
        add("References", rule.references, style, &lines)
        add("Speaks for", controls.map { "\($0.framework) \($0.control)  \($0.title)" }, style, &lines)
        return lines.joined(separator: "\n")
    }

    private var facts: [(String, String)] {
        var facts = [
            ("severity", rule.severity.rawValue), ("resource", rule.resources.joined(separator: ", ")),
            ("from", scanner.map { "built in, scanner \($0)" } ?? rule.path),
        ]
        if let category = rule.category { facts.append(("category", category)) }
        if rule.status != .stable { facts.append(("status", rule.status.rawValue)) }
        if rule.onUnknown != .report { facts.append(("on_unknown", rule.onUnknown.rawValue)) }
        if let owner = rule.owner { facts.append(("owner", owner)) }
        if let replaces = rule.replaces { facts.append(("replaces", replaces)) }
        if !rule.aliases.isEmpty { facts.append(("aliases", rule.aliases.joined(separator: ", "))) }
        if let message = rule.message { facts.append(("message", message.source)) }
        facts.append(("tests", tests.map(String.init) ?? "not part of the binary"))
        return facts
    }

    private var remediation: [String] {
        [
            ("", rule.remediation.text), ("cli: ", rule.remediation.cli), ("terraform: ", rule.remediation.terraform),
        ].compactMap { name, template in template.map { name + $0.source } }
    }

    private func add(_ title: String, _ texts: [String], _ style: TextStyle, _ lines: inout [String]) {
        guard !texts.isEmpty else { return }
        lines += ["", style.paint("  \(title)", .strong)]
        for text in texts {
            lines += text.split(separator: "\n").map { "    \($0.inert)" }
        }
    }

    /// How many tests the rule has; nil where they were left out of the binary.
    var tests: Int? { rule.tests.isEmpty && scanner != nil ? nil : rule.tests.count }
}
