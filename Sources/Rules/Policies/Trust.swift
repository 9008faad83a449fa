/// Whom a tenant trusts: what decides who is external to a resource.
///
/// An account of a trusted organisation that a policy names by its number is external unless `accounts` lists it, for a
/// policy does not tell which accounts an organisation has.
public struct Trust: Sendable, Equatable {
    /// The resource's own account; empty where it is not known.
    public var account: String
    public var accounts: Set<String>
    /// `o-example`
    public var organizations: Set<String>

    public init(account: String = "", accounts: Set<String> = [], organizations: Set<String> = []) {
        self.account = account
        self.accounts = accounts
        self.organizations = organizations
    }

    /// Whether an account is the resource's own, or trusted. Unknown where the own one could be it.
    func includes(account: String) -> Truth {
        if accounts.contains(account) || account == self.account { return .true }
        return self.account.isEmpty ? .unknown : .false
    }
}
