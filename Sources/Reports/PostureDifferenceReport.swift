public import Documents
public import Posture
internal import Rules

/// What `parapet diff` prints of one tenant.
public struct PostureDifferenceReport: Sendable {
    private let difference: PostureDifference

    public init(_ difference: PostureDifference) { self.difference = difference }

    // MARK: JSON

    /// Writes the differences of several tenants as one list.
    public static func write(_ reports: [PostureDifferenceReport], to output: ReportOutput) {
        output.append(.array(reports.map(\.document)), .escaped, rows: .indented)
        output.flush()
    }

    private var document: ReportJSON {
        let changed = difference.changed
        return [
            "tenant": .value(.string(difference.after.tenant)), "from": .value(Self.json(difference.before)),
            "to": .value(Self.json(difference.after)), "opened": Self.list(difference.opened),
            "resolved": Self.list(difference.resolved), "undecided": Self.list(difference.undecided),
            "withdrawn": Self.list(difference.withdrawn), "waived": Self.list(difference.waived),
            "lapsed": Self.list(difference.lapsed),
            "changed": .list(count: changed.count) { number in
                let change = changed[number]
                return [
                    "evidence_changed": .bool(change.hasOtherEvidence), "finding": Self.json(change.after),
                    "message_before": .string(change.before.message),
                    "severity_before": .string(change.before.severity.rawValue), "worse": .bool(change.isWorse),
                ]
            },
        ]
    }

    private static func list(_ lines: [RecordedPosture.Line]) -> ReportJSON {
        .list(count: lines.count) { json(lines[$0]) }
    }

    private static func json(_ posture: RecordedPosture) -> JSON {
        [
            "commit": .string(posture.commit), "time": .string(posture.moment.description),
            "score": .integer(Int64(posture.score)), "unknown": .integer(Int64(posture.unknown)),
        ]
    }

    private static func json(_ line: RecordedPosture.Line) -> JSON {
        [
            "arn": .string(line.resource.arn), "first_seen": .string(line.firstSeen.description),
            "id": .string(line.id), "message": .string(line.message), "region": .string(line.resource.region),
            "resource": .string(line.resource.id), "rule": .string(line.rule),
            "severity": .string(line.severity.rawValue), "type": .string(line.resource.type),
        ]
    }

    // MARK: Text

    /// One line a finding, and the numbers first.
    public func text(_ style: TextStyle) -> String {
        let before = difference.before
        let after = difference.after
        let scores = before.score == after.score ? "\(after.score)" : "\(before.score) → \(after.score)"
        var lines = [
            style.paint(after.tenant, .strong) + ": score \(scores), \(before.moment.date) to \(after.moment.date)"
        ]
        lines += difference.opened.map { style.paint("+", .error) + " " + Self.text($0) }
        lines += difference.lapsed.map { style.paint("+", .error) + " " + Self.text($0) + " (no longer waived)" }
        lines += difference.changed.map { change in
            let sign = change.isWorse ? style.paint("▲", .error) : style.paint("~", .warning)
            return "\(sign) \(Self.text(change.after)) (\(Self.why(change)))"
        }
        lines += difference.undecided.map {
            style.paint("?", .warning) + " " + Self.text($0) + " (cannot be judged any more)"
        }
        lines += difference.withdrawn.map {
            style.paint("x", .faint) + " " + Self.text($0) + " (the rule does not run any more)"
        }
        lines += difference.waived.map { style.paint("w", .faint) + " " + Self.text($0) + " (waived)" }
        lines += difference.resolved.map { style.paint("-", .good) + " " + Self.text($0) }
        if lines.count == 1 { lines.append("no finding differs") }
        if before.unknown != after.unknown { lines.append("unknown verdicts: \(before.unknown) → \(after.unknown)") }
        return lines.joined(separator: "\n")
    }

    private static func why(_ change: PostureDifference.Change) -> String {
        var reasons: [String] = []
        if change.hasOtherSeverity { reasons.append("was \(change.before.severity.rawValue)") }
        if change.hasOtherEvidence {
            reasons.append(change.isWorse && !change.hasOtherSeverity ? "worse evidence" : "other evidence")
        }
        return reasons.joined(separator: ", ")
    }

    private static func text(_ line: RecordedPosture.Line) -> String {
        let padded = line.severity.rawValue.padded(to: 8)
        return "\(padded) \(line.rule) \(line.resource.id.inert) (\(line.resource.region.inert)): \(line.message.inert)"
    }
}
