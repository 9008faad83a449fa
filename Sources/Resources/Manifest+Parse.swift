public import Documents

extension Manifest {
    /// Reads a manifest file. Nil where it has faults, which are then in `diagnostics`.
    public static func parse(_ diagnostics: inout FileDiagnostics) -> Manifest? {
        guard let root = YAMLReader.read(&diagnostics) else { return nil }
        var map = YAMLMapReader(root, of: "a manifest", area: "manifest", &diagnostics)
        let type = map.string("resource", required: true, &diagnostics)
        let scanner = map.string("scanner", &diagnostics)
        let always = map.choice("always", of: Relation.Scope.self, &diagnostics)
        let list = map.node("list", required: always == nil, &diagnostics).flatMap { ListCall.parse($0, &diagnostics) }
        let id = map.string("id", required: always == nil, &diagnostics)
        let arn = template(map.node("arn", required: true, &diagnostics), &diagnostics)
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
        let parse = map.stringMap("parse", &diagnostics) ?? []
        for entry in parse where entry.value != "policy-document" {
            diagnostics.error(
                "manifest/value", "`\(entry.value)` is no way to parse", at: entry.span, help: "one of: policy-document"
            )
        }
        let free = freeForms(&map, &diagnostics)
        map.finish(&diagnostics)
        guard let type, let arn, !diagnostics.hasErrors else { return nil }
        let origin: Origin
        switch (always, list) {
        case (.account, _): origin = .account
        case (.region, _): origin = .region
        case (nil, let list?): origin = .listed(list)
        case (nil, nil): return nil
        }
        return Manifest(
            type: type, scanner: scanner, origin: origin, id: ValuePath(id ?? ""), arn: arn, region: region,
            keep: KeepList(keep.map { ValuePath($0.text) }), attributes: attributes, tags: tags,
            defaults: Dictionary(
                defaults.map { (ValuePath($0.key.text ?? ""), $0.value.json) }, uniquingKeysWith: { first, _ in first }),
            relations: relations, volatile: volatile.map { ValuePath($0.key) },
            policyDocuments: parse.map { ValuePath($0.key) }, free: free)
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
    fileprivate static func mapping(
        _ key: String, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> YAMLNode? {
        guard let node = map.node(key, &diagnostics) else { return nil }
        if node.mapping == nil {
            diagnostics.error("manifest/type", "`\(key)` must be a map, not \(node.kind)", at: node.span)
        }
        return node
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

extension Manifest.Call {
    /// Reads the keys that all calls share.
    static func parse(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> Manifest.Call? {
        let name = map.string("operation", required: true, &diagnostics)
        let input = map.stringMap("input", &diagnostics) ?? []
        let fixed = Manifest.mapping("fixed", &map, &diagnostics)?.json.object ?? JSONObject()
        let value = map.string("value", &diagnostics)
        let absent = map.strings("absent", &diagnostics) ?? []
        let parse = map.string("parse", &diagnostics)
        let scope = map.choice("scope", of: Manifest.CallScope.self, &diagnostics)
        let action = map.string("action", &diagnostics)
        if let parse, parse != "policy-document" {
            diagnostics.error(
                "manifest/value", "`\(parse)` is no way to parse", at: map.span(of: "parse"),
                help: "one of: policy-document")
        }
        guard let name else { return nil }
        let parts = name.split(separator: ":")
        guard parts.count == 2 else {
            diagnostics.error(
                "manifest/value", "`\(name)` is not of the form service:Operation", at: map.span(of: "operation"))
            return nil
        }
        return Manifest.Call(
            service: String(parts[0]), operation: String(parts[1]),
            input: input.map { ($0.key, ValuePath($0.value)) }, fixed: fixed, value: value.map { ValuePath($0) },
            absent: Set(absent.map(\.text)), parsesPolicy: parse != nil, scope: scope ?? .regional, action: action)
    }
}

extension Manifest.ListCall {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.ListCall? {
        var map = YAMLMapReader(node, of: "a list call", area: "manifest", &diagnostics)
        let call = Manifest.Call.parse(&map, &diagnostics)
        let items = map.string("items", required: true, &diagnostics)
        let name = map.string("name", &diagnostics)
        if map.span(of: "scope") == nil {
            diagnostics.error("manifest/missing-key", "a list call needs the key `scope`", at: map.span)
        }
        map.finish(&diagnostics)
        guard let call, let items else { return nil }
        return Manifest.ListCall(call: call, items: ValuePath(items), itemName: name)
    }
}

extension Manifest.Attribute {
    static func parseAll(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [Manifest.Attribute] {
        guard let pairs = node.mapping else {
            diagnostics.error("manifest/type", "attributes must be a map, not \(node.kind)", at: node.span)
            return []
        }
        return pairs.compactMap { pair in
            var map = YAMLMapReader(pair.value, of: "an attribute", area: "manifest", &diagnostics)
            let call = Manifest.Call.parse(&map, &diagnostics)
            let keep = map.strings("keep", &diagnostics) ?? []
            let name = map.string("name", &diagnostics)
            let each = map.node("each", &diagnostics).map { parseAll($0, &diagnostics) } ?? []
            let scanner = map.string("scanner", &diagnostics)
            map.finish(&diagnostics)
            guard let call, let key = pair.key.text else { return nil }
            return Manifest.Attribute(
                name: key, call: call, keep: KeepList(keep.map { ValuePath($0.text) }), itemName: name, each: each,
                scanner: scanner)
        }
    }
}

extension Manifest.RegionSource {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.RegionSource {
        var map = YAMLMapReader(node, of: "a region's source", area: "manifest", &diagnostics)
        if node["operation"] == nil {
            let member = map.string("value", required: true, &diagnostics) ?? ""
            map.finish(&diagnostics)
            return .member(ValuePath(member))
        }
        let call = Manifest.Call.parse(&map, &diagnostics)
        let empty = map.string("empty", &diagnostics)
        let also = map.stringMap("also", &diagnostics) ?? []
        map.finish(&diagnostics)
        guard let call else { return .listed }
        return .call(call, empty: empty, also: Dictionary(also.map { ($0.key, $0.value) }) { first, _ in first })
    }
}

extension Manifest.TagSource {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.TagSource? {
        if let path = node.text { return .member(ValuePath(path)) }
        var map = YAMLMapReader(node, of: "the tags' source", area: "manifest", &diagnostics)
        let call = Manifest.Call.parse(&map, &diagnostics)
        map.finish(&diagnostics)
        return call.map { .call($0) }
    }
}
