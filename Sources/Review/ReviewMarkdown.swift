public import Documents
internal import Reports

/// A review for people, as GitHub-flavoured Markdown: a comment, a job's summary, `--format markdown`.
///
/// The verdict comes first, then what is wrong with the configuration, a line a tenant, and what becomes of its findings.
public struct ReviewMarkdown: Sendable {
    let review: Review
    let verdict: ReviewVerdict
    let links: ReviewLinks?
    /// When the review is made: snapshots have their age then, in whole days, so that the same review later on the same day
    /// has the same text.
    let moment: Timestamp
    /// The tenants that were asked for; empty: all.
    let selection: [String]

    public init(
        _ review: Review, verdict: ReviewVerdict, links: ReviewLinks? = nil, at moment: Timestamp,
        selection: [String] = []
    ) {
        self.review = review
        self.verdict = verdict
        self.links = links
        self.moment = moment
        self.selection = selection
    }

    /// How much is told, most first.
    public enum Detail: Int, Sendable, CaseIterable, Comparable {
        /// All there is.
        case everything
        /// Findings without evidence and remediation.
        case findings
        /// The ten worst of each list.
        case worst
        /// A line a tenant.
        case tenants
        /// The verdict and one line.
        case totals

        public static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }

        /// The most entries of a list.
        var most: Int {
            switch self {
            case .everything, .findings: .max
            case .worst, .tenants: 10
            case .totals: 0
            }
        }
    }

    /// Ever shorter texts.
    public var bodies: [String] { Detail.allCases.map(text) }

    /// The longest text that has at most so many bytes of UTF-8; the shortest where none does.
    public func longest(within bytes: Int) -> String {
        var shortest = ""
        for detail in Detail.allCases {
            shortest = text(detail)
            if shortest.utf8.count <= bytes { return shortest }
        }
        return shortest
    }

    public func text(_ detail: Detail) -> String {
        var parts = [heading, reasons(detail)]
        if detail == .totals {
            parts += [totals, rest(detail)]
        } else {
            parts += [diagnostics(detail), failedTests(detail), gateChanges(detail)]
            parts += [tenantTable(detail)]
            parts.append(rest(detail))
            if detail < .tenants { parts += review.changes.map { section($0.tenant, $0.change, detail) } }
            parts.append(waivers(detail))
        }
        parts.append(footer)
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// One line: what the title of a check says.
    public var title: String {
        switch verdict.conclusion {
        case .configuration: return "the configuration is wrong"
        case .incomplete: return "not everything is known"
        case .findings: return "this change does not pass the gate"
        case .passed: break
        }
        let changes = review.changes.map(\.change)
        if changes.contains(where: { !$0.regressions.isEmpty || !$0.unknown.isEmpty }) {
            return "what gets worse stays below the gate"
        }
        return changes.isEmpty ? "nothing to compare" : "nothing gets worse"
    }

    private var heading: String {
        let sign =
            switch verdict.conclusion {
            case .passed: "✅"
            case .findings, .configuration: "❌"
            case .incomplete: "⚠️"
            }
        return "### \(sign) Parapet: \(title)"
    }

    private func reasons(_ detail: Detail) -> String {
        let most = detail == .totals ? 3 : 10
        var lines = verdict.reasons.prefix(most).map { Markdown.prose($0.cut(to: 1_000)) }
        if verdict.reasons.count > most { lines.append("and \(verdict.reasons.count - most) more") }
        return lines.count == 1 ? lines[0] : lines.map { "- \($0)" }.joined(separator: "\n")
    }

    /// Where the rest is, if this is not all.
    private func rest(_ detail: Detail) -> String {
        guard detail != .everything else { return "" }
        let what =
            switch detail {
            case .everything, .findings: "Evidence and remediation are"
            case .worst, .tenants, .totals: "The rest is"
            }
        if let job = links?.job, job.isPlainLink || job.hasPrefix("http://") {
            return "\(what) in [the summary of the job](<\(job)>)."
        }
        return "\(what) in what the command below prints."
    }

    private var footer: String {
        var lines = ["Reproduce with \(Markdown.code(command))"]
        let snapshots = Set(review.changes.map(\.change.snapshot)).sorted { $0.precedesByBytes($1) }
        if snapshots.count == 1, let snapshot = snapshots.first {
            lines.append("snapshots at \(commit(snapshot))")
        }
        return lines.joined(separator: " · ")
    }

    /// What makes the same review on one's own machine.
    private var command: String {
        let tenants = selection.map { " --tenant \($0)" }.joined()
        return "parapet review --base \(review.base) --head \(review.head)" + tenants
    }

    /// A commit by its first twelve digits.
    func commit(_ id: String) -> String {
        Markdown.code(String(id.prefix(12)), to: links?.commit(id))
    }

    /// A place in a file of the head.
    func place(_ path: String, _ line: Int?) -> String {
        Markdown.code(path + (line.map { ":\($0)" } ?? ""), to: links?.file(path, line: line, at: review.head))
    }

    /// What is folded under a line. The line is Parapet's own text: no Markdown is read there.
    static func folded(_ line: String, _ text: String, isOpen: Bool = false) -> String {
        "<details\(isOpen ? " open" : "")><summary>\(line)</summary>\n\n\(text)\n\n</details>"
    }

    /// How many entries of a list are left out.
    static func more(_ count: Int, than most: Int) -> String { count > most ? "\n\n… and \(count - most) more" : "" }

    /// A table without the end of its last line.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        String(Markdown.table(header, rows).dropLast())
    }
}
