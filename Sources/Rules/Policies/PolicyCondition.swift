internal import Documents

/// One condition of a statement: an operator, a key, and values of which one has to fit.
struct PolicyCondition: Sendable {
    enum Quantifier: Sendable {
        case none, all, any
    }

    /// How a value of the request is compared with a value of the policy.
    enum Comparison: Sendable, Equatable {
        case text, textIgnoringCase, like, arn, number(Order), date(Order), bool, binary, address
        /// Whether the key is there at all.
        case null
    }

    enum Order: Sendable {
        case equal, less, lessOrEqual, greater, greaterOrEqual

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .equal: left == right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    var comparison: Comparison
    var isNegated: Bool
    var quantifier: Quantifier
    var isIfExists: Bool
    /// Lower case.
    var key: String
    var values: [PolicyPattern]
    /// Why the condition cannot be read; then nothing else of it counts.
    var fault: String?

    static func unreadable(_ reason: String) -> PolicyCondition {
        PolicyCondition(
            comparison: .null, isNegated: false, quantifier: .none, isIfExists: false, key: "", values: [],
            fault: reason)
    }

    /// What a request carries under a key.
    enum Content: Sendable {
        case absent
        case value(String)
    }
}

extension PolicyCondition {
    /// Whether it holds for a request that carries this. Unknown where a policy variable or a value that is none of the
    /// operator's type decides.
    func holds(for content: Content, _ effort: inout Effort) -> Truth {
        guard fault == nil else { return .unknown }
        switch (content, comparison) {
        case (.absent, .null): return nullAnswer(isAbsent: true)
        case (.value, .null): return nullAnswer(isAbsent: false)
        case (.absent, _): return withoutKey
        case (.value(let text), _):
            guard !values.isEmpty else { return .unknown }
            let matched = matches(text, &effort)
            return isNegated ? !matched : matched
        }
    }

    private func nullAnswer(isAbsent: Bool) -> Truth {
        let answers = values.compactMap { Self.flag($0.text) }
        guard answers.count == values.count, !answers.isEmpty else { return .unknown }
        return Truth(answers.contains(isAbsent))
    }

    /// Whether it holds where the request does not carry the key.
    var withoutKey: Truth {
        guard fault == nil else { return .unknown }
        if case .null = comparison { return nullAnswer(isAbsent: true) }
        switch quantifier {
        // Of no values, all fit.
        case .all: return .true
        // Whether `IfExists` counts below `ForAnyValue` is told in different ways.
        case .any: return isIfExists ? .unknown : .false
        case .none: return Truth(isIfExists || isNegated)
        }
    }

    private func matches(_ text: String, _ effort: inout Effort) -> Truth {
        var result = Truth.false
        for value in values {
            switch matches(value, text, &effort) {
            case .true: return .true
            case .unknown: result = .unknown
            case .false: break
            }
        }
        return result
    }

    private func matches(_ value: PolicyPattern, _ text: String, _ effort: inout Effort) -> Truth {
        effort.spend()
        switch comparison {
        case .like: return value.matches(Array(text.unicodeScalars), &effort)
        case .arn: return Self.arnMatches(value, text, &effort)
        default: break
        }
        guard !value.hasVariables else { return .unknown }
        switch comparison {
        case .text, .binary: return Truth(value.text.hasSameBytes(as: text))
        case .textIgnoringCase:
            return Truth(PolicyDocument.folded(value.text).hasSameBytes(as: PolicyDocument.folded(text)))
        case .bool: return Self.flag(value.text).map { Truth($0 == Self.flag(text)) } ?? .unknown
        case .number(let order):
            guard let wanted = Self.number(value.text) else { return .unknown }
            return Truth(Self.number(text).map { order.holds($0, wanted) } ?? false)
        case .date(let order):
            guard let wanted = Timestamp(value.text) else { return .unknown }
            return Truth(Timestamp(text).map { order.holds($0, wanted) } ?? false)
        case .address:
            guard let wanted = AddressBlock(value.text) else { return .unknown }
            return Truth(AddressBlock(text).map(wanted.contains) ?? false)
        case .like, .arn, .null: return .unknown
        }
    }

    static func flag(_ text: String) -> Bool? {
        switch PolicyDocument.folded(text) {
        case "true": true
        case "false": false
        default: nil
        }
    }

    static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 64, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// Each of an ARN's six parts is matched on its own.
    private static func arnMatches(_ value: PolicyPattern, _ text: String, _ effort: inout Effort) -> Truth {
        if value.isEverything { return .true }
        guard !value.hasVariables else { return value.matches(Array(text.unicodeScalars), &effort) }
        let wanted = PolicyARN.parts(value.text)
        let given = PolicyARN.parts(text)
        guard wanted.count == 6 else { return .unknown }
        guard given.count == 6 else { return .false }
        return Truth.all(
            zip(wanted, given).map { PolicyPattern(String($0)).matches(Array($1.unicodeScalars), &effort) })
    }

    /// Whether both say the same of the same key.
    func isSame(as other: PolicyCondition) -> Bool {
        guard fault == nil, other.fault == nil, key.hasSameBytes(as: other.key), comparison == other.comparison,
            isNegated == other.isNegated, quantifier == other.quantifier, isIfExists == other.isIfExists,
            values.count == other.values.count
        else { return false }
        return zip(values, other.values).allSatisfy { $0.text.hasSameBytes(as: $1.text) }
    }
}

/// The parts of an ARN.
enum PolicyARN {
    /// Six for an ARN: `arn`, partition, service, region, account, resource.
    static func parts(_ text: String) -> [Substring] {
        text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    }
}
