internal import Documents

/// One condition of a statement: an operator, a key, and values.
struct PolicyCondition: Sendable {
    /// Lower case, without `ForAnyValue:`, `ForAllValues:` and `IfExists`.
    var name: String
    /// Lower case.
    var key: String
    var values: [String]
    /// Holds where the request does not carry the key.
    var holdsWithoutKey: Bool

    /// Nil where the block is no condition block; none is the empty list.
    static func parse(_ block: JSON?) -> [PolicyCondition]? {
        guard let block, !block.isNull else { return [] }
        guard let operators = block.object else { return nil }
        var conditions: [PolicyCondition] = []
        for (name, keys) in operators {
            guard let keys = keys.object else { return nil }
            var folded = name.lowercased()
            var holdsWithoutKey = false
            if folded.hasPrefix("forallvalues:") {
                holdsWithoutKey = true
                folded.removeFirst("forallvalues:".count)
            } else if folded.hasPrefix("foranyvalue:") {
                folded.removeFirst("foranyvalue:".count)
            }
            if folded.hasSuffix("ifexists") {
                holdsWithoutKey = true
                folded.removeLast("ifexists".count)
            }
            for (key, value) in keys {
                conditions.append(
                    PolicyCondition(
                        name: folded, key: key.lowercased(), values: PolicyDocument.texts(value) ?? [],
                        holdsWithoutKey: holdsWithoutKey))
            }
        }
        return conditions
    }
}

extension PolicyCondition {
    /// Whether the condition leaves out some callers. Unknown where the key is in no table.
    var restrictsCallers: Truth {
        if ConditionKeys.isNeutral(key) { return .false }
        guard ConditionKeys.restricting.contains(key) else { return .unknown }
        if holdsWithoutKey || Self.negative.contains(name) || name == "null" { return .false }
        return Truth(!values.isEmpty && !values.contains(where: Self.isWorldWide))
    }

    /// Whether, in a Deny, the condition turns away everyone but those it names: the data perimeter's form.
    var deniesAllButNamed: Bool {
        ConditionKeys.restricting.contains(key) && Self.negative.contains(name) && !holdsWithoutKey
            && !values.isEmpty && !values.contains(where: Self.isWorldWide)
    }

    private static let negative: Set<String> = [
        "stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike", "notipaddress",
        "numericnotequals", "datenotequals",
    ]

    private static func isWorldWide(_ value: String) -> Bool {
        value.allSatisfy { $0 == "*" } || value == "0.0.0.0/0" || value == "::/0" || value == "arn:aws:iam::*:*"
    }
}

/// Which condition keys limit who can call. From AWS's list of global condition keys.
enum ConditionKeys {
    static let restricting: Set<String> = [
        "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn", "aws:userid",
        "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpcsourceip", "aws:sourceip", "aws:sourceowner", "aws:principalserviceslist", "aws:principalservicename",
        "kms:calleraccount", "kms:viaservice", "s3:dataaccesspointaccount", "sts:externalid",
        "aws:multifactorauthpresent", "aws:multifactorauthage",
    ]

    /// Say how or what is called, not by whom.
    static let neutral: Set<String> = [
        "aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:useragent", "aws:referer",
        "aws:requestedregion",
    ]

    static let neutralPrefixes = ["s3:", "aws:requesttag/", "aws:resourcetag/"]

    static func isNeutral(_ key: String) -> Bool {
        if restricting.contains(key) { return false }
        return neutral.contains(key) || neutralPrefixes.contains { key.hasPrefix($0) }
    }
}
