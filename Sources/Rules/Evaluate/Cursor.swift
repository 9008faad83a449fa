internal import Documents
internal import Resources

/// A value within a resource, and where it stands.
struct Cursor {
    var resource: Resource
    var value: JSON
    var pointer: [String]

    init(_ resource: Resource) {
        self.resource = resource
        value = resource.config
        pointer = []
    }

    var isRoot: Bool { pointer.isEmpty }

    func moved(to value: JSON, _ segments: [String]) -> Cursor {
        var copy = self
        copy.value = value
        copy.pointer += segments
        return copy
    }

    /// A member of the envelope around the config: a tag, the region, the account.
    func envelope(_ pointer: [String], _ value: JSON) -> Cursor {
        var copy = self
        copy.value = value
        copy.pointer = pointer
        return copy
    }

    /// The code with which something at exactly this place could not be read.
    var uncollectedCode: String? {
        resource.uncollected.isEmpty ? nil : resource.uncollected[JSONPointer.text(pointer)]
    }

    /// The code with which something below this place could not be read.
    var uncollectedBelow: (pointer: String, code: String)? {
        guard !resource.uncollected.isEmpty else { return nil }
        let prefix = pointer.isEmpty ? "" : JSONPointer.text(pointer) + "/"
        return resource.uncollected.filter { $0.key.hasPrefix(prefix) }.min { $0.key < $1.key }.map {
            ($0.key, $0.value)
        }
    }

    func cause(_ kind: UnknownCause.Kind, _ detail: String, at pointer: String? = nil) -> UnknownCause {
        UnknownCause(
            kind: kind, type: resource.type, id: resource.id,
            pointer: "/" + (pointer ?? JSONPointer.text(self.pointer)),
            detail: detail)
    }

    /// The value as evidence; a large one is told by its size.
    var evidence: Evidence {
        Evidence(
            type: resource.type, id: resource.id, pointer: pointer.isEmpty ? "" : "/" + JSONPointer.text(pointer),
            value: Self.summary(value))
    }

    private static let largestEvidence = 1_024

    private static func summary(_ value: JSON) -> JSON {
        let size = value.bytes().count
        guard size > largestEvidence else { return value }
        return .string("(\(value.kind) of \(size) bytes)")
    }
}

/// What stands at a path.
enum Lookup {
    case value(Cursor)
    /// AWS returned nothing there. The cursor points to where it would stand, its value is null.
    case absent(Cursor)
    case unknown(UnknownCause)
}

extension Cursor {
    /// Nothing stands here; but where something below could not be read, nobody knows that.
    private var absentOrHidden: Lookup {
        guard let code = uncollectedCode ?? uncollectedBelow?.code else { return .absent(self) }
        return .unknown(cause(.uncollected, code))
    }

    /// Follows members down through maps.
    func lookup(_ segments: [String]) -> Lookup {
        var current = self
        if let code = current.uncollectedCode, !current.isRoot { return .unknown(current.cause(.uncollected, code)) }
        for (index, segment) in segments.enumerated() {
            let next: JSON
            switch current.value {
            case .object(let object): next = object[segment] ?? .null
            case .null: next = .null
            default:
                return .unknown(current.cause(.badValue, "is \(current.value.kind), not a structure"))
            }
            current = current.moved(to: next, [segment])
            if let code = current.uncollectedCode { return .unknown(current.cause(.uncollected, code)) }
            if next.isNull, index < segments.count - 1 {
                return moved(to: .null, segments).absentOrHidden
            }
        }
        guard current.value.isNull else { return .value(current) }
        return current.absentOrHidden
    }
}
