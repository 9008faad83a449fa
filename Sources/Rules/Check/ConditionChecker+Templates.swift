internal import Documents
internal import Resources

extension ConditionChecker {
    mutating func check(_ template: Template, in rule: Rule, _ type: ResourceType) {
        for place in template.places where !["region", "account", "id", "arn"].contains(place) {
            guard let segments = Path.segments(place), let first = segments.first else {
                diagnostics.error("rule/template", "`{\(place)}` is not a path", at: rule.idSpan)
                continue
            }
            if first == "param" {
                if segments.count != 2 || !parameters.contains(where: { $0.name == segments[1] }) {
                    diagnostics.error("rule/template", "`{\(place)}` names no parameter", at: rule.idSpan)
                }
                continue
            }
            let path = Path(place, span: rule.idSpan) ?? Path(kind: .this, text: place, span: rule.idSpan)
            if let scope = bindings[first] {
                if segments.count > 1 {
                    checkShown(resolve(Array(segments.dropFirst()), path, scope), place, rule)
                }
            } else {
                checkShown(resolve(segments, path, .resource(type)), place, rule)
            }
        }
    }

    /// Messages and commands are read by many.
    mutating func checkShown(_ element: Element?, _ place: String, _ rule: Rule) {
        guard let element, element.type.sensitive.contains(where: { element.path.starts(with: $0.segments) }) else {
            return
        }
        diagnostics.error("rule/sensitive", "`{\(place)}` is sensitive and cannot be shown", at: rule.idSpan)
    }
}
