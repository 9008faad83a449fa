public import Documents

extension Manifest {
    /// How the items of a type are listed.
    public struct List: Sendable {
        /// Lists for each of whose items the next one is called, the outermost first: clusters, then their services.
        public var parents: [Level]
        public var own: Level
        /// The identifier of its items, where they are not named like those of other lists.
        public var id: Template?

        public var levels: [Level] { parents + [own] }
        public var call: Call { own.call }
    }

    /// One call that lists, and what its items are.
    public struct Level: Sendable {
        public var call: Call
        /// Where the items stand in the answer; walks through lists.
        public var items: ValuePath
        /// Where items are plain text: the member under which the text is kept.
        public var itemName: String?
        /// Whether AWS leaves an empty list out. Elsewhere an answer without it is a fault.
        public var omitsEmpty: Bool
        /// Members that the items below get: their names there, and where they stand here.
        public var copies: [(name: String, path: ValuePath)]
        /// Only items that it fits are taken.
        public var when: Filter
        /// Items that it fits are left out; an empty one fits none.
        public var unless: Filter
        /// Members that all items get: what the call was asked for, and its answer does not repeat.
        public var constants: [(name: String, value: String)]
        /// Members of which only what follows the last `/` is taken: of `/hostedzone/Z1` it is `Z1`.
        public var lastParts: [String]
        /// How many items of the list around it go into one call. What is listed then has nothing of the items around it.
        public var batch: Batch?
    }

    /// A call for each item; or, with a batch, for several items at once.
    public struct Detail: Sendable {
        public var call: Call
        public var batch: Batch?
        /// With a batch: the member of an answered element that has the value that the item gave to the input.
        public var key: ValuePath?
    }

    /// How many items go into one call.
    public struct Batch: Sendable {
        /// The input member that takes a list.
        public var member: String
        public var size: Int
    }

    /// Members and the values that they must have, or must not have. A text that starts with `*` stands for all that end
    /// like it.
    public struct Filter: Sendable {
        public var members: [Member]

        public struct Member: Sendable {
            public var path: ValuePath
            public var values: [JSON]
            public var isNegated = false
        }

        public init(_ members: [Member] = []) { self.members = members }

        public var isEmpty: Bool { members.isEmpty }

        /// Whether it was written at all, and fits.
        public func names(_ items: [JSON]) -> Bool { !isEmpty && fits(items) }

        /// Whether the members of an item, or of an item around it, have the values. A missing member has none.
        public func fits(_ items: [JSON]) -> Bool {
            members.allSatisfy { member in
                guard let value = items.lazy.compactMap({ member.path.value(in: $0) }).first else { return false }
                return member.values.contains { Self.stands($0, for: value) } != member.isNegated
            }
        }

        private static func stands(_ wanted: JSON, for value: JSON) -> Bool {
            guard let pattern = wanted.string, pattern.utf8.first == UInt8(ascii: "*") else { return wanted == value }
            guard let text = value.string else { return false }
            return Array(text.utf8).suffix(pattern.utf8.count - 1).elementsEqual(pattern.utf8.dropFirst())
        }
    }

    /// Text that stands for something structured.
    public enum TextFormat: Sendable {
        case policyDocument
        case json
        /// Base64 of lines with commas, the first of which names the columns.
        case csv([Column])

        public struct Column: Sendable {
            public var name: String
            public var kind: Kind

            public enum Kind: String, Sendable, CaseIterable {
                case text, boolean, timestamp, integer
            }
        }
    }
}
