internal import Documents
public import Rules

/// Every decision, one line each, sorted.
public enum VerdictsNDJSON {
    public static func render(_ verdicts: [Verdict]) -> [UInt8] {
        verdicts.sorted(by: precedes).flatMap { VerdictJSON.render($0).bytes() + [UInt8(ascii: "\n")] }
    }

    private static func precedes(_ left: Verdict, _ right: Verdict) -> Bool {
        if left.rule != right.rule { return left.rule < right.rule }
        if left.type != right.type { return left.type < right.type }
        if left.region != right.region { return left.region < right.region }
        return left.id.precedesByBytes(right.id)
    }
}
