internal import Documents

/// What two settings files say differently. All of it is the base's to decide.
enum GateChanges {
    /// - Parameters:
    ///   - base: the file's bytes; nil where there is none.
    /// - Returns: by key. What cannot be read as YAML says nothing here; its faults are reported elsewhere.
    static func between(_ base: [UInt8]?, _ head: [UInt8]?) -> [Review.GateChange] {
        let (before, after) = (entries(base), entries(head))
        let keys = Set(before.keys).union(after.keys).sorted { $0.precedesByBytes($1) }
        return keys.compactMap { key in
            let (old, new) = (before[key], after[key])
            if let old, let new, old.hasSameBytes(as: new) { return nil }
            return Review.GateChange(key: key, base: old, head: new)
        }
    }

    /// `gate.fail_on`: `high`. Keys of maps one level down; what stands deeper is a value.
    private static func entries(_ bytes: [UInt8]?) -> [String: String] {
        guard let bytes else { return [:] }
        var file = FileDiagnostics(file: SourceFile(path: "parapet.yaml", bytes: bytes))
        guard let pairs = YAMLReader.read(&file)?.mapping else { return [:] }
        var entries: [String: String] = [:]
        for pair in pairs {
            guard let key = pair.key.text, key != "version" else { continue }
            guard let inner = pair.value.mapping else {
                entries[key] = text(pair.value)
                continue
            }
            for pair in inner { entries["\(key).\(pair.key.text ?? "")"] = text(pair.value) }
        }
        return entries
    }

    /// On one line, as YAML.
    private static func text(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let isPlain): isPlain ? text : JSON.string(text).text()
        case .sequence(let nodes): "[" + nodes.map(text).joined(separator: ", ") + "]"
        case .mapping(let pairs):
            "{" + pairs.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
