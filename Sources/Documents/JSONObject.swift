/// The members of a JSON object, kept sorted by the bytes of their keys; a key stands once.
public struct JSONObject: Sendable, Equatable {
    public typealias Member = (key: String, value: JSON)

    private var storage: [Member]

    public init() { storage = [] }

    /// Takes members in any order; of members with one key, the last stays.
    public init(_ members: some Sequence<(String, JSON)>) {
        storage = []
        for (key, value) in members {
            // Canonical text arrives sorted, so appending is the common case.
            if let last = storage.last, !last.key.precedesByBytes(key) {
                self[key] = value
            } else {
                storage.append((key, value))
            }
        }
    }

    public var count: Int { storage.count }
    public var isEmpty: Bool { storage.isEmpty }
    public var keys: [String] { storage.map(\.key) }

    public subscript(key: String) -> JSON? {
        get {
            let index = insertionIndex(of: key)
            guard index < storage.count, storage[index].key.hasSameBytes(as: key) else { return nil }
            return storage[index].value
        }
        set {
            let index = insertionIndex(of: key)
            let exists = index < storage.count && storage[index].key.hasSameBytes(as: key)
            switch (newValue, exists) {
            case (let value?, true): storage[index].value = value
            case (let value?, false): storage.insert((key, value), at: index)
            case (nil, true): storage.remove(at: index)
            case (nil, false): break
            }
        }
    }

    private func insertionIndex(of key: String) -> Int {
        var low = 0
        var high = storage.count
        while low < high {
            let middle = (low + high) / 2
            if storage[middle].key.precedesByBytes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.storage.count == right.storage.count
            && zip(left.storage, right.storage).allSatisfy { $0.key.hasSameBytes(as: $1.key) && $0.value == $1.value }
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { storage.startIndex }
    public var endIndex: Int { storage.endIndex }
    public subscript(position: Int) -> Member { storage[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
