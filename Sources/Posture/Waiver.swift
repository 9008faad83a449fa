public import Documents
public import Rules

/// Somebody's word that failures of one rule are accepted until a day.
public struct Waiver: Sendable {
    public var name: String
    public var rule: String
    public var match: Match
    public var reason: String
    public var ticket: String?
    /// `@alice`
    public var approvedBy: String
    /// The moment from which it no longer holds: midnight UTC at the start of a day.
    public var expires: Timestamp
    /// The digest of the evidence that was accepted: see `Finding.evidenceDigest`. Nil: whatever the evidence is.
    public var evidence: String?
    public var path: String
    /// The tenants that it concerns: those that `match` names, or all.
    public var tenants: Set<String>

    /// Which failures; all that is given has to hold.
    public struct Match: Sendable, Equatable {
        public var tenant: String?
        public var id: String?
        /// A pattern in which `*` stands for any characters and `?` for one.
        public var arn: String?
        /// Tags that the resource has.
        public var tags: [String: String]
        /// Labels that the tenant has.
        public var labels: [String: String]

        public init(
            tenant: String? = nil, id: String? = nil, arn: String? = nil, tags: [String: String] = [:],
            labels: [String: String] = [:]
        ) {
            self.tenant = tenant
            self.id = id
            self.arn = arn
            self.tags = tags
            self.labels = labels
        }
    }

    public init(
        name: String, rule: String, match: Match, reason: String, ticket: String? = nil, approvedBy: String,
        expires: Timestamp, evidence: String? = nil, path: String, tenants: Set<String>
    ) {
        self.name = name
        self.rule = rule
        self.match = match
        self.reason = reason
        self.ticket = ticket
        self.approvedBy = approvedBy
        self.expires = expires
        self.evidence = evidence
        self.path = path
        self.tenants = tenants
    }
}

extension Waiver.Match {
    /// Whether a resource is meant. Text is compared byte by byte.
    func covers(_ resource: ResourceReference, tags found: [String: String]) -> Bool {
        if let id, !id.hasSameBytes(as: resource.id) { return false }
        if let arn, !Glob.matches(arn, resource.arn) { return false }
        return Self.holds(tags, in: found)
    }

    /// Whether a tenant is meant.
    public func covers(tenant name: String, labels found: [String: String]) -> Bool {
        if let tenant, !tenant.hasSameBytes(as: name) { return false }
        return Self.holds(labels, in: found)
    }

    /// As it was written.
    public var json: JSON {
        var object = JSONObject()
        object["tenant"] = tenant.map(JSON.string)
        object["id"] = id.map(JSON.string)
        object["arn"] = arn.map(JSON.string)
        for (key, texts) in [("tags", tags), ("labels", labels)] where !texts.isEmpty {
            object[key] = .object(JSONObject(texts.map { ($0.key, .string($0.value)) }))
        }
        return .object(object)
    }

    private static func holds(_ wanted: [String: String], in found: [String: String]) -> Bool {
        wanted.allSatisfy { key, value in
            found.contains { $0.key.hasSameBytes(as: key) && $0.value.hasSameBytes(as: value) }
        }
    }
}

/// A file of a waiver that has faults: it waives nothing.
public struct MalformedWaiver: Sendable {
    public var path: String
    /// The first fault, with its place in the file: `3:9: there is no ...`.
    public var fault: String
    /// The tenants in whose findings it is reported: the one that it names, where that can be read, or all.
    public var tenants: Set<String>

    public init(path: String, fault: String, tenants: Set<String>) {
        self.path = path
        self.fault = fault
        self.tenants = tenants
    }
}

/// What no waiver may go beyond.
public struct WaiverLimits: Sendable, Equatable {
    /// How many days after the snapshot a waiver may end at most.
    public var maxDays: Int64
    /// The worst findings that can be waived.
    public var maxSeverity: Severity

    public init(maxDays: Int64 = 365, maxSeverity: Severity = .critical) {
        self.maxDays = maxDays
        self.maxSeverity = maxSeverity
    }
}
