public import Documents
public import Rules

/// What `parapet evaluate` prints.
public struct EvaluationReport: Sendable {
    private let results: BulkResults
    /// In the results' order.
    private let rules: [Rule]

    public init(results: BulkResults, rules: [Rule]) {
        self.results = results
        self.rules = rules
    }

    /// Whether a rule this severe, or worse, fails somewhere.
    public func fails(from severity: Severity) -> Bool {
        zip(rules, results.counts).contains { $0.severity >= severity && $1.fail > 0 }
    }

    /// The numbers alone.
    public var counts: JSON {
        ["rules": .array(zip(rules, results.counts).map { .object(Self.counts($0.id, $1)) })]
    }

    public var json: JSON {
        [
            "resources": .integer(Int64(results.resources)),
            "rules": .array(
                zip(rules, results.counts).map { rule, counts in
                    var object = Self.counts(rule.id, counts)
                    object["title"] = .string(rule.title)
                    object["severity"] = .string(rule.severity.rawValue)
                    return .object(object)
                }),
        ]
    }

    private static func counts(_ id: String, _ counts: BulkResults.Counts) -> JSONObject {
        [
            "rule": .string(id), "pass": .integer(Int64(counts.pass)), "fail": .integer(Int64(counts.fail)),
            "not_applicable": .integer(Int64(counts.notApplicable)), "unknown": .integer(Int64(counts.unknown)),
        ]
    }

    /// A table, the rules with failures first, worst first.
    public func text(_ style: TextStyle) -> String {
        var lines = ["      fail   unknown      pass     n/a  severity  rule"]
        let rows = zip(rules, results.counts).sorted { left, right in
            let (a, b) = (left.1.fail > 0, right.1.fail > 0)
            if a != b { return a }
            if left.0.severity != right.0.severity { return left.0.severity > right.0.severity }
            return left.0.id.precedesByBytes(right.0.id)
        }
        for (rule, counts) in rows {
            let fail = Self.column(counts.fail, 10)
            let unknown = Self.column(counts.unknown, 10)
            let severity = rule.severity.rawValue
            lines.append(
                (counts.fail > 0 ? style.paint(fail, .error) : fail)
                    + (counts.unknown > 0 ? style.paint(unknown, .warning) : unknown)
                    + Self.column(counts.pass, 10) + Self.column(counts.notApplicable, 8) + "  "
                    + severity.padded(to: 10) + rule.id)
        }
        let failures = results.counts.reduce(0) { $0 + $1.fail }
        let unknowns = results.counts.reduce(0) { $0 + $1.unknown }
        lines.append("")
        lines.append(
            "\(results.resources) resources, \(rules.count) rules: \(failures) failures, \(unknowns) unknown")
        return lines.joined(separator: "\n")
    }

    private static func column(_ number: Int, _ width: Int) -> String { String(number).padded(before: width) }
}
