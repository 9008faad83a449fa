public import Documents

/// A place in which two documents differ.
public struct DocumentChange: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case added, removed, changed
        /// The same elements in another order.
        case reordered
        /// Read before, and not any more.
        case uncollected
        /// Not read before.
        case collected
    }

    /// An RFC 6901 pointer: into the new document; of what was removed, into the old one.
    public var pointer: String
    public var kind: Kind
    public var old: JSON?
    public var new: JSON?
    /// Why it could not be read.
    public var code: String?
}

/// Compares two documents.
enum DocumentDifference {
    /// No document from AWS has such a name.
    private static let mark = "\u{0}uncollected"

    /// Stands where something could not be read.
    static func uncollected(_ code: String) -> JSON { .object([mark: .string(code)]) }

    /// The document with a place marked, which is made if it is not there.
    static func marking(_ document: JSON, _ segments: ArraySlice<String>, _ code: String) -> JSON {
        guard let segment = segments.first else { return uncollected(code) }
        if case .array(var elements) = document, let index = Int(segment), elements.indices.contains(index) {
            elements[index] = marking(elements[index], segments.dropFirst(), code)
            return .array(elements)
        }
        var object = document.object ?? [:]
        object[segment] = marking(object[segment] ?? [:], segments.dropFirst(), code)
        return .object(object)
    }

    /// Envelope members that can change, what could not be read in its place.
    static func document(_ resource: Resource, _ volatile: [ValuePath]) -> JSON {
        var config = volatile.reduce(resource.config) { $1.removed(from: $0) }
        var tags: JSON = resource.envelope["tags"] ?? [:]
        for (pointer, code) in resource.uncollected {
            let segments = JSONPointer.segments(pointer)
            if pointer == "tags", config["tags"] == nil {
                tags = uncollected(code)
            } else {
                config = marking(config, segments[...], code)
            }
        }
        return ["arn": .string(resource.arn), "config": config, "tags": tags]
    }

    /// The paths of all values that hold no others, in the document's order.
    static func leaves(of document: JSON) -> [[String]] {
        let members: [(String, JSON)]
        switch document {
        case .object(let object) where code(of: document) == nil && !object.isEmpty:
            members = object.map { ($0.key, $0.value) }
        case .array(let elements) where !elements.isEmpty:
            members = elements.enumerated().map { (String($0.offset), $0.element) }
        default: return [[]]
        }
        return members.flatMap { key, value in leaves(of: value).map { [key] + $0 } }
    }

    static func changes(from old: JSON, to new: JSON) -> [DocumentChange] {
        var changes: [DocumentChange] = []
        compare(old, new, Place(), &changes)
        return changes
    }

    /// Where a value stands in both documents.
    private struct Place {
        var old: [String] = []
        var new: [String] = []

        func member(_ key: String) -> Place { Place(old: old + [key], new: new + [key]) }
        func element(_ old: Int, _ new: Int) -> Place {
            Place(old: self.old + [String(old)], new: self.new + [String(new)])
        }
    }

    private static func compare(_ old: JSON?, _ new: JSON?, _ place: Place, _ changes: inout [DocumentChange]) {
        guard old != new else { return }
        func note(_ kind: DocumentChange.Kind, code: String? = nil) {
            let pointer = "/" + JSONPointer.text(kind == .removed ? place.old : place.new)
            changes.append(
                DocumentChange(
                    pointer: pointer, kind: kind, old: old.flatMap(shown), new: new.flatMap(shown), code: code))
        }
        switch (old, new) {
        case (_, let new?) where code(of: new) != nil: note(.uncollected, code: code(of: new))
        case (let old?, _) where code(of: old) != nil: note(.collected, code: code(of: old))
        case (.object(let left)?, .object(let right)?):
            for key in JSONObject(left.map { ($0.key, JSON.null) } + right.map { ($0.key, JSON.null) }).keys {
                compare(left[key], right[key], place.member(key), &changes)
            }
        case (.array(let left)?, .array(let right)?):
            let sorted = { (elements: [JSON]) in elements.map { $0.text() }.sorted { $0.precedesByBytes($1) } }
            if left.count == right.count, zip(sorted(left), sorted(right)).allSatisfy({ $0.hasSameBytes(as: $1) }) {
                note(.reordered)
            } else {
                compareElements(left, right, place, &changes)
            }
        case (nil, .object(let right)?) where right.contains(where: { holdsMark($0.value) }):
            for (key, value) in right { compare(nil, value, place.member(key), &changes) }
        case (.object(let left)?, nil) where left.contains(where: { holdsMark($0.value) }):
            for (key, value) in left { compare(value, nil, place.member(key), &changes) }
        case (nil, _?): note(.added)
        case (_?, nil): note(.removed)
        default: note(.changed)
        }
    }

    /// Longer lists are compared place by place.
    private static let longest = 500

    /// Lists by their common elements; what goes where something else comes has changed.
    private static func compareElements(
        _ old: [JSON], _ new: [JSON], _ place: Place, _ changes: inout [DocumentChange]
    ) {
        var removed: [Int]
        var inserted: [Int]
        if max(old.count, new.count) > longest {
            removed = Array(old.indices)
            inserted = Array(new.indices)
        } else {
            let difference = new.difference(from: old)
            removed = difference.removals.map(\.offset)
            inserted = difference.insertions.map(\.offset)
        }
        for (left, right) in zip(removed, inserted) {
            compare(old[left], new[right], place.element(left, right), &changes)
        }
        let pairs = min(removed.count, inserted.count)
        for index in removed.dropFirst(pairs) { compare(old[index], nil, place.element(index, index), &changes) }
        for index in inserted.dropFirst(pairs) { compare(nil, new[index], place.element(index, index), &changes) }
    }

    /// Why a value could not be read; nil where it is one.
    static func code(of value: JSON) -> String? { value[mark]?.string }

    private static func holdsMark(_ value: JSON) -> Bool {
        switch value {
        case .object(let object): code(of: value) != nil || object.contains { holdsMark($0.value) }
        default: false
        }
    }

    /// The value, without marks.
    private static func shown(_ value: JSON) -> JSON? {
        if code(of: value) != nil { return nil }
        switch value {
        case .object(let object):
            return .object(JSONObject(object.compactMap { key, value in shown(value).map { (key, $0) } }))
        case .array(let elements): return .array(elements.map { shown($0) ?? .null })
        default: return value
        }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
