internal import Documents

extension Manifest.Relation {
    static func parseAll(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [Manifest.Relation] {
        guard let pairs = node.mapping else {
            diagnostics.error("manifest/type", "relations must be a map, not \(node.kind)", at: node.span)
            return []
        }
        return pairs.compactMap { pair in
            var map = YAMLMapReader(pair.value, of: "a relation", area: "manifest", &diagnostics)
            let target = map.string("to", required: true, &diagnostics)
            let inverse = map.string("inverse", required: true, &diagnostics)
            let scope = map.choice("scope", of: Scope.self, &diagnostics)
            let key = map.node("key", &diagnostics)
            let within = map.choice("within", of: Key.Within.self, &diagnostics)
            map.finish(&diagnostics)
            guard let name = pair.key.text, let target, let inverse else { return nil }
            let way: Way
            switch (scope, key) {
            case (let scope?, nil): way = .scope(scope)
            case (nil, let key?):
                way = .key(Key(columns: columns(key, &diagnostics), within: within ?? .region))
            default:
                // A scope that cannot be read has been reported.
                if scope != nil || map.span(of: "scope") == nil {
                    diagnostics.error(
                        "manifest/value", "a relation needs `scope` or `key`, not both", at: pair.key.span)
                }
                return nil
            }
            return Manifest.Relation(name: name, target: target, inverse: inverse, way: way)
        }
    }

    /// `{own path: the target's}`, or a list of `{own, other, part}`.
    private static func columns(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [Column] {
        if let nodes = node.sequence {
            return nodes.compactMap { node in
                var map = YAMLMapReader(node, of: "a column", area: "manifest", &diagnostics)
                let own = map.string("own", required: true, &diagnostics)
                let other = map.string("other", required: true, &diagnostics)
                let part = map.choice("part", of: Value.Part.self, &diagnostics)
                map.finish(&diagnostics)
                guard let own, let other else { return nil }
                return Column(own: Value(own, part: part), other: Value(other))
            }
        }
        guard let pairs = node.mapping, !pairs.isEmpty else {
            diagnostics.error("manifest/type", "`key` must name a path of each side, not \(node.kind)", at: node.span)
            return []
        }
        return pairs.compactMap { pair in
            guard let own = pair.key.text, let other = pair.value.text else {
                diagnostics.error("manifest/type", "a column of `key` is a path of each side", at: pair.value.span)
                return nil
            }
            return Column(own: Value(own), other: Value(other))
        }
    }
}
