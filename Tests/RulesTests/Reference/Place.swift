import Documents
import Resources

/// A value within a resource, and where it stands.
struct Place {
    var resource: Resource
    var value: JSON
    /// From the config; nil for what stands beside it.
    var pointer: [String]? = []

    /// The path without the positions in lists.
    var path: [String]? { pointer }

    func envelope(_ value: JSON, path: [String]? = nil) -> Place {
        Place(resource: resource, value: value, pointer: path)
    }

    private var text: String { JSONPointer.text(pointer ?? []) }

    /// Whether exactly this could not be read.
    var isHidden: Bool { pointer != nil && pointer != [] && resource.uncollected[text] != nil }

    /// Whether this, or something in it, could not be read.
    var hidesSomething: Bool {
        guard let pointer else { return false }
        let prefix = pointer.isEmpty ? "" : text + "/"
        return isHidden || resource.uncollected.keys.contains { $0.hasPrefix(prefix) }
    }

    var elements: [Place]? {
        value.array.map { elements in
            elements.enumerated().map { index, element in
                Place(resource: resource, value: element, pointer: pointer.map { $0 + [String(index)] })
            }
        }
    }

    func lookup(_ segments: [String]) -> Found {
        var current = self
        if current.isHidden { return .unknown }
        for (index, segment) in segments.enumerated() {
            guard current.value.object != nil || current.value.isNull else { return .unknown }
            current.value = current.value[segment] ?? .null
            current.pointer = current.pointer.map { $0 + [segment] }
            if current.isHidden { return .unknown }
            if current.value.isNull {
                // Where something below could not be read, nobody knows that nothing is there.
                if current.hidesSomething { return .unknown }
                return .absent(pointer.map { $0 + segments }.map { index < segments.count ? $0 : [] })
            }
        }
        return current.value.isNull ? .absent(current.pointer) : .value(current)
    }
}

/// What stands at a path.
enum Found {
    case value(Place)
    /// Nothing; the pointer is that of the path. Nil for what stands beside the config.
    case absent([String]?)
    case unknown
}
