internal import Documents
public import Posture
public import Rules

/// The numbers that a scan recorded of a tenant in `summary.json`.
public struct RecordedNumbers: Sendable {
    /// Verdicts by rule: of every rule that ran.
    public var counts: [String: VerdictCounts] = [:]
    /// Open findings, those about the configuration included.
    public var open: [Severity: Int] = [:]

    /// Nil where the text is none that a scan of this version writes.
    public init?(_ summary: [UInt8]) {
        guard let document = try? JSON.parse(summary), let rules = document["rules"]?.object,
            let open = document["open"]?.object
        else { return nil }
        for (rule, json) in rules {
            guard let read = VerdictCounts(json) else { return nil }
            counts[rule] = read
        }
        for (name, number) in open {
            guard let severity = Severity(rawValue: name), let number = number.integer else { return nil }
            self.open[severity] = Int(number)
        }
    }
}
