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
    /// Never holds where the request does not carry the key, not even when negated.
    var needsKey: Bool

    /// Nil where the block is no condition block; none is the empty list.
    static func parse(_ block: JSON?) -> [PolicyCondition]? {
        guard let block, !block.isNull else { return [] }
        guard let operators = block.object else { return nil }
        var conditions: [PolicyCondition] = []
        for (name, keys) in operators {
            guard let keys = keys.object else { return nil }
            var folded = name.lowercased()
            var holdsWithoutKey = false
            var needsKey = false
            if folded.hasPrefix("forallvalues:") {
                holdsWithoutKey = true
                folded.removeFirst("forallvalues:".count)
            } else if folded.hasPrefix("foranyvalue:") {
                needsKey = true
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
                        holdsWithoutKey: holdsWithoutKey, needsKey: needsKey && !holdsWithoutKey))
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
        return Truth(!values.isEmpty && !values.contains(where: isWorldWide))
    }

    /// Whether, in a Deny, the condition turns away everyone but those it names: the data perimeter's form.
    var deniesAllButNamed: Bool {
        // A negated operator holds for callers without the key, with `IfExists` or not; only `ForAnyValue` spares them.
        ConditionKeys.restricting.contains(key) && Self.negative.contains(name) && !needsKey
            && !values.isEmpty && !values.contains(where: isWorldWide)
    }

    private static let negative: Set<String> = [
        "stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike", "notipaddress",
        "numericnotequals", "datenotequals",
    ]

    /// Whether a value leaves nobody out: a wildcard stands for the organisation, the account or the whole value, or
    /// the addresses are more than a /8 of IPv4 or a /16 of IPv6.
    private func isWorldWide(_ value: String) -> Bool {
        func isWild(_ text: Substring) -> Bool { text.contains { $0 == "*" || $0 == "?" } }
        let fixed = value.filter { $0 != "*" && $0 != "?" }
        if fixed.isEmpty { return true }
        if let block = AddressBlock(value) { return block.prefix < (block.isIPv4 ? 8 : 16) }
        guard name.hasSuffix("like") || name.hasPrefix("arn"), isWild(value[...]) else { return false }
        if ConditionKeys.ofAccounts.contains(key) { return true }
        if ConditionKeys.ofPaths.contains(key) { return value.split(separator: "/").first.map { isWild($0) } ?? false }
        guard ConditionKeys.ofARNs.contains(key) else { return ["vpc-", "vpce-"].contains(fixed) }
        let parts = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return true }
        return isWild(parts[4]) || parts[4].isEmpty && (parts[5].first == "*" || parts[5].first == "?")
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

    /// Of these, any wildcard lets strangers in.
    static let ofAccounts: Set<String> = [
        "aws:principalorgid", "aws:principalaccount", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceowner",
        "kms:calleraccount", "s3:dataaccesspointaccount",
    ]
    static let ofPaths: Set<String> = ["aws:principalorgpaths", "aws:sourceorgpaths"]
    static let ofARNs: Set<String> = ["aws:principalarn", "aws:sourcearn"]

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
