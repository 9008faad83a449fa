public import Documents

extension ResourceTypeReference {
    /// A table of types.
    public static func table(_ types: [ResourceTypeReference], _ style: TextStyle) -> String {
        let rows = types.map { [$0.name, $0.scanners.joined(separator: ", "), $0.scope.rawValue, $0.id ?? "-"] }
        return TextTable(header: ["TYPE", "SCANNERS", "SCOPE", "ID"], rows: rows).lines(style)
            .joined(separator: "\n")
    }

    /// Everything that is known of the type.
    public func text(_ style: TextStyle) -> String {
        var lines = [style.paint(name, .strong), ""]
        var facts = [("scanners", scanners.joined(separator: ", ")), ("scope", scopeText)]
        if let id { facts.append(("id", id)) }
        facts.append(("arn", arn))
        facts.append(("tags", tags.map { "tags.KEY, from \($0)" } ?? "none"))
        lines += facts.map { "  \($0.0)\(String(repeating: " ", count: 10 - $0.0.count))\($0.1)" }
        lines.append("")
        lines += TextTable(
            header: ["PATH", "TYPE", "COLLECTED BY", ""],
            rows: members.map { [$0.path, $0.typeText, $0.operation, $0.notes] }
        ).lines(style)
        lines += [
            "", "[] stands behind a list. A path ends there: some, every, none or count goes on with its elements.",
        ]
        if !relations.isEmpty {
            lines.append("")
            lines += TextTable(
                header: ["RELATION", "LEADS TO", "BY"],
                rows: relations.map { ["related.\($0.name)", $0.target, $0.means] }
            ).lines(style)
        }
        return lines.joined(separator: "\n")
    }

    private var scopeText: String {
        switch scope {
        case .account: "one in each account"
        case .region: "one in each scanned region"
        case .global: "listed once in each account by \(list ?? "")"
        case .regional: "listed in each scanned region by \(list ?? "")"
        }
    }
}

extension ResourceMember {
    fileprivate var typeText: String {
        switch container {
        case .none: kind
        case .list: "list of \(kind)"
        case .map: "map of \(kind)"
        }
    }

    /// Enumerations can have a thousand values: only the first are shown.
    fileprivate var notes: String {
        let most = 8
        var notes: [String] = []
        if !values.isEmpty {
            let more = values.count > most ? ", ... (\(values.count) in all)" : ""
            notes.append("one of \(values.prefix(most).joined(separator: ", "))\(more)")
        }
        if let defaultValue { notes.append("default \(defaultValue.text())") }
        if isOptional { notes.append("may be absent") }
        if isCutToDay { notes.append("cut to the day") }
        if isSensitive { notes.append("sensitive") }
        return notes.joined(separator: "; ")
    }
}
