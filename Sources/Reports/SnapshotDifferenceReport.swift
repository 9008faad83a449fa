public import Documents
public import Resources

/// What `parapet snapshot diff` prints.
public struct SnapshotDifferenceReport: Sendable {
    private let difference: SnapshotDifference

    public init(_ difference: SnapshotDifference) { self.difference = difference }

    // MARK: JSON

    public var json: JSON {
        [
            "added": .array(difference.added.map { .object(Self.name($0)) }),
            "removed": .array(difference.removed.map { .object(Self.name($0)) }),
            "changed": .array(
                difference.changed.map { changed in
                    var object = Self.name(changed.resource)
                    object["changes"] = .array(changed.changes.map(Self.json))
                    return .object(object)
                }),
            "uncollected": .array(difference.lost.map(Self.json)),
            "first_collected": .array(difference.gained.map(Self.json)),
        ]
    }

    private static func name(_ resource: Resource) -> JSONObject {
        [
            "type": .string(resource.type), "account": .string(resource.account), "region": .string(resource.region),
            "id": .string(resource.id), "arn": .string(resource.arn),
        ]
    }

    private static func json(_ unseen: SnapshotDifference.Unseen) -> JSON {
        var object = name(unseen.resource)
        object["code"] = .string(unseen.code)
        return .object(object)
    }

    private static func json(_ change: DocumentChange) -> JSON {
        var object: JSONObject = ["pointer": .string(change.pointer), "change": .string(change.kind.rawValue)]
        if let old = change.old { object["old"] = old }
        if let new = change.new { object["new"] = new }
        if let code = change.code { object["code"] = .string(code) }
        return .object(object)
    }

    // MARK: Text

    /// One line a resource, one a change, and the numbers.
    public func text(_ style: TextStyle) -> String {
        guard !difference.isEmpty else { return "no differences" }
        var lines: [String] = []
        for resource in difference.added { lines.append(style.paint("+", .good) + " " + Self.line(resource)) }
        for resource in difference.removed { lines.append(style.paint("-", .error) + " " + Self.line(resource)) }
        for changed in difference.changed {
            lines.append(style.paint("~", .warning) + " " + Self.line(changed.resource))
            lines += changed.changes.map { "    " + Self.line($0) }
        }
        for unseen in difference.lost {
            lines.append("? \(Self.line(unseen.resource))  not collected any more: \(unseen.code.inert)")
        }
        for unseen in difference.gained {
            lines.append("? \(Self.line(unseen.resource))  not collected before: \(unseen.code.inert)")
        }
        let counts = [
            (difference.added.count, "added"), (difference.removed.count, "removed"),
            (difference.changed.count, "changed"), (difference.lost.count, "not collected any more"),
            (difference.gained.count, "not collected before"),
        ]
        lines.append("")
        lines.append(counts.filter { $0.0 > 0 }.map { "\($0) \($1)" }.joined(separator: ", "))
        return lines.joined(separator: "\n")
    }

    private static func line(_ resource: Resource) -> String {
        "\(resource.type)  \(resource.region)  \(resource.id)".inert
    }

    private static func line(_ change: DocumentChange) -> String {
        let pointer = change.pointer.inert
        let old = change.old.map(short) ?? ""
        let new = change.new.map(short) ?? ""
        let code = (change.code ?? "").inert
        return switch change.kind {
        case .added: "+ \(pointer): \(new)"
        case .removed: "- \(pointer): \(old)"
        case .changed: "~ \(pointer): \(old) → \(new)"
        case .reordered: "~ \(pointer): in another order"
        case .uncollected: "? \(pointer): not collected any more: \(code)" + (old.isEmpty ? "" : "; it was \(old)")
        case .collected: "? \(pointer): not collected before: \(code)" + (new.isEmpty ? "" : "; it is \(new)")
        }
    }

    /// At most 80 characters of a value.
    private static func short(_ value: JSON) -> String {
        let text = value.text().inert
        let scalars = text.unicodeScalars
        return scalars.count > 80 ? String(String.UnicodeScalarView(scalars.prefix(79))) + "…" : text
    }
}
