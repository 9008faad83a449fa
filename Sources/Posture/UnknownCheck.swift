internal import Documents
internal import Rules

/// What a rule could not say of a resource. It has the id that a failure would have: one check, one id.
public struct UnknownCheck: Sendable {
    public var id: String
    public var rule: String
    /// Its id is `*` where a whole list could not be read.
    public var resource: ResourceReference
    /// Who is responsible for the resource, by its tags: see `OwnerTags`.
    public var owner: String?
    /// A link to AWS's console; nil where none is known.
    public var console: String?
    /// Why, as in `UnknownGroup`; sorted, at least one.
    public var causes: [String]

    public init(
        id: String, rule: String, resource: ResourceReference, owner: String? = nil, console: String? = nil,
        causes: [String]
    ) {
        self.id = id
        self.rule = rule
        self.resource = resource
        self.owner = owner
        self.console = console
        self.causes = causes
    }
}

extension UnknownCheck {
    init(_ verdict: Verdict, tenant: String, owner: String? = nil, console: String? = nil) {
        id = Finding.id(tenant: tenant, rule: verdict.rule, uid: verdict.uid)
        rule = verdict.rule
        resource = ResourceReference(verdict)
        self.owner = owner
        self.console = console
        let described = verdict.causes.map { UnknownGroup.text($0, in: verdict.region) }
        let texts = Dictionary(grouping: described) { Array($0.utf8) }.compactMap(\.value.first)
        causes = texts.isEmpty ? [UnknownGroup.undecided] : texts.sorted { $0.precedesByBytes($1) }
    }
}
