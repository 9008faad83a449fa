public import Documents

/// How documents of one resource type are made out of AWS API calls. Manifests are YAML files; no code knows a type.
public struct Manifest: Sendable {
    /// CloudFormation's name: `AWS::S3::Bucket`.
    public var type: String
    /// The scanner that collects it; nil for types whose attributes name their own.
    public var scanner: String?
    public var origin: Origin
    /// Where the identifier stands in the listed item.
    public var id: ValuePath
    public var arn: Template
    public var region: RegionSource
    public var keep: KeepList
    public var attributes: [Attribute]
    public var tags: TagSource?
    /// What an absent member means.
    public var defaults: [ValuePath: JSON]
    public var relations: [Relation]
    /// Timestamps that change without a change of configuration; they are cut to the day.
    public var volatile: [ValuePath]
    /// Members of the listed item that hold policy documents as text.
    public var policyDocuments: [ValuePath]

    public enum Origin: Sendable {
        /// Listed by a call.
        case listed(ListCall)
        /// Exactly one in each account.
        case account
        /// Exactly one in each scanned region.
        case region
    }

    /// Where a call is made.
    public enum CallScope: String, Sendable, CaseIterable {
        /// Once, in the region that answers what has none.
        case global
        /// For lists, in every scanned region; otherwise in the resource's.
        case regional
    }

    public struct ListCall: Sendable {
        public var call: Call
        /// Where the items stand in the answer; walks through lists.
        public var items: ValuePath
        /// Where items are plain text: the member under which the text is kept.
        public var itemName: String?
    }

    /// One API call and what to take of its answer.
    public struct Call: Sendable {
        public var service: String
        public var operation: String
        /// Input members and where their values stand in the item.
        public var input: [(member: String, path: ValuePath)]
        /// Input members with a constant value.
        public var fixed: JSONObject
        /// What to take of the answer; nil for all of it.
        public var value: ValuePath?
        /// Error codes that mean "not there".
        public var absent: Set<String>
        /// Whether the value is a policy document, as text.
        public var parsesPolicy: Bool
        /// Regional unless the manifest says otherwise.
        public var scope: CallScope
        /// The IAM action where it is not named like service and operation. A session may be bounded to these.
        public var action: String?

        public var name: String { "\(service):\(operation)" }
    }

    public struct Attribute: Sendable {
        public var name: String
        public var call: Call
        public var keep: KeepList
        public var itemName: String?
        /// Further calls for each element of a list; their values become members of the element.
        public var each: [Attribute]
        public var scanner: String?
    }

    public enum RegionSource: Sendable {
        /// The region in which the item was listed; `global` for global lists.
        case listed
        /// A member of the item.
        case member(ValuePath)
        /// A call; `empty` is the region for an empty answer, `also` maps old names.
        case call(Call, empty: String?, also: [String: String])
    }

    public enum TagSource: Sendable {
        case member(ValuePath)
        case call(Call)
    }
}

extension Manifest {
    /// All scanners that have to do with the type.
    public var scanners: Set<String> {
        Set([scanner].compactMap { $0 } + attributes.compactMap(\.scanner))
    }
}

extension Manifest {
    /// Attributes that AWS may answer with "there is none": paths that walk through lists.
    public var optionalAttributes: Set<ValuePath> {
        var paths: Set<ValuePath> = []
        func add(_ attributes: [Attribute], _ prefix: [String]) {
            for attribute in attributes {
                let path = prefix + [attribute.name]
                if !attribute.call.absent.isEmpty { paths.insert(ValuePath(segments: path)) }
                add(attribute.each, path)
            }
        }
        add(attributes, [])
        return paths
    }
}
