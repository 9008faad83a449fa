internal import Documents

extension Manifest {
    /// Reads `list`, or `lists` for a type that several calls list.
    static func lists(
        _ map: inout YAMLMapReader, isRequired: Bool, _ diagnostics: inout FileDiagnostics
    ) -> [List] {
        if let node = map.node("lists", &diagnostics) {
            guard let nodes = node.sequence, !nodes.isEmpty else {
                diagnostics.error("manifest/type", "`lists` must be a list that is not empty", at: node.span)
                return []
            }
            return nodes.compactMap { List.parse($0, &diagnostics) }
        }
        guard let node = map.node("list", required: isRequired, &diagnostics) else { return [] }
        return List.parse(node, &diagnostics).map { [$0] } ?? []
    }
}

extension Manifest.List {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.List? {
        var map = YAMLMapReader(node, of: "a list call", area: "manifest", &diagnostics)
        let call = Manifest.Call.parse(&map, &diagnostics)
        let items = map.string("items", required: true, &diagnostics)
        let name = map.string("name", &diagnostics)
        let copies = map.stringMap("copy", &diagnostics) ?? []
        let when = Manifest.Filter.parse("when", &map, &diagnostics)
        let unless = Manifest.Filter.parse("unless", &map, &diagnostics)
        let constants = map.stringMap("set", &diagnostics) ?? []
        let lastParts = map.strings("last", &diagnostics) ?? []
        let size = map.integer("batch", in: 1...1_000, &diagnostics)
        let omitsEmpty = map.bool("omits_empty", &diagnostics) ?? false
        let parent = map.node("of", &diagnostics)
        let id = map.node("id", &diagnostics).flatMap { Manifest.identifier($0, &diagnostics) }
        if map.span(of: "scope") == nil, parent == nil {
            diagnostics.error("manifest/missing-key", "a list call needs the key `scope`", at: map.span)
        }
        map.finish(&diagnostics)
        let batch = Manifest.Batch.parse(size, call, map, &diagnostics)
        let outer = parent.flatMap { Manifest.List.parse($0, &diagnostics) }
        guard var call, let items, (parent == nil) == (outer == nil) else { return nil }
        // Where the items around it were listed.
        if let outer { call.scope = outer.call.scope }
        let own = Manifest.Level(
            call: call, items: ValuePath(items), itemName: name, omitsEmpty: omitsEmpty,
            copies: copies.map { (name: $0.key, path: ValuePath($0.value)) }, when: when, unless: unless,
            constants: constants.map { (name: $0.key, value: $0.value) }, lastParts: lastParts.map(\.text),
            batch: batch)
        return Manifest.List(parents: outer?.levels ?? [], own: own, id: id)
    }
}

extension Manifest.Detail {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Manifest.Detail? {
        var map = YAMLMapReader(node, of: "a detail", area: "manifest", &diagnostics)
        let call = Manifest.Call.parse(&map, &diagnostics)
        let size = map.integer("batch", in: 1...1_000, &diagnostics)
        let key = map.string("key", required: size != nil, &diagnostics)
        map.finish(&diagnostics)
        guard let call else { return nil }
        return Manifest.Detail(
            call: call, batch: Manifest.Batch.parse(size, call, map, &diagnostics), key: key.map { ValuePath($0) })
    }
}

extension Manifest.Batch {
    /// The batch of a call; nil where no size is named.
    fileprivate static func parse(
        _ size: Int64?, _ call: Manifest.Call?, _ map: YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> Manifest.Batch? {
        guard let size, let call else { return nil }
        guard let list = call.input.first(where: \.isList), list.member.count == 1 else {
            diagnostics.error(
                "manifest/value", "a batch needs an input member that takes a list", at: map.span(of: "batch"),
                help: "write its name with brackets: `names[]: Name`")
            return nil
        }
        return Manifest.Batch(member: list.member[0], size: Int(size))
    }
}
