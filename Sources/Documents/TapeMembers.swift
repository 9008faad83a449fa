/// Reads the members of an object. The search for one begins behind the one found last: those that are asked for in the
/// order in which they stand there cost one look each, in any other order they are found all the same.
///
/// Valid as long as the object is: see `TapeValue`.
public struct TapeMembers {
    private let object: TapeValue
    private let end: Int
    /// The key that the search begins at.
    private var position: Int

    /// Has no members where the value is no object.
    public init(_ object: TapeValue) {
        self.object = object
        position = object.position + 1
        end = object.kind == .object ? object.end - 1 : position
    }

    /// The value of a member; nil where there is none.
    public mutating func value(_ name: StaticString) -> TapeValue? {
        let start = position
        return find(name, in: start..<end) ?? find(name, in: (object.position + 1)..<start)
    }

    /// The text of a member; nil where there is none, and where it is no string.
    public mutating func string(_ name: StaticString) -> String? {
        guard let value = value(name), value.kind == .string else { return nil }
        return value.string
    }

    private mutating func find(_ name: StaticString, in range: Range<Int>) -> TapeValue? {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var key = range.lowerBound
        while key < range.upperBound {
            let value = object.at(key + 1)
            if object.at(key).text.hasSameBytes(as: name) {
                position = value.end
                return value
            }
            key = value.end
        }
        return nil
    }
}
