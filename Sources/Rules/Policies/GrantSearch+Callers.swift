internal import Documents

extension GrantSearch {
    private static let maximumCallers = 64

    /// The kinds of callers that the query is about and the statement means. Empty: none.
    func callers(of statement: PolicyDocument.Statement) -> [Caller] {
        let principals = statement.principals
        if case .unnamed = principals {
            // An identity policy grants to whoever it belongs to; of that, nobody knows the name.
            if query.principal == nil, query.named.isEmpty { return [Caller(kind: .holder)] }
            return query.principal == .account || !query.named.isEmpty ? [Caller.unknown] : []
        }
        if case .unreadable = principals { return [Caller.unknown] }
        let isOpen = principals.meanEveryone
        let wanted = wantedCallers(among: principals.entries).filter { caller in
            switch caller.kind {
            // Strangers are only where all are meant: whom a statement names stands for itself.
            case .principal where caller.account == nil: return isOpen
            case .holder where !caller.isCertain && !query.named.isEmpty:
                return isOpen || principals.entries.contains(where: \.isUncertain)
            case .service(nil), .federated(nil):
                let isOfClass = query.principal != .anyone && query.principal != .external
                return isOpen || isOfClass && principals.include(caller, trust) == .true
            default: return principals.include(caller, trust) != .false
            }
        }
        let meant = wanted.filter { principals.include($0, trust) != .false }
        // Whom an entry that cannot be read stands for, nobody knows.
        let isReadable = !principals.entries.contains { if case .unreadable = $0 { true } else { false } }
        return (isReadable ? [] : [Caller.unknown]) + meant.prefix(Self.maximumCallers)
    }

    /// The callers that the query is about, as far as a statement's principals tell them apart.
    func wantedCallers(among entries: [PolicyPrincipal]) -> [Caller] {
        guard query.named.isEmpty else { return namedCallers(among: entries) }
        switch query.principal {
        case .anyone?: return Caller.strangers
        case .external?:
            let strangers = Caller.strangers.map { caller in
                var caller = caller
                caller.circle = .untrusted
                return caller
            }
            return strangers.dropLast() + entries.compactMap(external)
        case .account?:
            guard !trust.account.isEmpty else { return [Caller.unknown] }
            let whole = Caller(kind: .principal, account: trust.account, isNamed: true)
            return [whole]
                + entries.compactMap { entry in
                    switch entry {
                    case .identity(let arn, trust.account):
                        Caller(kind: .principal, account: trust.account, arn: arn, isNamed: true)
                    case .canonicalUser(let id): Caller(kind: .canonicalUser(id), isCertain: false)
                    case .unreadable, .uniqueID: Caller.unknown
                    default: nil
                    }
                }
        case .service?:
            return [Caller(kind: .service(nil))]
                + entries.compactMap { if case .service(let name) = $0 { Caller(kind: .service(name)) } else { nil } }
        case .federated?:
            return [Caller(kind: .federated(nil))]
                + entries.compactMap {
                    if case .federated(let name) = $0 { Caller(kind: .federated(name)) } else { nil }
                }
        case nil: return Caller.strangers + entries.compactMap(whoever)
        }
    }

    /// An external caller that a statement names.
    private func external(_ entry: PolicyPrincipal) -> Caller? {
        switch entry {
        case .account(let id): external(id, arn: nil)
        case .identity(let arn, let account): external(account, arn: arn)
        case .canonicalUser(let id): Caller(kind: .canonicalUser(id), isCertain: false)
        case .uniqueID, .unreadable: Caller.unknown
        case .everyone, .service, .everyService, .federated, .everyProvider: nil
        }
    }

    private func external(_ account: String, arn: String?) -> Caller? {
        let isTrusted = trust.includes(account: account)
        guard isTrusted != .true else { return nil }
        return Caller(
            kind: .principal, circle: .untrusted, account: account, arn: arn, isNamed: true,
            isCertain: isTrusted == .false)
    }

    private func whoever(_ entry: PolicyPrincipal) -> Caller? {
        switch entry {
        case .account(let id): Caller(kind: .principal, account: id, isNamed: true)
        case .identity(let arn, let account): Caller(kind: .principal, account: account, arn: arn, isNamed: true)
        case .service(let name): Caller(kind: .service(name))
        case .federated(let name): Caller(kind: .federated(name))
        case .canonicalUser(let id): Caller(kind: .canonicalUser(id))
        case .everyService: Caller(kind: .service(nil))
        case .everyProvider: Caller(kind: .federated(nil))
        case .everyone: nil
        case .uniqueID, .unreadable: Caller.unknown
        }
    }

    /// Callers whom the query's patterns name. Of a pattern with wildcards, one that it stands for is tried, and nobody
    /// knows of the others.
    private func namedCallers(among entries: [PolicyPrincipal]) -> [Caller] {
        query.named.flatMap { text -> [Caller] in
            let pattern = PolicyPattern(text)
            var callers = caller(ofPattern: pattern).map { [$0] } ?? []
            if pattern.hasWildcards { callers.append(Caller.unknown) }
            for entry in entries {
                switch entry {
                case .account(let id):
                    let whole = Caller(kind: .principal, account: id, isNamed: true)
                    if Self.means(text, id) {
                        callers.append(whole)
                    } else if let arn = identity(matching: pattern, of: id) {
                        var one = whole
                        one.arn = arn
                        callers.append(one)
                        if pattern.hasWildcards {
                            one.arn = nil
                            one.isCertain = false
                            callers.append(one)
                        }
                    }
                case .identity(let arn, let account) where Glob.matches(text, arn) || Self.means(text, account):
                    callers.append(Caller(kind: .principal, account: account, arn: arn, isNamed: true))
                case .service(let name) where Glob.matches(text, name): callers.append(Caller(kind: .service(name)))
                case .federated(let name) where Glob.matches(text, name):
                    callers.append(Caller(kind: .federated(name)))
                case .canonicalUser(let id): callers.append(Caller(kind: .canonicalUser(id), isCertain: false))
                case .uniqueID, .unreadable: callers.append(Caller.unknown)
                default: break
                }
            }
            return callers
        }
    }

    /// Whether a pattern means a whole account.
    private static func means(_ text: String, _ account: String) -> Bool {
        Glob.matches(text, account) || Glob.matches(text, "arn:aws:iam::\(account):root")
    }

    /// One caller that a pattern stands for.
    private func caller(ofPattern pattern: PolicyPattern) -> Caller? {
        if PolicyPrincipal.isAccount(pattern.text) {
            return Caller(kind: .principal, account: pattern.text, isNamed: true)
        }
        let parts = PolicyARN.parts(pattern.text)
        guard parts.count == 6 else {
            return Caller(kind: .service(pattern.filled("parapet0")))
        }
        if parts[5].hasPrefix("oidc-provider/") || parts[5].hasPrefix("saml-provider/") {
            return Caller(kind: .federated(pattern.filled("parapet0")))
        }
        let owner = PolicyPattern(String(parts[4]))
        let account = owner.hasWildcards ? OutsiderValues.accounts(matching: owner).first ?? freshAccount : owner.text
        let arn = identity(matching: pattern, of: account)
        return Caller(kind: .principal, account: account, arn: parts[5] == "root" ? nil : arn, isNamed: true)
    }

    /// An identity of an account that a pattern matches.
    private func identity(matching pattern: PolicyPattern, of account: String) -> String? {
        var parts = PolicyARN.parts(pattern.text).map { PolicyPattern(String($0)).filled("parapet0") }
        guard parts.count == 6 else { return nil }
        parts[1] = PolicyARN.parts(pattern.text)[1].contains("*") ? "aws" : parts[1]
        parts[4] = account
        let arn = parts.joined(separator: ":")
        return Glob.matches(pattern.text, arn) ? arn : nil
    }
}

extension PolicyPrincipal {
    /// Whether nobody knows who it is.
    fileprivate var isUncertain: Bool {
        switch self {
        case .unreadable, .uniqueID, .everyService, .everyProvider: true
        default: false
        }
    }
}

extension Caller {
    /// Somebody who may be asked for, or not.
    static let unknown = Caller(kind: .holder, isCertain: false)
}

extension PolicySet {
    /// The accounts that the policies name, as principals and in conditions; few enough to try.
    var accounts: [String] {
        var found: [String] = []
        func add(_ account: Substring) {
            let account = String(account)
            if found.count < 4_096, PolicyPrincipal.isAccount(account) { found.append(account) }
        }
        for statement in statements + (boundary ?? []) {
            for entry in statement.principals.entries {
                switch entry {
                case .account(let id), .identity(_, let id): add(id[...])
                default: break
                }
            }
            for condition in statement.conditions {
                for value in condition.values where value.scalars.count >= 12 {
                    let parts = PolicyARN.parts(value.text)
                    add(parts.count == 6 ? parts[4] : value.text[...])
                }
            }
        }
        return found
    }

    /// The set with the variable `${aws:ResourceAccount}` put in.
    func resolvingResourceAccount(_ account: String) -> PolicySet {
        func resolve(_ statement: PolicyDocument.Statement) -> PolicyDocument.Statement {
            var statement = statement
            statement.conditions = statement.conditions.map { condition in
                guard condition.values.contains(where: \.hasVariables) else { return condition }
                var condition = condition
                condition.values = condition.values.map { value in
                    guard value.hasVariables else { return value }
                    let text = Self.replacing("${aws:resourceaccount}", in: value.text, by: account)
                    return PolicyPattern(text, takesVariables: true)
                }
                return condition
            }
            return statement
        }
        var copy = self
        copy.statements = statements.map(resolve)
        copy.boundary = boundary?.map(resolve)
        return copy
    }

    /// `name` is in lower case; the text's case does not matter.
    static func replacing(_ name: String, in text: String, by value: String) -> String {
        let wanted = Array(name.utf8)
        let folded = Array(PolicyDocument.folded(text).utf8)
        let original = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < folded.count {
            if folded[index...].starts(with: wanted) {
                output += Array(value.utf8)
                index += wanted.count
            } else {
                output.append(original[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
