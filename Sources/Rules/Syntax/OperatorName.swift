/// Every operator of the language, in one place.
public enum OperatorName: String, Sendable, CaseIterable {
    case some, every, none, count
    case subsetOf = "subset_of"
    case supersetOf = "superset_of"
    case intersects
    case eq, ne, `in`
    case notIn = "not_in"
    case lt, lte, gt, gte
    case glob
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case contains, matches
    case exists, absent
    case olderThan = "older_than"
    case newerThan = "newer_than"
    case before, after
    case cidrIs = "cidr_is"
    case within, overlaps
    case prefixLen = "prefix_len"
    case cover
    case coversAny = "covers_any"
    case coversAll = "covers_all"
    case inside
    case lookup
    case ingress
    case allows, denies, admin
    case privilegeEscalation = "privilege_escalation"

    /// What an operator is put on.
    public enum Subject: Sendable {
        case list, scalar, text, addresses, trafficRules, ordered, timestamp, range, policyDocument, anything
    }

    public var subject: Subject {
        switch self {
        case .some, .every, .none, .count, .subsetOf, .supersetOf, .intersects: .list
        case .eq, .ne, .in, .notIn, .lookup: .scalar
        case .lt, .lte, .gt, .gte: .ordered
        case .glob, .startsWith, .endsWith, .contains, .matches, .cidrIs, .within, .overlaps, .prefixLen: .text
        case .exists, .absent: .anything
        case .olderThan, .newerThan, .before, .after: .timestamp
        case .coversAny, .coversAll, .inside: .range
        case .cover: .addresses
        case .ingress: .trafficRules
        case .allows, .denies, .admin, .privilegeEscalation: .policyDocument
        }
    }

    /// Whether its operand is a list.
    var takesList: Bool {
        switch self {
        case .in, .notIn, .subsetOf, .supersetOf, .intersects, .coversAny, .coversAll, .inside, .within, .overlaps: true
        default: false
        }
    }

    /// The comparisons that `count` takes.
    static let comparisons: [OperatorName] = [.eq, .ne, .lt, .lte, .gt, .gte]
}
