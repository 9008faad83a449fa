/// The members of a JSON object, kept sorted by the bytes of their keys; a key stands once.
public struct JSONObject: Sendable, Equatable {
    public typealias Member = (key: String, value: JSON)

    private var storage: [Member]

    public init() { storage = [] }

    /// Takes members in any order; of members with one key, the last stays.
    public init(_ members: some Sequence<(String, JSON)>) {
        storage = []
        storage.reserveCapacity(members.underestimatedCount)
        // Canonical text arrives sorted: then nothing is left to do.
        var isSorted = true
        for (key, value) in members {
            if isSorted, let last = storage.last, !last.key.precedesByBytes(key) { isSorted = false }
            storage.append((key, value))
        }
        if !isSorted { sort() }
    }

    /// Takes the members that have a value, in any order.
    public init(having members: [(String, JSON?)]) {
        self.init(members.lazy.compactMap { key, value in value.map { (key, $0) } })
    }

    private mutating func sort() {
        let order = storage.indices.sorted { a, b in
            if storage[a].key.precedesByBytes(storage[b].key) { return true }
            return a < b && !storage[b].key.precedesByBytes(storage[a].key)
        }
        var sorted: [Member] = []
        sorted.reserveCapacity(storage.count)
        for index in order {
            if let last = sorted.last, last.key.hasSameBytes(as: storage[index].key) { sorted.removeLast() }
            sorted.append(storage[index])
        }
        storage = sorted
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

    /// Takes over the members of another object; where both have one, `choose` says which value stays.
    public mutating func merge(_ other: JSONObject, uniquingKeysWith choose: (JSON, JSON) -> JSON) {
        for (key, value) in other { self[key] = self[key].map { choose($0, value) } ?? value }
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
