public import Documents

/// How a condition came to its truth: a tree as the rule has it.
public struct Explanation: Sendable {
    /// What is asked, as it stands in the rule: `State.Name in: ["running"]`.
    public var text: String
    public var truth: Truth
    /// The values that were read.
    public var values: [Evidence]
    /// Why it is unknown.
    public var causes: [UnknownCause]
    /// The parts of a condition, or the elements of a list, which `text` then names.
    public var parts: [Explanation]
    /// Elements that are not shown.
    public var omitted = 0
}

/// Why a rule says of a resource what it says.
public struct RuleExplanation: Sendable {
    public var verdict: Verdict
    public var polarity: Rule.Polarity
    /// `where`; nil where the rule has none.
    public var applicability: Explanation?
    /// The decision; nil where the rule does not apply.
    public var condition: Explanation?
}
