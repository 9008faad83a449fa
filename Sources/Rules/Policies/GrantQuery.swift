/// What `allows` and `denies` ask of policy documents.
public struct GrantQuery: Sendable {
    /// Who is granted something.
    public enum Principal: String, Sendable, CaseIterable {
        /// Somebody whom the policy does not name: any AWS account, or nobody known.
        case anyone
        /// Somebody outside the resource's account and the trusted accounts and organisations.
        case external
        /// Somebody in the resource's own account.
        case account
        /// An AWS service, calling for a stranger.
        case service
        /// Somebody of an identity provider.
        case federated
    }

    /// Which conditions of a statement let it count.
    public enum Conditions: String, Sendable, CaseIterable {
        /// Whatever its conditions. (What makes somebody external still counts.)
        case any
        /// Only statements without conditions.
        case none
        /// Statements whose conditions let in somebody without another's name, network or secret.
        case notRestricting = "not_restricting"
    }

    /// Nil: whoever the policy belongs to or names, or those of `named`.
    public var principal: Principal?
    /// Patterns of ARNs, account numbers and services' names, in place of `principal`.
    public var named: [String] = []
    /// Action patterns. `allows`: one of them granted is enough; `denies`: all of them have to be denied.
    public var actions: [String]
    /// ARN patterns, read like the actions. Empty: resources are not looked at.
    public var resources: [String] = []
    public var conditions: Conditions
    /// Only statements that none of these condition keys restricts.
    public var lacks: [String] = []
    /// What the request carries, by condition key: `aws:SecureTransport`: `false`.
    public var context: [String: String] = [:]

    public init(
        principal: Principal? = nil, named: [String] = [], actions: [String], resources: [String] = [],
        conditions: Conditions = .notRestricting, lacks: [String] = [], context: [String: String] = [:]
    ) {
        self.principal = principal
        self.named = named
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
        self.lacks = lacks
        self.context = context
    }
}
