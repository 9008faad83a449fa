public import Documents

/// One AWS resource as it was collected: the envelope that snapshots hold.
public struct Resource: Sendable, Equatable {
    public var type: String
    public var id: String
    public var arn: String
    public var account: String
    /// `global` for resources of no region.
    public var region: String
    public var tags: [String: String]
    /// The kept members of the listed item and the attributes.
    public var config: JSON
    /// What could not be read: pointers into `config` without the leading slash (`Policy`, `AccessKeys/0/LastUsed`),
    /// and the code that says why.
    public var uncollected: [String: String]

    public init(
        type: String, id: String, arn: String, account: String, region: String, tags: [String: String] = [:],
        config: JSON, uncollected: [String: String] = [:]
    ) {
        self.type = type
        self.id = id
        self.arn = arn
        self.account = account
        self.region = region
        self.tags = tags
        self.config = config
        self.uncollected = uncollected
    }

    /// Names the resource among all: what finding ids are made of.
    public var uid: String { "\(account)/\(region)/\(type)/\(id)" }
}

extension Resource {
    public var envelope: JSON {
        var object: JSONObject = [
            "type": .string(type), "id": .string(id), "arn": .string(arn), "account": .string(account),
            "region": .string(region), "config": config,
            "tags": .object(
                JSONObject(tags.sorted { $0.key.precedesByBytes($1.key) }.map { ($0.key, .string($0.value)) })),
        ]
        if !uncollected.isEmpty {
            object["uncollected"] = .object(JSONObject(uncollected.map { ($0.key, .string($0.value)) }))
        }
        return .object(object)
    }

    /// Nil where a member of the envelope is missing or of a wrong type.
    public init?(envelope: JSON) {
        guard let type = envelope["type"]?.string, let id = envelope["id"]?.string,
            let account = envelope["account"]?.string, let region = envelope["region"]?.string,
            let config = envelope["config"], let arn = (envelope["arn"] ?? "").string,
            let tags = Self.texts(envelope["tags"]), let uncollected = Self.texts(envelope["uncollected"])
        else { return nil }
        self.init(
            type: type, id: id, arn: arn, account: account, region: region, tags: tags, config: config,
            uncollected: uncollected)
    }

    /// Empty where there is no map; nil where it does not hold text alone.
    private static func texts(_ value: JSON?) -> [String: String]? {
        guard let value else { return [:] }
        guard let object = value.object else { return nil }
        var texts: [String: String] = [:]
        for (key, value) in object {
            guard let text = value.string else { return nil }
            texts[key] = text
        }
        return texts
    }
}
