public import Documents

extension Manifest {
    /// Reads a manifest file. Nil where it has faults, which are then in `diagnostics`.
    public static func parse(_ diagnostics: inout FileDiagnostics) -> Manifest? {
        guard let root = YAMLReader.read(&diagnostics) else { return nil }
        var map = YAMLMapReader(root, of: "a manifest", area: "manifest", &diagnostics)
        let type = map.string("resource", required: true, &diagnostics)
        let scanner = map.string("scanner", &diagnostics)
        let always = map.choice("always", of: Relation.Scope.self, &diagnostics)
        let lists = Manifest.lists(&map, isRequired: always == nil, &diagnostics)
        let id = identifier(map.node("id", required: always == nil, &diagnostics), &diagnostics)
        let detail = map.node("detail", &diagnostics).flatMap { Detail.parse($0, &diagnostics) }
        let arn = template(map.node("arn", required: true, &diagnostics), &diagnostics)
        let console = map.node("console", &diagnostics).flatMap { consolePage($0, &diagnostics) }
        let region = map.node("region", &diagnostics).map { RegionSource.parse($0, &diagnostics) } ?? .listed
        let keep = map.strings("keep", required: always == nil, &diagnostics) ?? []
        let attributes = map.node("attributes", &diagnostics).map { Attribute.parseAll($0, &diagnostics) } ?? []
        let tags = map.node("tags", &diagnostics).flatMap { TagSource.parse($0, &diagnostics) }
        let defaults = mapping("defaults", &map, &diagnostics)?.mapping ?? []
        let relations = map.node("relations", &diagnostics).map { Relation.parseAll($0, &diagnostics) } ?? []
        let volatile = map.stringMap("volatile", &diagnostics) ?? []
        for entry in volatile where entry.value != "day" {
            diagnostics.error(
                "manifest/value", "a volatile member is cut to the `day`, not `\(entry.value)`", at: entry.span)
        }
        let parses = (mapping("parse", &map, &diagnostics)?.mapping ?? []).compactMap { pair in
            TextFormat.parse(pair.value, &diagnostics).map { (path: ValuePath(pair.key.text ?? ""), format: $0) }
        }
        let free = freeForms(&map, &diagnostics)
        map.finish(&diagnostics)
        guard let type, let arn, let id = id ?? Template(""), !diagnostics.hasErrors else { return nil }
        let origin: Origin
        switch always {
        case .account: origin = .account
        case .region: origin = .region
        case nil: origin = .listed(lists)
        }
        return Manifest(
            type: type, scanner: scanner, origin: origin, id: id, arn: arn, console: console, region: region,
            detail: detail,
            keep: KeepList(keep.map { ValuePath($0.text) }), attributes: attributes, tags: tags,
            defaults: Dictionary(
                defaults.map { (ValuePath($0.key.text ?? ""), $0.value.json) }, uniquingKeysWith: { first, _ in first }),
            relations: relations, volatile: volatile.map { ValuePath($0.key) },
            parses: parses, free: free)
    }

    private static func freeForms(
        _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> [(path: ValuePath, form: FreeForm)] {
        (map.stringMap("free", &diagnostics) ?? []).compactMap { entry in
            guard let form = FreeForm(rawValue: entry.value) else {
                let names = FreeForm.allCases.map(\.rawValue)
                diagnostics.error(
                    "manifest/value", "`\(entry.value)` is no free form", at: entry.span,
                    help: suggestion(for: entry.value, among: names) ?? "one of: \(names.joined(separator: ", "))")
                return nil
            }
            return (ValuePath(entry.key), form)
        }
    }

    /// The node at a key, which must be a map.
    static func mapping(
        _ key: String, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> YAMLNode? {
        guard let node = map.node(key, &diagnostics) else { return nil }
        if node.mapping == nil {
            diagnostics.error("manifest/type", "`\(key)` must be a map, not \(node.kind)", at: node.span)
        }
        return node
    }

    /// A path to one member, or a template of several.
    static func identifier(_ node: YAMLNode?, _ diagnostics: inout FileDiagnostics) -> Template? {
        guard let text = node?.text, !text.contains("{") else { return template(node, &diagnostics) }
        return Template("{\(text)}")
    }

    private static func consolePage(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> ConsolePage? {
        guard let text = node.text else {
            diagnostics.error("manifest/type", "`console` must be text, not \(node.kind)", at: node.span)
            return nil
        }
        do {
            return try ConsolePage(text)
        } catch {
            diagnostics.error("manifest/console", "`\(text)` \(error.message)", at: node.span, help: error.help)
            return nil
        }
    }

    private static func template(_ node: YAMLNode?, _ diagnostics: inout FileDiagnostics) -> Template? {
        guard let node else { return nil }
        guard let text = node.text else {
            diagnostics.error("manifest/type", "a template must be text, not \(node.kind)", at: node.span)
            return nil
        }
        guard let template = Template(text) else {
            diagnostics.error("manifest/template", "a brace of `\(text)` is not closed", at: node.span)
            return nil
        }
        return template
    }
}
