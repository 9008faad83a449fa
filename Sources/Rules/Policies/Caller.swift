internal import Documents

/// Who makes a request: one kind of caller, some of it decided, the rest open.
struct Caller: Sendable {
    enum Kind: Sendable {
        /// A user, role or session of an AWS account.
        case principal
        /// Somebody without credentials.
        case anonymous
        /// An AWS service in its own name; nil for any.
        case service(String?)
        /// Somebody with a token of a provider; nil for any.
        case federated(String?)
        /// An account that only its canonical user id names.
        case canonicalUser(String)
        /// Whoever an identity policy belongs to, or whoever a resource policy names.
        case holder
    }

    /// Whose name, network or secret the caller cannot have.
    enum Circle: Sendable {
        /// Everybody's that the policy names.
        case unnamed
        /// Those of the trusted.
        case untrusted
    }

    var kind: Kind
    var circle = Circle.unnamed
    /// Of a principal. Nil: any account outside the circle.
    var account: String?
    /// Of a principal. Nil: any of the account.
    var arn: String?
    /// Whether nothing but the account and the ARN is known: its organisation could be any.
    var isNamed = false
    /// Whether it certainly is one that is asked for.
    var isCertain = true

    static let strangers: [Caller] = [
        Caller(kind: .principal), Caller(kind: .anonymous), Caller(kind: .service(nil)), Caller(kind: .federated(nil)),
    ]
}

extension PolicyPrincipals {
    /// Whether a caller is meant. What is open about the caller counts as any.
    func include(_ caller: Caller, _ trust: Trust) -> Truth {
        switch self {
        case .unnamed: .true
        case .named(let entries): Truth.any(entries.lazy.map { $0.includes(caller, trust) })
        case .allBut(let entries): !Truth.any(entries.lazy.map { $0.includes(caller, trust) })
        case .unreadable: .unknown
        }
    }

    /// Whether all kinds of callers are meant, exceptions aside.
    var meanEveryone: Bool {
        switch self {
        case .named(let entries): entries.contains { if case .everyone = $0 { true } else { false } }
        case .allBut: true
        case .unnamed, .unreadable: false
        }
    }

    var entries: [PolicyPrincipal] {
        switch self {
        case .named(let entries), .allBut(let entries): entries
        case .unnamed, .unreadable: []
        }
    }
}

extension PolicyPrincipal {
    func includes(_ caller: Caller, _ trust: Trust) -> Truth {
        switch (self, caller.kind) {
        case (.everyone, _): .true
        case (.unreadable, _): .unknown
        case (_, .holder): .unknown
        case (.account(let id), .principal): Self.isOf(id, caller, trust)
        case (.identity(let arn, let account), .principal): identity(arn, account, caller, trust)
        case (.canonicalUser, .principal), (.uniqueID, .principal):
            caller.account == nil && caller.circle == .unnamed ? .false : .unknown
        case (.canonicalUser(let id), .canonicalUser(let other)): Truth(id.hasSameBytes(as: other))
        case (.account, .canonicalUser), (.identity, .canonicalUser): .unknown
        case (.service(let name), .service(let other)): other.map { Truth(name.hasSameBytes(as: $0)) } ?? .unknown
        case (.everyService, .service): .true
        case (.federated(let name), .federated(let other)): other.map { Truth(name.hasSameBytes(as: $0)) } ?? .unknown
        case (.everyProvider, .federated): .true
        default: .false
        }
    }

    /// Whether the caller is of an account.
    private static func isOf(_ id: String, _ caller: Caller, _ trust: Trust) -> Truth {
        if let account = caller.account { return Truth(account.hasSameBytes(as: id)) }
        switch caller.circle {
        case .unnamed: return .false
        case .untrusted: return trust.includes(account: id) == .true ? .false : .unknown
        }
    }

    /// Whether the caller is one of an account's identities: the same, or a session of it.
    private func identity(_ arn: String, _ account: String, _ caller: Caller, _ trust: Trust) -> Truth {
        let isOfAccount = Self.isOf(account, caller, trust)
        guard isOfAccount != .false, let other = caller.arn else { return isOfAccount == .false ? .false : .unknown }
        if arn.hasSameBytes(as: other) { return .true }
        let (mine, theirs) = (Self.role(arn), Self.role(other))
        guard let mine, let theirs, mine.name.hasSameBytes(as: theirs.name) else { return .false }
        // A session of the role that is named, though its path does not show; or a role one of whose sessions is.
        return mine.isSession == theirs.isSession ? .false : .unknown
    }

    private static func role(_ arn: String) -> (name: Substring, isSession: Bool)? {
        let parts = PolicyARN.parts(arn)
        guard parts.count == 6 else { return nil }
        let path = parts[5].split(separator: "/")
        guard path.count >= 2 else { return nil }
        if path[0] == "assumed-role" { return (path[1], true) }
        return path[0] == "role" ? path.last.map { ($0, false) } : nil
    }
}
