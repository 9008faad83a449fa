internal import Documents

/// One principal that a statement names.
enum PolicyPrincipal: Sendable {
    /// `*`, or `{"AWS": "*"}`, which is the same.
    case everyone
    /// A whole account: `111122223333`, or `arn:aws:iam::111122223333:root`.
    case account(String)
    /// A user, a role, a session.
    case identity(arn: String, account: String)
    /// `lambda.amazonaws.com`. CloudFront's origin access identities count as services: AWS owns them.
    case service(String)
    /// Nil for all: `{"Service": "*"}`.
    case everyService
    /// The ARN of a SAML or OIDC provider, or the name of one that needs none.
    case federated(String)
    case everyProvider
    /// An account by its canonical user id: which one cannot be told.
    case canonicalUser(String)
    /// What AWS leaves behind of a principal that was deleted.
    case uniqueID(String)
    case unreadable(String)
}

/// Whom a statement means.
enum PolicyPrincipals: Sendable {
    /// An identity policy names none.
    case unnamed
    case named([PolicyPrincipal])
    case allBut([PolicyPrincipal])
    case unreadable(String)

    /// Reads the value of `Principal` or `NotPrincipal`.
    static func entries(_ value: JSON, _ element: String) -> Result<[PolicyPrincipal], PolicyFault> {
        var entries: [PolicyPrincipal] = []
        switch value {
        case .string, .array:
            guard let texts = PolicyDocument.texts(value) else {
                return .failure(PolicyFault("`\(element)` holds no text"))
            }
            entries = texts.map { .parse($0, kind: "AWS") }
        case .object(let kinds):
            for (kind, names) in kinds {
                guard let texts = PolicyDocument.texts(names) else {
                    return .failure(PolicyFault("`\(element)` holds something else than text"))
                }
                entries += texts.map { .parse($0, kind: kind) }
            }
        default: return .failure(PolicyFault("`\(element)` is \(value.kind)"))
        }
        return entries.isEmpty ? .failure(PolicyFault("`\(element)` names nobody")) : .success(entries)
    }
}

extension PolicyPrincipal {
    fileprivate static func parse(_ text: String, kind: String) -> PolicyPrincipal {
        switch kind {
        case "AWS": return aws(text)
        case "Service":
            if text.hasSameBytes(as: "*") { return .everyService }
            return isWild(text) || text.isEmpty ? formless(text) : .service(PolicyDocument.folded(text))
        case "Federated":
            if text.hasSameBytes(as: "*") { return .everyProvider }
            return isWild(text) || text.isEmpty ? formless(text) : .federated(text)
        case "CanonicalUser": return isWild(text) || text.isEmpty ? formless(text) : .canonicalUser(text)
        default: return .unreadable("there is no kind of principal `\(PolicyFault.quoted(kind))`")
        }
    }

    private static func aws(_ text: String) -> PolicyPrincipal {
        if text.hasSameBytes(as: "*") { return .everyone }
        if isAccount(text) { return .account(text) }
        guard !isWild(text) else { return formless(text) }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6 else { return isUniqueID(text) ? .uniqueID(text) : formless(text) }
        guard parts[0] == "arn", parts[2] == "iam" || parts[2] == "sts", !parts[5].isEmpty else {
            return formless(text)
        }
        if parts[4] == "cloudfront" { return .service("cloudfront.amazonaws.com") }
        guard isNumber(parts[4]) else { return formless(text) }
        if parts[5] == "root" { return .account(parts[4]) }
        return .identity(arn: text, account: parts[4])
    }

    private static func formless(_ text: String) -> PolicyPrincipal {
        .unreadable("the principal `\(PolicyFault.quoted(text))` is of no known form")
    }

    private static func isWild(_ text: String) -> Bool { text.unicodeScalars.contains { $0 == "*" || $0 == "?" } }

    static func isAccount(_ text: String) -> Bool { text.utf8.count == 12 && isNumber(text) }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `AROAEXAMPLEEXAMPLE`: four letters that say what it is, and more.
    private static func isUniqueID(_ text: String) -> Bool {
        text.utf8.count >= 16 && text.hasPrefix("A")
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
            }
    }
}

/// Why a policy, or a part of one, cannot be read.
struct PolicyFault: Error, Sendable {
    var reason: String

    init(_ reason: String) { self.reason = reason }

    /// Text of a policy as reasons may hold it: short and harmless.
    static func quoted(_ text: String) -> String {
        let harmless = text.inert
        return harmless.count > 80 ? harmless.prefix(79) + "…" : harmless
    }
}
