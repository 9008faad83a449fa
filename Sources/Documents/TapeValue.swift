/// A view of one JSON value on simdjson's tape: 64-bit words with a type in the top byte and a payload below, and a
/// buffer of strings. Reading it copies nothing and counts no references.
///
/// A view is valid only while the tape's storage lives: inside `JSONParser.withTape`, or as long as a `Tape` is held.
public struct TapeValue {
    @usableFromInline let words: UnsafePointer<UInt64>
    @usableFromInline let strings: UnsafePointer<UInt8>
    /// Where the value stands on its tape.
    public let position: Int

    @inlinable
    init(words: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, position: Int) {
        self.words = words
        self.strings = strings
        self.position = position
    }

    /// The type of a value: the byte that simdjson writes for it. A structure, because an enumeration would have to look
    /// the byte up in a table.
    @frozen
    public struct Kind: Sendable, Equatable {
        public let rawValue: UInt8

        @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }

        @inlinable public static var object: Kind { Kind(rawValue: 0x7B) }  // {
        @inlinable public static var array: Kind { Kind(rawValue: 0x5B) }  // [
        @inlinable public static var string: Kind { Kind(rawValue: 0x22) }  // "
        @inlinable public static var integer: Kind { Kind(rawValue: 0x6C) }  // l
        @inlinable public static var unsigned: Kind { Kind(rawValue: 0x75) }  // u
        @inlinable public static var number: Kind { Kind(rawValue: 0x64) }  // d
        @inlinable public static var yes: Kind { Kind(rawValue: 0x74) }  // t
        @inlinable public static var no: Kind { Kind(rawValue: 0x66) }  // f
        @inlinable public static var null: Kind { Kind(rawValue: 0x6E) }  // n
        /// Stands where something could not be read; its text is the reason. Parapet's own.
        @inlinable public static var hidden: Kind { Kind(rawValue: 0x55) }  // U
    }

    @inlinable public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: words[position] >> 56)) }

    /// Another value of the same tape.
    @inlinable
    public func at(_ position: Int) -> TapeValue {
        TapeValue(words: words, strings: strings, position: position)
    }

    @inlinable var payload: UInt64 { words[position] & 0x00FF_FFFF_FFFF_FFFF }

    /// The position behind the value.
    @inlinable public var end: Int {
        switch kind {
        case .object, .array: Int(words[position] & 0xFFFF_FFFF)
        case .integer, .unsigned, .number: position + 2
        default: position + 1
        }
    }

    /// The bytes of a string, or of the reason why a value is hidden. Valid as long as the tape is.
    @inlinable public var text: UnsafeBufferPointer<UInt8> {
        let start = strings + Int(payload)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return UnsafeBufferPointer(start: start + 4, count: Int(length))
    }

    /// The value of an integer. Zero for anything else.
    @inlinable public var integer: Int64 { kind == .integer ? Int64(bitPattern: words[position + 1]) : 0 }

    /// An integer or a floating-point number as a double; nil for anything else.
    @inlinable public var double: Double? {
        switch kind {
        case .integer: Double(Int64(bitPattern: words[position + 1]))
        case .unsigned: Double(words[position + 1])
        case .number: Double(bitPattern: words[position + 1])
        default: nil
        }
    }

    /// The members or elements of a container; nothing for anything else.
    @inlinable public var children: TapeChildren { TapeChildren(self) }

    /// The first member with a name; nil where there is none, and for what is no object.
    @inlinable
    public func member(_ name: UnsafeBufferPointer<UInt8>) -> TapeValue? {
        guard kind == .object else { return nil }
        var children = children
        while let key = children.next() {
            guard let value = children.next() else { return nil }
            if key.text.hasSameBytes(as: name) { return value }
        }
        return nil
    }

    /// How many elements an array has.
    @inlinable public var count: Int {
        guard kind == .array else { return 0 }
        var count = 0
        var children = children
        while children.next() != nil { count += 1 }
        return count
    }
}

/// Steps through the elements of an array, or through the keys and values of an object in turn.
public struct TapeChildren: IteratorProtocol {
    @usableFromInline let container: TapeValue
    @usableFromInline var position: Int
    @usableFromInline let last: Int

    @inlinable
    init(_ container: TapeValue) {
        self.container = container
        position = container.position + 1
        last = container.kind == .object || container.kind == .array ? container.end - 1 : position
    }

    @inlinable
    public mutating func next() -> TapeValue? {
        guard position < last else { return nil }
        let value = container.at(position)
        position = value.end
        return value
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether two stretches of bytes are equal.
    @inlinable
    public func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count, let left = UnsafeRawPointer(baseAddress),
            let right = UnsafeRawPointer(other.baseAddress)
        else { return count == other.count }
        var offset = 0
        while offset + 8 <= count {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        while offset < count {
            if self[offset] != other[offset] { return false }
            offset += 1
        }
        return true
    }
}

extension TapeValue {
    /// Whether two values are equal, as `JSON` values are: numbers by value, objects by their members.
    public func equals(_ other: TapeValue) -> Bool {
        switch (kind, other.kind) {
        case (.string, .string): return text.hasSameBytes(as: other.text)
        case (.integer, .integer): return words[position + 1] == other.words[other.position + 1]
        case (.yes, .yes), (.no, .no), (.null, .null): return true
        case (.array, .array):
            var (left, right) = (children, other.children)
            while let element = left.next() {
                guard let counterpart = right.next(), element.equals(counterpart) else { return false }
            }
            return right.next() == nil
        case (.object, .object): return hasSameMembers(as: other)
        case (.integer, .number): return Int64(exactly: other.double ?? .nan) == integer
        case (.number, .integer): return Int64(exactly: double ?? .nan) == other.integer
        case (.unsigned, .unsigned), (.unsigned, .number), (.number, .unsigned), (.number, .number):
            return double == other.double
        default: return false
        }
    }

    private func hasSameMembers(as other: TapeValue) -> Bool {
        var members = 0
        var left = children
        while let key = left.next(), let value = left.next() {
            members += 1
            guard let counterpart = other.member(key.text), value.equals(counterpart) else { return false }
        }
        var right = other.children
        while right.next() != nil, right.next() != nil { members -= 1 }
        return members == 0
    }

    /// The value as a tree. What is hidden becomes null.
    public var json: JSON {
        switch kind {
        case .object:
            var members: [(String, JSON)] = []
            var children = children
            while let key = children.next(), let value = children.next() {
                members.append((key.string, value.json))
            }
            return .object(JSONObject(members))
        case .array:
            var elements: [JSON] = []
            var children = children
            while let element = children.next() { elements.append(element.json) }
            return .array(elements)
        case .string: return .string(string)
        case .integer: return .integer(integer)
        case .unsigned, .number: return .number(double ?? 0)
        case .yes: return .bool(true)
        case .no: return .bool(false)
        default: return .null
        }
    }

    /// The text of a string, or the reason why a value is hidden.
    public var string: String { String(decoding: text, as: UTF8.self) }
}
