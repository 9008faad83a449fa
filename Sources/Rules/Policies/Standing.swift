internal import Documents

/// What the requests of a caller can carry under one condition key.
enum Standing: Sendable {
    /// Whatever is wanted.
    case free(mayBeAbsent: Bool)
    case absent
    case fixed(String)
    /// Only what outsiders have.
    case outside(mayBeAbsent: Bool)
    /// Nobody knows.
    case unclear
}

/// Which values the requests of a caller can carry: by the table of condition keys.
struct Standings: Sendable {
    var query: GrantQuery
    var trust: Trust
    /// By key, in lower case.
    private let context: [String: String]

    let looksPastResources: Bool

    init(_ query: GrantQuery, _ trust: Trust, looksPastResources: Bool = true) {
        self.looksPastResources = looksPastResources
        self.query = query
        self.trust = trust
        context = Dictionary(query.context.map { (PolicyDocument.folded($0.key), $0.value) }) { first, _ in first }
    }

    func standing(of name: String, for caller: Caller) -> Standing {
        if let value = context[name] { return .fixed(value) }
        let key = ConditionKeys.key(name)
        if query.conditions == .any {
            // Somebody is external by their name: that is no condition to look past.
            let names = query.principal == .external && (key?.origin == .principal || key?.origin == .source)
            if !looksPastResources, key == nil || key?.origin == .resource { return .unclear }
            if !names { return .free(mayBeAbsent: !(key?.isAlwaysThere ?? false)) }
        }
        guard let key else { return .unclear }
        if !caller.isCertain, case .holder = caller.kind {
            switch key.origin {
            case .principal, .source, .service, .token: return .unclear
            case .network, .secret, .request, .resource: break
            }
        }
        switch key.origin {
        case .request, .resource: return .free(mayBeAbsent: !key.isAlwaysThere)
        case .network, .secret: return .outside(mayBeAbsent: true)
        case .principal: return principal(key, caller)
        case .source:
            if case .service = caller.kind { return .outside(mayBeAbsent: true) }
            if case .canonicalUser = caller.kind { return .unclear }
            return .absent
        case .service:
            if key.shape == .flag { return .fixed(caller.isService ? "true" : "false") }
            guard case .service(let name) = caller.kind else { return .absent }
            return name.map(Standing.fixed) ?? .free(mayBeAbsent: false)
        case .token: return token(key, caller)
        }
    }

    private func principal(_ key: ConditionKey, _ caller: Caller) -> Standing {
        switch caller.kind {
        case .anonymous, .service, .federated: return .absent
        case .canonicalUser: return .unclear
        case .holder:
            return key.shape == .account && !trust.account.isEmpty ? .fixed(trust.account) : .unclear
        case .principal: break
        }
        if key.shape == .account, let account = caller.account { return .fixed(account) }
        // Of an account that is named nobody knows the organisation: an external one is in none that is trusted.
        let isOfOrganization = key.shape == .organization || key.shape == .organizationPath
        if caller.isNamed, caller.circle == .unnamed, isOfOrganization || key.shape == .userID { return .unclear }
        if key.shape == .arn, caller.isNamed, key.name != "aws:PrincipalArn" { return .unclear }
        return .outside(mayBeAbsent: isOfOrganization)
    }

    private func token(_ key: ConditionKey, _ caller: Caller) -> Standing {
        guard case .federated(let provider) = caller.kind else {
            if case .canonicalUser = caller.kind { return .unclear }
            return .absent
        }
        let issuer = ConditionKeys.claim(key.name)?.issuer
        if let provider {
            let isSAML = provider.contains(":saml-provider/")
            if let issuer {
                guard PolicyDocument.folded(Self.issuer(of: provider)).hasSameBytes(as: issuer) else { return .absent }
            } else if !isSAML {
                return .absent
            }
        }
        guard key.shape == .audience else { return .outside(mayBeAbsent: !key.isAlwaysThere) }
        guard let issuer, let known = TokenIssuer.of(issuer) else { return .unclear }
        if known.choosesAudience || !key.isAlwaysThere { return .free(mayBeAbsent: !key.isAlwaysThere) }
        return .outside(mayBeAbsent: false)
    }

    /// `token.actions.githubusercontent.com`, of its provider's ARN.
    private static func issuer(of provider: String) -> Substring {
        for (index, _) in provider.utf8.enumerated().lazy.filter({ $0.element == UInt8(ascii: "/") }) {
            let slash = provider.utf8.index(provider.startIndex, offsetBy: index)
            guard provider[..<slash].hasSuffix(":oidc-provider") else { break }
            return provider[provider.utf8.index(after: slash)...]
        }
        return provider[...]
    }
}

extension Caller {
    var isService: Bool { if case .service = kind { true } else { false } }
}
