internal import Documents

extension Manifest.Call {
    /// Reads the keys that all calls share.
    static func parse(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> Manifest.Call? {
        let name = operation(&map, &diagnostics)
        let input = map.stringMap("input", &diagnostics) ?? []
        let fixed = Manifest.mapping("fixed", &map, &diagnostics)?.json.object ?? JSONObject()
        let value = map.string("value", &diagnostics)
        let absent = map.strings("absent", &diagnostics) ?? []
        let format = map.node("parse", &diagnostics).flatMap { Manifest.TextFormat.parse($0, &diagnostics) }
        let scope = map.choice("scope", of: Manifest.CallScope.self, &diagnostics)
        let home = map.stringMap("home", &diagnostics) ?? []
        let action = map.string("action", &diagnostics)
        let needs = map.strings("needs", &diagnostics) ?? []
        let after = map.node("after", &diagnostics).flatMap { Manifest.Preparation.parse($0, &diagnostics) }
        guard let name else { return nil }
        return Manifest.Call(
            service: name.service, operation: name.operation,
            input: input.map { Manifest.Input(member: $0.key, path: ValuePath($0.value)) }, fixed: fixed,
            value: value.map { ValuePath($0) }, absent: absent.map { Manifest.Absence($0.text) }, format: format,
            scope: scope ?? .regional,
            home: Dictionary(home.map { ($0.key, $0.value) }) { first, _ in first }, action: action,
            needs: needs.map(\.text), after: after)
    }

    fileprivate static func operation(
        _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> (service: String, operation: String)? {
        guard let name = map.string("operation", required: true, &diagnostics) else { return nil }
        let parts = name.split(separator: ":")
        guard parts.count == 2 else {
            diagnostics.error(
                "manifest/value", "`\(name)` is not of the form service:Operation", at: map.span(of: "operation"))
            return nil
        }
        return (String(parts[0]), String(parts[1]))
    }
}

extension Manifest.Input {
    /// `Name`, `imageId.imageDigest` for a member of a structure, `Arns[]` for a list of one.
    fileprivate init(member: String, path: ValuePath) {
        isList = member.hasSuffix("[]")
        self.member = (isList ? String(member.dropLast(2)) : member).split(separator: ".").map(String.init)
        self.path = path
    }
}

extension Manifest.Preparation {
    fileprivate static func parse(
        _ node: YAMLNode, _ diagnostics: inout FileDiagnostics
    ) -> Manifest.Preparation? {
        var map = YAMLMapReader(node, of: "a preparation", area: "manifest", &diagnostics)
        let name = Manifest.Call.operation(&map, &diagnostics)
        let until = Manifest.Filter.parse("until", required: true, &map, &diagnostics)
        map.finish(&diagnostics)
        return name.map { Manifest.Preparation(service: $0.service, operation: $0.operation, until: until) }
    }
}

extension Manifest.Filter {
    /// Reads `{State: COMPLETE, Kind: [a, b], Count: {not: 0}, Parent: {exists: true}}`.
    static func parse(
        _ key: String, required: Bool = false, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> Manifest.Filter {
        guard let node = map.node(key, required: required, &diagnostics) else { return Manifest.Filter() }
        return parse(node, key, &diagnostics)
    }

    fileprivate static func parse(
        _ node: YAMLNode, _ key: String, _ diagnostics: inout FileDiagnostics
    ) -> Manifest.Filter {
        guard let pairs = node.mapping else {
            diagnostics.error("manifest/type", "`\(key)` must be a map, not \(node.kind)", at: node.span)
            return Manifest.Filter()
        }
        return Manifest.Filter(
            pairs.map { pair in
                let path = ValuePath(pair.key.text ?? "")
                guard pair.value.mapping != nil else { return Member(path: path, values: values(pair.value)) }
                var inner = YAMLMapReader(pair.value, of: "a comparison", area: "manifest", &diagnostics)
                let others = inner.node("not", &diagnostics).map(values)
                let exists = inner.bool("exists", &diagnostics)
                inner.finish(&diagnostics)
                if (others == nil) == (exists != true) {
                    diagnostics.error(
                        "manifest/value", "a comparison is `not` or `exists: true`", at: pair.value.span)
                }
                // Any value: none of none.
                return Member(path: path, values: others ?? [], isNegated: true)
            })
    }

    private static func values(_ node: YAMLNode) -> [JSON] { node.json.array ?? [node.json] }
}

extension Manifest.TextFormat {
    /// Reads `policy-document`, `json` or `{csv: {COLUMN: KIND}}`.
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.TextFormat? {
        switch node.text {
        case "policy-document": return .policyDocument
        case "json": return .json
        case let text?:
            diagnostics.error(
                "manifest/value", "`\(text)` is no way to parse", at: node.span,
                help: "one of: policy-document, json, {csv: {COLUMN: KIND}}")
            return nil
        case nil: break
        }
        var map = YAMLMapReader(node, of: "a way to parse", area: "manifest", &diagnostics)
        let columns = (map.stringMap("csv", &diagnostics) ?? []).compactMap { entry -> Column? in
            if let kind = Column.Kind(rawValue: entry.value) { return Column(name: entry.key, kind: kind) }
            diagnostics.error(
                "manifest/value", "`\(entry.value)` is no kind of column", at: entry.span,
                help: "one of: \(Column.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        map.finish(&diagnostics)
        return .csv(columns)
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
            let only = (Manifest.mapping("only", &map, &diagnostics)?.mapping ?? []).map { pair in
                let path = pair.key.text ?? ""
                return (path: ValuePath(path), filter: Manifest.Filter.parse(pair.value, path, &diagnostics))
            }
            let keep = map.strings("keep", &diagnostics) ?? []
            let name = map.string("name", &diagnostics)
            let each = map.node("each", &diagnostics).map { parseAll($0, &diagnostics) } ?? []
            let scanner = map.string("scanner", &diagnostics)
            let when = Manifest.Filter.parse("when", &map, &diagnostics)
            let before = Manifest.Filter.parse("before", &map, &diagnostics)
            let bulk = Manifest.Bulk.parse(&map, &diagnostics)
            let pick = map.node("pick", &diagnostics).map { Manifest.Pick.parse($0, &diagnostics) }
            let omitsEmpty = map.bool("omits_empty", &diagnostics) ?? false
            map.finish(&diagnostics)
            guard let call, let attribute = pair.key.text else { return nil }
            return Manifest.Attribute(
                name: attribute, call: call, only: only, keep: KeepList(keep.map { ValuePath($0.text) }),
                itemName: name, each: each, scanner: scanner, when: when,
                before: before.members.map { (path: $0.path, texts: $0.values.compactMap(\.string)) }, bulk: bulk,
                pick: pick, omitsEmpty: omitsEmpty)
        }
    }
}

extension Manifest.Bulk {
    /// Reads `items`, `key`, `match` and `many`; nil where there is no `key`.
    fileprivate static func parse(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> Manifest.Bulk? {
        let key = map.string("key", &diagnostics)
        let items = map.string("items", required: key != nil, &diagnostics)
        let match = map.node("match", &diagnostics).flatMap { Manifest.identifier($0, &diagnostics) }
        let many = map.bool("many", &diagnostics) ?? false
        guard let key, let match = match ?? Template("{\(key)}") else { return nil }
        return Manifest.Bulk(items: ValuePath(items ?? ""), key: ValuePath(key), match: match, many: many)
    }
}

extension Manifest.Pick {
    fileprivate static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.Pick {
        var map = YAMLMapReader(node, of: "a pick", area: "manifest", &diagnostics)
        let filter = Manifest.Filter.parse("where", required: true, &map, &diagnostics)
        let value = map.string("value", &diagnostics)
        map.finish(&diagnostics)
        return Manifest.Pick(filter: filter, value: value.map { ValuePath($0) })
    }
}

extension Manifest.Absence {
    /// Reads `NoSuchEntity`, or `AccessDeniedException: what its message says`.
    fileprivate init(_ text: String) {
        let parts = text.split(separator: ": ", maxSplits: 1)
        code = parts.first.map(String.init) ?? ""
        message = parts.count > 1 ? String(parts[1]) : nil
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
        let bulk = Manifest.Bulk.parse(&map, &diagnostics)
        map.finish(&diagnostics)
        return call.map { .call($0, bulk: bulk) }
    }
}
