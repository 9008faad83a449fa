internal import Documents

/// What can become of a condition in all the requests of one kind of caller, and which of them to try.
struct PolicyProspect {
    var standings: Standings
    var caller: Caller
    var freshAccount: String

    /// True: it holds in every request. False: in none. Unknown: in some, or nobody knows.
    func outcome(of condition: PolicyCondition, _ effort: inout Effort) -> Truth {
        guard condition.fault == nil else { return .unknown }
        switch standings.standing(of: condition.key, for: caller) {
        case .unclear: return .unknown
        case .free(let mayBeAbsent):
            if case .null = condition.comparison, !mayBeAbsent { return condition.holds(for: .value(""), &effort) }
            guard ConditionKeys.key(condition.key)?.shape == .flag else { return .unknown }
            let answers = Self.distinct(["true", "false"], mayBeAbsent).map { condition.holds(for: $0, &effort) }
            return answers.allSatisfy { $0 == answers.first } ? answers.first ?? .unknown : .unknown
        case .absent: return condition.withoutKey
        case .fixed(let value): return condition.holds(for: .value(value), &effort)
        case .outside(let mayBeAbsent):
            let present = outcomeWhenThere(condition, &effort)
            guard mayBeAbsent else { return present }
            return present == condition.withoutKey ? present : .unknown
        }
    }

    func outcomeWhenThere(_ condition: PolicyCondition, _ effort: inout Effort) -> Truth {
        if case .null = condition.comparison { return condition.holds(for: .value(""), &effort) }
        let matched: Truth
        if let blocks = addressBlocks(condition) {
            matched = AddressSpace.isWorldWide(blocks) ? .unknown : .false
        } else {
            guard let outsiders = outsiders(condition.key) else { return .unknown }
            matched = Truth.any(
                condition.values.map { value in
                    effort.spend(value.scalars.count)
                    switch outsiders.reach(value, isGlob: condition.isGlob) {
                    case .never: return .false
                    case .all: return .true
                    case .some, .unclear: return .unknown
                    }
                })
        }
        return condition.isNegated ? !matched : matched
    }

    /// The blocks of a condition on addresses; nil where it is none, or one of its values is no block.
    private func addressBlocks(_ condition: PolicyCondition) -> [AddressBlock]? {
        guard case .address = condition.comparison, condition.values.count <= AddressSpace.maximumBlocks,
            ConditionKeys.key(condition.key)?.shape == .address
        else { return nil }
        let blocks = condition.values.compactMap { $0.hasVariables ? nil : AddressBlock($0.text) }
        return blocks.count == condition.values.count ? blocks : nil
    }

    private func outsiders(_ name: String) -> OutsiderValues? {
        ConditionKeys.key(name).map {
            OutsiderValues(key: $0, caller: caller, trust: standings.trust, freshAccount: freshAccount)
        }
    }

    // MARK: Requests to try

    private static let maximumContents = 24

    /// What to try under a key: what the conditions on it ask for, what they do not, and nothing.
    func contents(of name: String, asked conditions: [PolicyCondition], _ effort: inout Effort) -> [PolicyCondition
        .Content]
    {
        switch standings.standing(of: name, for: caller) {
        case .unclear: return []
        case .absent: return [.absent]
        case .fixed(let value): return [.value(value)]
        case .free(let mayBeAbsent):
            if ConditionKeys.key(name)?.shape == .flag { return Self.distinct(["true", "false"], mayBeAbsent) }
            let values = conditions.flatMap { $0.freeValues } + ["parapet0"]
            // What is compared as a date is a date.
            return Self.distinct(values.filter { value in conditions.allSatisfy { $0.isOfType(value) } }, mayBeAbsent)
        case .outside(let mayBeAbsent):
            guard let outsiders = outsiders(name) else { return [] }
            if caller.isNamed, mayBeAbsent, ConditionKeys.key(name)?.origin == .principal { return [] }
            var values: [String] = []
            for condition in conditions {
                if let blocks = addressBlocks(condition) {
                    if AddressSpace.isWorldWide(blocks) { values += blocks.prefix(4).map(\.firstAddress) }
                    continue
                }
                for value in condition.values.prefix(16) {
                    effort.spend(value.scalars.count)
                    switch outsiders.reach(value, isGlob: condition.isGlob) {
                    case .some(let found), .all(let found): values += found
                    case .never, .unclear: break
                    }
                }
            }
            return Self.distinct(values.prefix(Self.maximumContents - 8) + outsiders.fresh, mayBeAbsent)
        }
    }

    private static func distinct(_ values: some Sequence<String>, _ mayBeAbsent: Bool) -> [PolicyCondition.Content] {
        var seen: Set<[UInt8]> = []
        var contents: [PolicyCondition.Content] = []
        for value in values where seen.insert(Array(value.utf8)).inserted { contents.append(.value(value)) }
        contents = Array(contents.prefix(maximumContents))
        return mayBeAbsent ? contents + [.absent] : contents
    }
}

extension PolicyCondition {
    /// Whether its values take wildcards.
    var isGlob: Bool {
        switch comparison {
        case .like, .arn: true
        default: false
        }
    }

    /// Whether a value is one that the operator can compare.
    func isOfType(_ value: String) -> Bool {
        switch comparison {
        case .number: Self.number(value) != nil
        case .date: Timestamp(value) != nil
        case .bool: Self.flag(value) != nil
        case .address: AddressBlock(value) != nil
        case .text, .textIgnoringCase, .like, .arn, .binary, .null: true
        }
    }

    /// Values that fit the condition or just miss it, for a key that can hold anything.
    var freeValues: [String] {
        values.prefix(16).flatMap { value -> [String] in
            guard !value.hasVariables else { return [] }
            switch comparison {
            case .like: return [value.filled("parapet0"), value.filled("")]
            case .arn: return [value.isEverything ? "arn:aws:parapet0:::parapet0" : value.filled("parapet0")]
            case .text, .textIgnoringCase, .binary: return [value.text]
            case .bool: return ["true", "false"]
            case .number:
                guard let number = Self.number(value.text) else { return [] }
                return [value.text, "\(number - 1)", "\(number + 1)"]
            case .date:
                guard let moment = Timestamp(value.text) else { return [] }
                return [-1, 0, 1].map { Timestamp(microseconds: moment.microseconds + $0 * 1_000_000).description }
            case .address:
                return (AddressBlock(value.text).map { [$0.firstAddress] } ?? []) + ["93.184.215.14", "2600:1406::1"]
            case .null: return []
            }
        }
    }
}

/// How much of the address space strangers share.
enum AddressSpace {
    /// More are not looked at.
    static let maximumBlocks = 512

    /// Whether the blocks together leave in more than any one network has.
    static func isWorldWide(_ blocks: [AddressBlock]) -> Bool { AddressSet(blocks).isWorldwide }
}

extension AddressBlock {
    /// The block's first address but one, which is no network's own; of a block of one, that.
    var firstAddress: String {
        let isOne = first == last
        return AddressBlock(isOne ? first : first + 1, prefix: isIPv4 ? 32 : 128, isIPv4: isIPv4).description
    }
}
