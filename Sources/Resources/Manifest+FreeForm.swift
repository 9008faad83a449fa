extension Manifest {
    /// What stands where anyone can write anything, and secrets with it. Of such values documents hold a description.
    public enum FreeForm: String, Sendable, CaseIterable {
        /// A map of names to values.
        case map
        /// A list of structures with a name and a value.
        case pairs
        /// Text, or a list of words such as a command's.
        case text
        /// Text in base 64, perhaps packed with gzip.
        case base64

        /// The member of a pair that names it: `Key`, `name`, `ParameterKey`.
        public static func isKey(_ member: String) -> Bool {
            ["Key", "Name", "key", "name"].contains { member.hasSuffix($0) }
        }

        /// The member of a pair that holds its value: `Value`, `OutputValue`.
        public static func isValue(_ member: String) -> Bool {
            ["Value", "value"].contains { member.hasSuffix($0) }
        }
    }
}

extension Manifest.FreeForm {
    /// The type of the description: `{Keys, Secrets: [{Key, Kind, Hash}], References: [key]}` of names and values,
    /// `{Length, Secrets: [{Line, Kind, Hash}], References: [line]}` of text.
    var described: Schema {
        let kinds = SecretKind.allCases.filter { $0 != .reference }.map(\.rawValue)
        let secret: [String: Schema] = ["Kind": .text(values: kinds), "Hash": .text(values: [])]
        switch self {
        case .map, .pairs:
            return .structure([
                "Keys": .list(.text(values: [])), "References": .list(.text(values: [])),
                "Secrets": .list(.structure(secret.merging(["Key": .text(values: [])]) { first, _ in first })),
            ])
        case .text, .base64:
            var members: [String: Schema] = [
                "Length": .integer, "References": .list(.integer),
                "Secrets": .list(.structure(secret.merging(["Line": .integer]) { first, _ in first })),
            ]
            if self == .base64 { members["Encoding"] = .text(values: ["gzip"]) }
            return .structure(members)
        }
    }

    /// Whether values of a type can be described so.
    func fits(_ schema: Schema) -> Bool {
        switch (self, schema) {
        case (.map, .map), (.map, .any), (.text, .text), (.text, .any), (.base64, .text), (.base64, .blob): true
        case (.text, .list(.text)): true
        case (.pairs, .list(.structure(let members))):
            members.keys.count(where: Self.isKey) == 1 && members.keys.count(where: Self.isValue) == 1
        default: false
        }
    }
}
