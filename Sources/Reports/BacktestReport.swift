public import Documents
public import Posture
internal import Rules

/// What `parapet backtest` prints of one tenant.
public struct BacktestReport: Sendable {
    private let backtest: Backtest
    private let rule: String
    private let tenant: String

    public init(_ backtest: Backtest, rule: String, tenant: String) {
        self.backtest = backtest
        self.rule = rule
        self.tenant = tenant
    }

    // MARK: JSON

    public var json: JSON {
        [
            "tenant": .string(tenant), "rule": .string(rule),
            "scans": .array(
                backtest.scans.map { scan in
                    [
                        "time": .string(scan.moment.description), "commit": .string(scan.commit),
                        "verdicts": [
                            "pass": .integer(Int64(scan.counts.pass)), "fail": .integer(Int64(scan.counts.fail)),
                            "not_applicable": .integer(Int64(scan.counts.notApplicable)),
                            "unknown": .integer(Int64(scan.counts.unknown)),
                        ],
                        "opened": .integer(Int64(scan.opened)), "resolved": .integer(Int64(scan.resolved)),
                        "causes": .array(scan.causes.map(JSON.string)),
                    ]
                }),
            "failures": .array(
                backtest.failures.map { failure in
                    [
                        "type": .string(failure.resource.type), "id": .string(failure.resource.id),
                        "arn": .string(failure.resource.arn), "region": .string(failure.resource.region),
                        "from": .string(failure.from.description), "may_be_older": .bool(failure.mayBeOlder),
                        "until": failure.until.map { .string($0.description) } ?? .null,
                        "message": .string(failure.message),
                    ]
                }),
        ]
    }

    // MARK: Text

    /// - Parameter most: how many scans are shown; those that changed something, the newest.
    public func text(_ style: TextStyle, most: Int = 20) -> String {
        let name = style.paint("\(rule) on \(tenant.inert)", .strong)
        guard let first = backtest.scans.first, let last = backtest.scans.last else { return "\(name): no snapshots" }
        let snapshots = backtest.scans.count == 1 ? "1 snapshot" : "\(backtest.scans.count) snapshots"
        var lines = [
            "\(name): \(snapshots), \(first.moment.date) to \(last.moment.date); \(Self.failures(backtest.failures.count)), "
                + "\(backtest.open.count) open now"
        ]
        let changed = backtest.scans.enumerated().filter { index, scan in
            index == 0 || scan.counts != backtest.scans[index - 1].counts || scan.opened + scan.resolved > 0
        }.map(\.element)
        lines += ["", "scan              commit      fail  pass  unknown  n/a  opened  resolved"]
        for scan in changed.suffix(most) {
            let cells: [(Int, Int)] = [
                (scan.counts.fail, 6), (scan.counts.pass, 6), (scan.counts.unknown, 9), (scan.counts.notApplicable, 5),
                (scan.opened, 8), (scan.resolved, 10),
            ]
            lines.append(
                "\(scan.moment.description.prefix(16))  \(scan.commit.prefix(10))"
                    + cells.map { String($0.0).padded(before: $0.1) }.joined())
        }
        if changed.count > most { lines.append("... and \(changed.count - most) before") }
        if !last.causes.isEmpty {
            lines += ["", "unknown in the newest, because of:"]
            lines += last.causes.map { "  \($0.inert)" }
        }
        if !backtest.failures.isEmpty { lines.append("") }
        for failure in backtest.failures {
            let until = failure.until.map { "until \($0.date)" } ?? "open".padded(to: 16)
            lines.append(
                "\(failure.mayBeOlder ? "^" : " ")\(failure.from.date)  \(until)  "
                    + "\(failure.resource.id.inert) (\(failure.resource.region.inert)): \(failure.message.inert)")
        }
        if backtest.failures.contains(where: \.mayBeOlder) {
            lines += ["", "^ may have failed before: no scan is older, or the one before could not tell"]
        }
        return lines.joined(separator: "\n")
    }

    private static func failures(_ count: Int) -> String { count == 1 ? "1 failure" : "\(count) failures" }
}
