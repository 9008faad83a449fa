internal import Documents
public import GitHub
internal import Posture
internal import Reports
public import Review
internal import Rules

/// What a review says of a line of the configuration.
public struct ReviewRemark: Sendable, Equatable {
    public var level: CheckAnnotation.Level
    public var path: String
    /// From 1; nil: the file.
    public var line: Int?
    public var title: String
    public var message: String

    /// The worst first: errors, failed tests, findings by severity, waivers that wait, warnings.
    public static func all(of review: Review) -> [ReviewRemark] {
        let (errors, warnings) = (
            review.diagnostics.filter { $0.severity == .error }, review.diagnostics.filter { $0.severity == .warning }
        )
        return errors.map(Self.init) + review.tests.failures.map(Self.init) + findings(review)
            + review.waitingWaivers.map { Self(waiver: $0.waiver, reason: $0.reason) } + warnings.map(Self.init)
    }

    private init(_ diagnostic: Diagnostic) {
        level = diagnostic.severity == .error ? .failure : .warning
        path = diagnostic.path
        line = diagnostic.span?.line
        title = diagnostic.code
        message = diagnostic.message.inertLines + (diagnostic.help.map { "\n" + $0.inertLines } ?? "")
    }

    private init(_ failure: Review.TestSummary.Failure) {
        level = .failure
        path = failure.path
        line = failure.line
        title = "failed test of \(failure.rule)"
        message = failure.fault.inertLines
    }

    private init(waiver: Waiver, reason: String) {
        level = .warning
        path = waiver.path
        line = nil
        title = "waiver \(waiver.name) waives nothing yet"
        message = reason.inertLines
    }

    // MARK: Findings

    /// How many resources one remark names.
    private static let mostNamed = 5

    /// One remark for each rule and tenant of which findings get worse, where the head changes the rule, else the tenant.
    private static func findings(_ review: Review) -> [ReviewRemark] {
        var found: [(severity: Severity, remark: ReviewRemark)] = []
        for (tenant, change) in review.changes {
            let groups = Dictionary(grouping: change.regressions) { Array($0.rule.utf8) }
            for findings in groups.values {
                guard let first = findings.max(by: { $0.severity < $1.severity }),
                    let place = review.places.rules[first.rule] ?? review.places.tenants[tenant]
                else { continue }
                let named = findings.prefix(mostNamed).map {
                    "\($0.resource.id.inertLine.cut(to: 200)): "
                        + ($0.message.isEmpty ? $0.title : $0.message).inertLine.cut(to: 300)
                }
                let rest = findings.count - named.count
                let count = "\(findings.count) finding\(findings.count == 1 ? "" : "s")"
                found.append(
                    (
                        first.severity,
                        ReviewRemark(
                            level: first.severity >= .high ? .failure : .warning, path: place.path, line: place.line,
                            title: "\(count) of \(first.rule) in \(tenant) (\(first.severity.rawValue))",
                            message: (named + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n"))
                    ))
            }
        }
        return found.sorted { left, right in
            left.severity == right.severity
                ? left.remark.title.precedesByBytes(right.remark.title) : left.severity > right.severity
        }.map(\.remark)
    }

    private init(level: CheckAnnotation.Level, path: String, line: Int?, title: String, message: String) {
        self.level = level
        self.path = path
        self.line = line
        self.title = title
        self.message = message
    }

    // MARK: On GitHub

    /// Nil where the path is none inside the repository.
    var annotation: CheckAnnotation? {
        CheckAnnotation(path: path, startLine: line ?? 1, level: level, title: title, message: message)
    }

    var command: WorkflowCommand {
        let command: WorkflowCommand.Level =
            switch level {
            case .failure: .error
            case .warning: .warning
            case .notice: .notice
            }
        return WorkflowCommand(command, message, title: title, file: path, line: line)
    }
}
