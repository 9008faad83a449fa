public import Documents

/// How documents of one resource type are made out of AWS API calls. Manifests are YAML files; no code knows a type.
public struct Manifest: Sendable {
    /// CloudFormation's name: `AWS::S3::Bucket`.
    public var type: String
    /// The scanner that collects it; nil for types whose attributes name their own.
    public var scanner: String?
    public var origin: Origin
    /// The identifier, out of members of the item: `{Name}`, `{RestApiId}/{StageName}`.
    public var id: Template
    public var arn: Template
    /// Where AWS's console shows it; nil where that is not known.
    public var console: ConsolePage?
    public var region: RegionSource
    /// A call that tells more of each listed item: what it returns becomes part of the item.
    public var detail: Detail?
    public var keep: KeepList
    public var attributes: [Attribute]
    public var tags: TagSource?
    /// What an absent member means.
    public var defaults: [ValuePath: JSON]
    public var relations: [Relation]
    /// Timestamps that change without a change of configuration; they are cut to the day.
    public var volatile: [ValuePath]
    /// Members of the documents that hold structured text.
    public var parses: [(path: ValuePath, format: TextFormat)]
    /// Members of the documents that anyone can write anything into.
    public var free: [(path: ValuePath, form: FreeForm)]

    public enum Origin: Sendable {
        /// Listed by calls, one behind the other.
        case listed([List])
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

    /// One API call and what to take of its answer.
    public struct Call: Sendable {
        public var service: String
        public var operation: String
        public var input: [Input]
        /// Input members with a constant value. `{account}`, `{region}` and `{partition}` in text are filled in.
        public var fixed: JSONObject
        /// What to take of the answer; nil for all of it.
        public var value: ValuePath?
        /// Errors that mean "not there".
        public var absent: [Absence]
        /// What the value is, where it is structured text.
        public var format: TextFormat?
        /// Regional unless the manifest says otherwise.
        public var scope: CallScope
        /// The region, by partition, of a global call that is not answered where others are. Partitions that are not
        /// named have nothing to list. Empty: the partition's region for all global calls.
        public var home: [String: String]
        /// The IAM action where it is not named like service and operation. A session may be bounded to these.
        public var action: String?
        /// Further actions that the service asks of the caller, to ask another service in the caller's name.
        public var needs: [String]
        /// What has to be ready before the call is made.
        public var after: Preparation?

        public var name: String { "\(service):\(operation)" }
    }

    /// An error that means "not there".
    public struct Absence: Sendable, Hashable {
        public var code: String
        /// What its message has to say, where services use the code for denials too.
        public var message: String?
    }

    /// An input member, and where its value stands in the item or in the items around it.
    public struct Input: Sendable, Hashable {
        /// Structures around the member stand before it.
        public var member: [String]
        /// Whether the member is a list, of this one value.
        public var isList: Bool
        public var path: ValuePath
    }

    /// A call that is repeated until its answer says that something is ready.
    public struct Preparation: Sendable {
        public var service: String
        public var operation: String
        public var until: Filter

        public var name: String { "\(service):\(operation)" }
    }

    public struct Attribute: Sendable {
        public var name: String
        public var call: Call
        /// Lists in the value, and what their elements must have to be kept.
        public var only: [(path: ValuePath, filter: Filter)]
        public var keep: KeepList
        public var itemName: String?
        /// Further calls for each element of a list; their values become members of the element.
        public var each: [Attribute]
        public var scanner: String?
        /// Only for items that it fits; others do not have the attribute.
        public var when: Filter
        /// Members of which inputs get what stands before the last of some texts: the bucket in `b.s3.amazonaws.com`.
        /// Items without any of the texts do not have the attribute.
        public var before: [(path: ValuePath, texts: [String])]
        /// One answer tells of all items: which of its elements tells of this one.
        public var bulk: Bulk?
        /// One element of the list that is the value, in place of the list.
        public var pick: Pick?
        /// Whether AWS leaves an empty list out. Elsewhere an answer without it is a fault.
        public var omitsEmpty: Bool
    }

    /// How the answer to one call is shared out among items.
    public struct Bulk: Sendable {
        /// Where the elements stand in the answer.
        public var items: ValuePath
        /// The member of an element that names its item; walks through lists, where an element names several.
        public var key: ValuePath
        /// The same value on the item's side: a member, or text with the account, the region or the partition in it.
        public var match: Template
        /// Whether an item gets all elements that name it, as a list, rather than the one that there is.
        public var many: Bool
    }

    /// The one element of a list that has some values.
    public struct Pick: Sendable {
        public var filter: Filter
        /// What to take of the element; nil for all of it.
        public var value: ValuePath?
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
        /// With `bulk`, the tags of all resources come in one answer.
        case call(Call, bulk: Bulk?)
    }
}

extension Manifest {
    /// The one member that is the identifier; nil where it is put together.
    public var idMember: ValuePath? { id.parts.count == 1 ? id.places.first.map { ValuePath($0) } : nil }

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
                let isForSome = !attribute.when.isEmpty || !attribute.before.isEmpty
                if !attribute.call.absent.isEmpty || isForSome { paths.insert(ValuePath(segments: path)) }
                add(attribute.each, path)
            }
        }
        add(attributes, [])
        return paths
    }
}
