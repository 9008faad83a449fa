/// A tape that Parapet keeps: values laid out as simdjson lays them out. It does not change once it is built, so it can
/// be read from several threads.
public final class Tape: @unchecked Sendable {
    private let words: UnsafeMutablePointer<UInt64>
    private let strings: UnsafeMutablePointer<UInt8>

    fileprivate init(words: [UInt64], strings: [UInt8]) {
        self.words = .allocate(capacity: max(1, words.count))
        self.words.initialize(from: words, count: words.count)
        self.strings = .allocate(capacity: max(1, strings.count))
        self.strings.initialize(from: strings, count: strings.count)
    }

    deinit {
        words.deallocate()
        strings.deallocate()
    }

    /// The value at a position that the builder returned. Valid only while the tape is held.
    public func value(at position: Int) -> TapeValue {
        TapeValue(words: words, strings: strings, position: position)
    }
}

/// Lays out values on a tape.
public struct TapeBuilder {
    private var words: [UInt64] = []
    private var strings: [UInt8] = []

    public init() {}

    /// Adds a tree; returns where it stands.
    @discardableResult
    public mutating func add(_ value: JSON) -> Int {
        let start = words.count
        switch value {
        case .null: append(.null)
        case .bool(let flag): append(flag ? .yes : .no)
        case .integer(let number):
            append(.integer)
            words.append(UInt64(bitPattern: number))
        case .number(let number):
            append(.number)
            words.append(number.bitPattern)
        case .string(let text): add(text, .string)
        case .array(let elements):
            append(.array)
            for element in elements { add(element) }
            close(start, .array)
        case .object(let object):
            append(.object)
            for (key, member) in object {
                add(key, .string)
                add(member)
            }
            close(start, .object)
        }
        return start
    }

    /// Adds a tree in which some places are hidden: pointers into it (`A/0/B`, without the leading slash) and the reasons.
    /// A place that the tree does not have is hidden with the first of its parents that is missing.
    @discardableResult
    public mutating func add(_ value: JSON, hiding reasons: [String: String]) -> Int {
        guard !reasons.isEmpty else { return add(value) }
        return add(value, HiddenPlaces(reasons))
    }

    private mutating func add(_ value: JSON, _ hidden: HiddenPlaces) -> Int {
        if let reason = hidden.reason {
            let start = words.count
            add(reason, .hidden)
            return start
        }
        guard !hidden.members.isEmpty else { return add(value) }
        let start = words.count
        switch value {
        case .array(let elements):
            append(.array)
            for (index, element) in elements.enumerated() {
                _ = add(element, hidden.members[String(index)] ?? HiddenPlaces())
            }
            let beyond = hidden.members.filter { place in Int(place.key).map { $0 >= elements.count } ?? true }
            for place in beyond.sorted(by: { $0.key < $1.key }) { add(place.value.firstReason, .hidden) }
            close(start, .array)
        case .object(let object):
            append(.object)
            for (key, member) in object {
                add(key, .string)
                if let inner = hidden.members[key] { _ = add(member, inner) } else { add(member) }
            }
            for (key, inner) in hidden.members.sorted(by: { $0.key < $1.key }) where object[key] == nil {
                add(key, .string)
                add(inner.firstReason, .hidden)
            }
            close(start, .object)
        default: add(hidden.firstReason, .hidden)
        }
        return start
    }

    public func finish() -> Tape { Tape(words: words, strings: strings) }

    private mutating func append(_ kind: TapeValue.Kind, payload: UInt64 = 0) {
        words.append(UInt64(kind.rawValue) << 56 | payload)
    }

    private mutating func add(_ text: String, _ kind: TapeValue.Kind) {
        append(kind, payload: UInt64(strings.count))
        let bytes = text.utf8
        withUnsafeBytes(of: UInt32(bytes.count)) { strings.append(contentsOf: $0) }
        strings.append(contentsOf: bytes)
    }

    /// Writes where a container ends into its first word.
    private mutating func close(_ start: Int, _ kind: TapeValue.Kind) {
        append(kind, payload: UInt64(start))
        words[start] |= UInt64(words.count)
    }
}

/// Pointers to hidden places, as a tree.
private struct HiddenPlaces {
    var reason: String?
    var members: [String: HiddenPlaces] = [:]

    init() {}

    init(_ reasons: [String: String]) {
        for (pointer, reason) in reasons.sorted(by: { $0.key < $1.key }) {
            insert(JSONPointer.segments(pointer)[...], reason)
        }
    }

    private mutating func insert(_ segments: ArraySlice<String>, _ reason: String) {
        guard let first = segments.first else {
            self.reason = self.reason ?? reason
            return
        }
        members[first, default: HiddenPlaces()].insert(segments.dropFirst(), reason)
    }

    var firstReason: String {
        reason ?? members.min { $0.key < $1.key }?.value.firstReason ?? ""
    }
}
