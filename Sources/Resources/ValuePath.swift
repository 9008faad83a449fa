public import Documents

/// A dotted path into a document: `State.Name`. It walks through lists by itself: `Grants.Grantee.URI` names the
/// members of every element.
public struct ValuePath: Sendable, Hashable, CustomStringConvertible {
    public let segments: [String]

    public init(_ text: String) {
        segments = text.split(separator: ".").map(String.init)
    }

    public init(segments: [String]) { self.segments = segments }

    public var description: String { segments.joined(separator: ".") }

    /// The value at the path through maps alone; nil where a member is missing or null.
    public func value(in document: JSON) -> JSON? {
        var current = document
        for segment in segments {
            guard let next = current[segment], !next.isNull else { return nil }
            current = next
        }
        return current
    }

    /// All values that the path names, walking through lists.
    public func values(in document: JSON) -> [JSON] {
        var current = [document]
        for segment in segments {
            current = current.flatMap { value in Self.elements(of: value).compactMap { $0[segment] } }
        }
        return current.flatMap(Self.elements)
    }

    private static func elements(of value: JSON) -> [JSON] {
        if case .array(let elements) = value { elements.flatMap(Self.elements) } else { [value] }
    }

    /// The document with the function applied to every value that the path names.
    public func map(_ document: JSON, _ transform: (JSON) -> JSON) -> JSON {
        Self.map(document, segments[...], transform)
    }

    private static func map(_ value: JSON, _ rest: ArraySlice<String>, _ transform: (JSON) -> JSON) -> JSON {
        if case .array(let elements) = value { return .array(elements.map { map($0, rest, transform) }) }
        guard let segment = rest.first else { return transform(value) }
        guard case .object(var object) = value, let member = object[segment] else { return value }
        object[segment] = map(member, rest.dropFirst(), transform)
        return .object(object)
    }

    /// The document with only those elements of the lists at the path that pass.
    public func filtered(_ document: JSON, _ passes: (JSON) -> Bool) -> JSON {
        guard let last = segments.last else { return document }
        return Self.map(document, segments.dropLast()) { value in
            guard case .object(var object) = value, case .array(let elements)? = object[last] else { return value }
            object[last] = .array(elements.filter(passes))
            return .object(object)
        }
    }

    /// The document without the members that the path names.
    func removed(from document: JSON) -> JSON {
        guard let last = segments.last else { return document }
        return Self.map(document, segments.dropLast()) { value in
            guard case .object(var object) = value else { return value }
            object[last] = JSON?.none
            return .object(object)
        }
    }
}
