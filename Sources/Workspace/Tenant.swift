public import Documents
public import Posture
public import Rules

/// A tenant: one AWS account, and what Parapet does there.
public struct Tenant: Sendable {
    public var name: String
    public var account: String
    public var role: String
    public var externalID: String
    public var session: SessionMarks
    public var labels: [String: String]
    public var regions: Regions
    public var scanners: Set<String>
    public var frameworks: [String]
    public var trusted: Trusted
    /// Nil: those of the settings.
    public var ownerTags: OwnerTags?
    /// What it says of rules, by id.
    public var overlays: [String: RuleOverlay]
    public var path: String
    public var span: Span

    public enum Regions: Sendable, Equatable {
        /// Every region that the account has enabled.
        case all
        case listed([String])
    }

    /// Who else is of the house: granting them something is no exposure.
    public struct Trusted: Sendable, Equatable {
        /// Of 12 digits each.
        public var accounts: [String]
        /// `o-…`
        public var organizations: [String]

        public init(accounts: [String] = [], organizations: [String] = []) {
            self.accounts = accounts
            self.organizations = organizations
        }
    }
}

extension Tenant {
    /// Whom it trusts, as policies are judged.
    public var trust: Trust {
        Trust(
            account: account, accounts: Set(trusted.accounts), organizations: Set(trusted.organizations))
    }
}
