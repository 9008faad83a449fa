internal import Documents
internal import Resources

/// The values by which a resource is found.
struct RelationKey {
    var values: [String]

    /// Equal for equal values, and for those alone.
    var bytes: [UInt8] { values.flatMap { Array($0.utf8) + [0] } }

    struct Unreadable: Error {
        var cause: UnknownCause
    }

    /// All keys of a resource. Of several columns each must have one value at most; a column without a value leaves none.
    static func keys(
        of resource: ResourceView, _ columns: [Manifest.Relation.Value]
    ) -> Result<[RelationKey], Unreadable> {
        var keys = [RelationKey(values: [])]
        for column in columns {
            let values: [String]
            switch self.values(of: resource, column) {
            case .success(let found): values = found
            case .failure(let fault): return .failure(fault)
            }
            guard values.count <= 1 || columns.count == 1 else {
                return .failure(Unreadable(cause: cause(resource, column, "has several values where one is meant")))
            }
            keys = values.flatMap { value in keys.map { RelationKey(values: $0.values + [value]) } }
        }
        return .success(keys)
    }

    private static func values(
        of resource: ResourceView, _ value: Manifest.Relation.Value
    ) -> Result<[String], Unreadable> {
        var found: [TapeValue] = []
        switch value.place {
        case .id: found = [resource.id]
        case .arn: found = resource.arn.map { [$0] } ?? []
        case .config(let path):
            found = [resource.config]
            for segment in path.segments {
                var next: [TapeValue] = []
                for place in found {
                    for element in place.elements {
                        if let member = element.member(named: segment), member.kind != .null { next.append(member) }
                    }
                }
                found = next
            }
            found = found.flatMap(\.elements)
        }
        var texts: [String] = []
        for place in found {
            switch place.kind {
            case .string: texts.append(part(place.string, value.part))
            case .integer: texts.append(String(place.integer))
            case .hidden: return .failure(Unreadable(cause: cause(resource, value, place.string)))
            case .null: break
            default: return .failure(Unreadable(cause: cause(resource, value, "is \(place.json.kind), not a name")))
            }
        }
        return .success(texts)
    }

    private static func cause(_ resource: ResourceView, _ value: Manifest.Relation.Value, _ detail: String)
        -> UnknownCause
    {
        let pointer: String
        switch value.place {
        case .id: pointer = "/id"
        case .arn: pointer = "/arn"
        case .config(let path): pointer = "/" + JSONPointer.text(path.segments)
        }
        return UnknownCause(
            kind: .uncollected, type: resource.type.string, id: resource.id.string, pointer: pointer, detail: detail)
    }

    /// A part of an ARN. Text that is no ARN is an id.
    private static func part(_ text: String, _ part: Manifest.Relation.Value.Part?) -> String {
        guard let part else { return text }
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        switch part {
        case .id: return text.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? text
        case .account: return fields.count == 6 ? String(fields[4]) : text
        case .region: return fields.count == 6 ? String(fields[3]) : text
        }
    }
}

extension TapeValue {
    /// The elements of a list, of lists within it too; anything else is its own only element.
    var elements: [TapeValue] {
        guard kind == .array else { return [self] }
        var found: [TapeValue] = []
        var children = children
        while let element = children.next() { found += element.elements }
        return found
    }

    func member(named name: String) -> TapeValue? {
        if kind == .hidden { return self }
        var name = name
        return name.withUTF8 { member($0) }
    }
}
