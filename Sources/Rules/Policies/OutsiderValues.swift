internal import Documents

/// Which values of a condition key outsiders have: callers who have nobody's name, network or secret but their own.
struct OutsiderValues: Sendable {
    /// Whether an outsider can have a value that a pattern of a policy matches.
    enum Reach: Sendable {
        case never
        /// Such values among others.
        case some([String])
        /// Whatever they have.
        case all([String])
        case unclear
    }

    var key: ConditionKey
    var caller: Caller
    var trust: Trust
    /// A number that stands nowhere in the policies.
    var freshAccount: String

    /// Values that nobody named.
    var fresh: [String] {
        let account = caller.account ?? freshAccount
        switch key.shape {
        case .account: return [account]
        case .organization: return ["o-parapet0"]
        case .organizationPath: return ["o-parapet0/r-parapet0/ou-parapet0/"]
        case .arn where key.origin == .source:
            return ["arn:aws:sns:us-east-1:\(account):parapet0", "arn:aws:s3:::parapet0"]
        case .arn:
            if let arn = caller.arn { return [arn] }
            return ["arn:aws:iam::\(account):role/parapet0", "arn:aws:iam::\(account):user/parapet0"]
        case .userID: return ["AROAPARAPET0PARAPET0:parapet0"]
        case .address: return ["93.184.215.14", "8.8.4.4", "1.0.0.1", "2600:1406::1"]
        case .subject: return issuer?.strangers ?? ["parapet0"]
        case .owned: return ["parapet0/parapet0"]
        case .flag: return ["false"]
        case .whole, .audience: return [(idStart ?? "") + "parapet0"]
        }
    }

    /// How all values of the key start.
    private var idStart: String? {
        switch key.shape {
        case .organization: "o-"
        case .whole where key.name == "aws:SourceVpc": "vpc-"
        case .whole where key.name == "aws:SourceVpce": "vpce-"
        default: nil
        }
    }

    private var issuer: TokenIssuer? {
        ConditionKeys.claim(PolicyDocument.folded(key.name)).flatMap { TokenIssuer.of($0.issuer) }
    }

    /// `isGlob`: whether the operator takes wildcards.
    func reach(_ pattern: PolicyPattern, isGlob: Bool) -> Reach {
        if pattern.hasVariables { return namesResourceOwner(pattern) ? .never : .unclear }
        if isGlob, pattern.isEverything || idStart.map({ Glob.covers(pattern.text, $0 + "*") }) ?? false {
            return caller.isNamed && !pattern.isEverything ? .unclear : .all(fresh)
        }
        // No account, organisation or ARN has a wildcard in its name.
        if !isGlob, pattern.hasWildcards, key.shape != .whole { return .never }
        let isWild = isGlob && pattern.hasWildcards
        switch key.shape {
        case .account: return account(pattern, isWild: isWild)
        case .organization, .organizationPath:
            let owner = key.shape == .organization ? pattern : PolicyPattern(Self.head(pattern.text, "/"))
            let reach =
                isWild && owner.hasWildcards
                ? .some([pattern.filled("parapet0")])
                : named(
                    owner.text, isTrusted: isTrustedOrganization, as: isWild ? pattern.filled("parapet0") : pattern.text
                )
            // Which organisation an account is in, a policy that names the account does not tell.
            if case .some = reach, caller.isNamed { return .unclear }
            return reach
        case .userID:
            let id = PolicyPattern(Self.head(pattern.text, ":"))
            if isWild, id.hasWildcards { return .some([pattern.filled("PARAPET0")]) }
            return caller.circle == .unnamed ? .never : .unclear
        case .arn: return arn(pattern, isWild: isWild)
        case .subject: return subject(pattern, isWild: isWild)
        case .owned:
            guard isWild else { return .never }
            return PolicyPattern(Self.head(pattern.text, "/")).hasWildcards
                ? .some([pattern.filled("parapet0")]) : .never
        case .address: return .unclear
        case .whole, .audience, .flag:
            guard isWild else { return .never }
            return .some([pattern.filled("parapet0")])
        }
    }

    private static func head(_ text: String, _ end: Character) -> String {
        text.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
    }

    /// `${aws:ResourceAccount}` and `${aws:ResourceOrgID}`: whom the resource belongs to is no outsider.
    private func namesResourceOwner(_ pattern: PolicyPattern) -> Bool {
        let text = PolicyDocument.folded(pattern.text)
        guard caller.account == nil else { return false }
        switch key.shape {
        case .account: return text == "${aws:resourceaccount}"
        case .organization: return text == "${aws:resourceorgid}"
        case .organizationPath: return text.hasPrefix("${aws:resourceorgid}/")
        case .arn: return text.contains(":${aws:resourceaccount}:")
        default: return false
        }
    }

    private func isTrustedOrganization(_ id: String) -> Truth { Truth(trust.organizations.contains(id)) }

    /// A value without wildcards: its owner's alone.
    private func named(_ owner: String, isTrusted: (String) -> Truth, as value: String? = nil) -> Reach {
        switch caller.circle {
        case .unnamed: return .never
        case .untrusted:
            switch isTrusted(owner) {
            case .true: return .never
            case .false: return .some([value ?? owner])
            case .unknown: return .unclear
            }
        }
    }

    private func account(_ pattern: PolicyPattern, isWild: Bool) -> Reach {
        guard isWild else { return named(pattern.text, isTrusted: trust.includes(account:)) }
        let accounts = Self.accounts(matching: pattern).filter { trust.includes(account: $0) != .true }
        return accounts.isEmpty ? .unclear : .some(accounts)
    }

    /// Numbers of accounts that a pattern with wildcards matches.
    static func accounts(matching pattern: PolicyPattern) -> [String] {
        let stars = pattern.scalars.count { $0 == "*" }
        let missing = 12 - (pattern.scalars.count - stars)
        guard stars > 0 ? missing >= 0 : missing == 0 else { return [] }
        return ["9", "8", "7"].compactMap { digit -> String? in
            guard let one = digit.unicodeScalars.first else { return nil }
            // The first star takes all that is missing.
            var text = String.UnicodeScalarView()
            var isFirst = true
            for scalar in pattern.scalars {
                switch scalar {
                case "*":
                    if isFirst { text.append(contentsOf: String(repeating: digit, count: missing).unicodeScalars) }
                    isFirst = false
                case "?": text.append(one)
                default: text.append(scalar)
                }
            }
            return PolicyPrincipal.isAccount(String(text)) ? String(text) : nil
        }
    }

    private func arn(_ pattern: PolicyPattern, isWild: Bool) -> Reach {
        let parts = PolicyARN.parts(pattern.text).map { PolicyPattern(String($0)) }
        guard parts.count == 6 else {
            guard isWild else { return .never }
            let found = fresh.filter { Glob.matches(pattern.text, $0) }
            return found.isEmpty ? .unclear : .some(found)
        }
        if let own = caller.arn {
            // A session shows its role here.
            if PolicyARN.parts(own).dropFirst(2).first == "sts" { return .unclear }
            return Glob.matches(pattern.text, own) ? .some([own]) : .never
        }
        var filled = parts.map { $0.filled("parapet0") }
        let owner = parts[4]
        if owner.hasWildcards, isWild {
            let candidates =
                caller.account.map { [$0] } ?? Self.accounts(matching: owner)
                + (owner.isEverything ? [freshAccount] : [])
            let accounts = candidates.filter {
                Glob.matches(owner.text, $0) && (caller.account != nil || trust.includes(account: $0) != .true)
            }
            guard !accounts.isEmpty else { return caller.account == nil ? .unclear : .never }
            return .some(
                accounts.map { account in
                    filled[4] = account
                    return filled.joined(separator: ":")
                })
        }
        if owner.text.isEmpty {
            // A bucket's ARN, and the like: whoever takes the name has it.
            if isWild, PolicyPattern(Self.head(parts[5].text, "/")).hasWildcards {
                return .some([filled.joined(separator: ":")])
            }
            return caller.circle == .unnamed ? .never : .unclear
        }
        if let account = caller.account {
            return owner.text.hasSameBytes(as: account) ? .some([filled.joined(separator: ":")]) : .never
        }
        guard PolicyPrincipal.isAccount(owner.text) else { return caller.circle == .unnamed ? .never : .unclear }
        return named(owner.text, isTrusted: trust.includes(account:), as: filled.joined(separator: ":"))
    }

    private func subject(_ pattern: PolicyPattern, isWild: Bool) -> Reach {
        guard isWild else { return .never }
        if let owner = issuer?.owner, pattern.text.hasPrefix(owner.prefix) {
            let rest = pattern.text.dropFirst(owner.prefix.count)
            guard let end = rest.firstIndex(of: owner.end) else { return .some([pattern.filled("parapet0")]) }
            return PolicyPattern(String(rest[..<end])).hasWildcards ? .some([pattern.filled("parapet0")]) : .never
        }
        let found = (issuer?.strangers ?? []).filter { Glob.matches(pattern.text, $0) }
        return found.isEmpty ? .unclear : .some(found)
    }
}
