public import Documents

/// An allow-list of members. What it does not name is not stored.
public struct KeepList: Sendable, Equatable {
    /// A member that is kept whole has an empty list of its own.
    public private(set) var members: [String: KeepList] = [:]
    /// Named itself, so that a longer path through it takes nothing away.
    private var isNamed = false

    public init(_ paths: some Sequence<ValuePath>) {
        for path in paths { insert(path.segments[...]) }
    }

    private init() {}

    public var keepsAll: Bool { members.isEmpty }

    private mutating func insert(_ segments: ArraySlice<String>) {
        guard let first = segments.first else {
            isNamed = true
            members = [:]
            return
        }
        guard !isNamed else { return }
        members[first, default: KeepList()].insert(segments.dropFirst())
    }

    /// The document with nothing in it but the named members; lists are walked through, nulls dropped.
    public func apply(to document: JSON) -> JSON {
        guard !keepsAll else { return document }
        switch document {
        case .array(let elements): return .array(elements.map(apply))
        case .object(let object):
            return .object(
                JSONObject(
                    object.compactMap { key, value in
                        members[key].flatMap { value.isNull ? nil : (key, $0.apply(to: value)) }
                    }))
        default: return document
        }
    }
}
