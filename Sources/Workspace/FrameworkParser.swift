internal import Documents
internal import Posture
internal import Rules

/// Reads the files in `frameworks/`.
enum FrameworkParser {
    /// Rules' names are checked by the caller, who knows all of them.
    ///
    /// - Returns: the framework, nil where it has faults, and all rules that it names.
    static func parse(_ diagnostics: inout FileDiagnostics) -> (
        framework: Framework?, rules: [(text: String, span: Span)]
    ) {
        guard let root = YAMLReader.read(&diagnostics) else { return (nil, []) }
        var map = YAMLMapReader(root, of: "a framework", area: "framework", &diagnostics)
        let id = map.string("framework", required: true, &diagnostics)
        let title = map.string("title", required: true, &diagnostics)
        let version = map.string("version", &diagnostics)
        let list = map.node("controls", required: true, &diagnostics)
        if let list, list.sequence == nil {
            diagnostics.error("framework/type", "`controls` must be a list, not \(list.kind)", at: list.span)
        }
        let nodes = list?.sequence ?? []
        map.finish(&diagnostics)
        if let id, !RuleParser.isName(id) {
            diagnostics.error("framework/name", "`\(id)` cannot be a framework's name", at: root["framework"]?.span)
        }
        var mentioned: [(text: String, span: Span)] = []
        var seen: Set<String> = []
        let controls = nodes.compactMap { node -> Framework.Control? in
            var map = YAMLMapReader(node, of: "a control", area: "framework", &diagnostics)
            let control = map.string("control", required: true, &diagnostics)
            let title = map.string("title", required: true, &diagnostics)
            let section = map.string("section", &diagnostics)
            let rules = map.strings("rules", required: true, &diagnostics)
            map.finish(&diagnostics)
            mentioned += rules ?? []
            guard let control, let title, let rules else { return nil }
            if !seen.insert(control).inserted {
                diagnostics.error("framework/duplicate", "the control `\(control)` stands twice", at: node.span)
            }
            return Framework.Control(id: control, title: title, section: section, rules: rules.map(\.text))
        }
        guard let id, let title, !diagnostics.hasErrors else { return (nil, mentioned) }
        let framework = Framework(
            id: id, title: title, version: version ?? "", controls: controls, path: diagnostics.file.path)
        return (framework, mentioned)
    }
}
