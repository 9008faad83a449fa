public import Documents

/// The four outcomes of a rule on a resource.
public enum VerdictKind: String, Sendable, CaseIterable {
    case pass, fail
    case notApplicable = "not_applicable"
    case unknown
}

/// What a rule says of a resource, and why.
public struct Verdict: Sendable {
    public var rule: String
    public var type: String
    /// `*` where a whole list is unknown.
    public var id: String
    public var arn: String
    public var region: String
    public var account: String
    public var kind: VerdictKind
    /// Why it is unknown; empty otherwise.
    public var causes: [UnknownCause]
    public var evidence: [Evidence]
    public var message: String

    public init(
        rule: String, type: String, id: String, arn: String, region: String, account: String, kind: VerdictKind,
        causes: [UnknownCause] = [], evidence: [Evidence] = [], message: String = ""
    ) {
        self.rule = rule
        self.type = type
        self.id = id
        self.arn = arn
        self.region = region
        self.account = account
        self.kind = kind
        self.causes = causes
        self.evidence = evidence
        self.message = message
    }

    /// Names the resource among all.
    public var uid: String { "\(account)/\(region)/\(type)/\(id)" }
}

/// A value that a verdict rests on.
public struct Evidence: Sendable, Equatable {
    public var type: String
    public var id: String
    /// A JSON pointer into the resource's config.
    public var pointer: String
    /// Null where the value is absent.
    public var value: JSON

    public init(type: String, id: String, pointer: String, value: JSON) {
        self.type = type
        self.id = id
        self.pointer = pointer
        self.value = value
    }
}

/// Why something could not be judged.
public struct UnknownCause: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// The collector could not read it.
        case uncollected
        /// AWS returned nothing there, and nobody declared what that means.
        case absent
        /// The value is not of its type: a date or an address block that does not parse.
        case badValue = "bad_value"
        /// A relation cannot be followed.
        case relation
        /// A condition key or an element of a policy that cannot be judged.
        case policy
    }

    public var kind: Kind
    public var type: String
    /// The resource that could not be read; `*` for a list.
    public var id: String
    public var pointer: String
    /// An AWS error code, or a few words.
    public var detail: String

    public init(kind: Kind, type: String, id: String, pointer: String, detail: String) {
        self.kind = kind
        self.type = type
        self.id = id
        self.pointer = pointer
        self.detail = detail
    }
}

extension UnknownCause: CustomStringConvertible {
    /// The cause without the resource: `AWS::S3::Bucket /Encryption: AccessDenied`. Equal texts have one cause.
    public var description: String {
        let place = pointer.isEmpty ? type : "\(type) \(Self.generalised(pointer))"
        switch kind {
        case .absent: return "\(place): absent, and no meaning is declared for that"
        default: return "\(place): \(detail)"
        }
    }

    /// List positions become `*`, so that one cause reads the same for all elements.
    private static func generalised(_ pointer: String) -> String {
        pointer.split(separator: "/", omittingEmptySubsequences: false)
            .map { !$0.isEmpty && $0.allSatisfy(\.isNumber) ? "*" : String($0) }
            .joined(separator: "/")
    }
}
