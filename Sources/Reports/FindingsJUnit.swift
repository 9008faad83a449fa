internal import Documents
public import Posture
internal import Rules

/// JUnit's XML: a rule is a suite, a resource that did not pass is a case. Unknown is an error, waived is skipped.
public enum FindingsJUnit {
    static func write(_ postures: [Posture], to output: ReportOutput) {
        let suites = postures.flatMap(suites)
        output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        output.append(element("testsuites", [("name", "parapet")] + counts(of: suites.flatMap(\.outcomes))) + "\n")
        for suite in suites {
            let counts = counts(of: suite.outcomes, skipped: true)
            output.append("  " + element("testsuite", [("name", suite.name)] + counts) + "\n")
            output.append(each: suite.places) { place in
                let entry = suite.entries[place]
                return Case(name: name(entry), entry, suite.account).text(in: suite.name)
            }
            if let rest = suite.rest { output.append(rest.text(in: suite.name)) }
            output.append("  </testsuite>\n")
        }
        output.append("</testsuites>\n")
    }

    private struct Suite {
        var name: String
        var account: String
        var entries: ReportEntries
        /// Which of them are of the rule.
        var places: [Int]
        /// What is said of all other resources, or of the rule as a whole.
        var rest: Case?

        var outcomes: [Case.Outcome] {
            places.map { Case.outcome(of: entries.key($0).status) } + (rest.map { [$0.outcome] } ?? [])
        }
    }

    fileprivate struct Case {
        enum Outcome: String {
            case passed, failure, error, skipped
        }

        var name: String
        var outcome: Outcome
        var type = ""
        var message = ""
        /// What a reader needs, over several lines.
        var detail = ""

        func text(in suite: String) -> String {
            let head = element("testcase", [("name", name), ("classname", suite)])
            let note = detail.isEmpty ? "" : "      <system-out>\(Markup.text(detail))</system-out>\n"
            guard outcome != .passed else { return "    \(head)\n\(note)    </testcase>\n" }
            let tag = element(outcome.rawValue, [("type", type), ("message", message)])
            return "    \(head)\n      \(tag)\(Markup.text(detail))</\(outcome.rawValue)>\n    </testcase>\n"
        }
    }

    /// One suite a rule that ran, was switched off, or is Parapet's own.
    private static func suites(_ posture: Posture) -> [Suite] {
        let entries = posture.entries
        let places = Dictionary(grouping: entries.indices) { entries.key($0).rule }
        let disabled = Dictionary(posture.disabled.map { ($0.rule, $0) }) { first, _ in first }
        let rules = Set(posture.rules.map(\.id)).union(places.keys).union(disabled.keys)
        return rules.sorted { $0.precedesByBytes($1) }.map { rule in
            var suite = Suite(
                name: "\(posture.tenant).\(rule)", account: posture.account, entries: entries,
                places: places[rule] ?? [])
            if let off = disabled[rule] {
                suite.rest = Case(
                    name: "the rule", outcome: .skipped, type: "disabled",
                    message: "disabled in \(off.path) until \(off.expires.date): \(off.reason)")
            } else if let counts = posture.counts[rule] {
                suite.rest = rest(counts, isAlone: suite.places.isEmpty)
            }
            return suite
        }
    }

    private static func name(_ entry: ReportEntry) -> String {
        "\(entry.resource.type) \(entry.resource.id) (\(entry.resource.region))"
    }

    /// The resources that have no case of their own.
    private static func rest(_ counts: VerdictCounts, isAlone: Bool) -> Case {
        let detail = "\(counts.pass) passed, the rule does not apply to \(counts.notApplicable)"
        guard counts.pass > 0 else {
            return Case(
                name: "all other resources", outcome: .skipped, type: "nothing",
                message: isAlone ? "there is nothing that the rule applies to" : "nothing passed", detail: detail)
        }
        return Case(name: "all other resources", outcome: .passed, detail: detail)
    }

    private static func counts(of outcomes: [Case.Outcome], skipped: Bool = false) -> [(String, String)] {
        let number = { (outcome: Case.Outcome) in String(outcomes.count { $0 == outcome }) }
        return [("tests", String(outcomes.count)), ("failures", number(.failure)), ("errors", number(.error))]
            + (skipped ? [("skipped", number(.skipped))] : [])
    }

    private static func element(_ name: String, _ attributes: [(String, String)]) -> String {
        "<\(name)" + attributes.map { " \($0)=\"\(Markup.line($1))\"" }.joined() + ">"
    }
}

extension FindingsJUnit.Case {
    fileprivate init(name: String, _ entry: ReportEntry, _ account: String) {
        self.name = name
        outcome = Self.outcome(of: entry.status)
        type = entry.status == .open ? entry.severity.rawValue : entry.status.rawValue
        message = entry.waivedBy ?? entry.message
        detail = Self.detail(entry, account)
    }

    fileprivate static func outcome(of status: ReportEntry.Status) -> Outcome {
        switch status {
        case .open: .failure
        case .waived: .skipped
        case .unknown: .error
        }
    }

    private static func detail(_ entry: ReportEntry, _ account: String) -> String {
        var lines = [
            entry.title, entry.message, "",
            "id: \(entry.id)", "severity: \(entry.severity.rawValue)", "category: \(entry.category ?? "none")",
            "resource: \(entry.name(account: account))", "account: \(account)",
        ]
        if let owner = entry.owner { lines.append("owner: \(owner)") }
        if let console = entry.console { lines.append("console: \(console)") }
        if let moment = entry.firstSeen { lines.append("first seen: \(moment)") }
        if !entry.controls.isEmpty { lines.append("controls: \(entry.controls.joined(separator: ", "))") }
        lines += entry.causes.map { "cause: \($0)" }
        lines += entry.evidence.map { "evidence: \($0.json.text())" }
        lines += entry.references.map { "see: \($0)" }
        for (name, text) in [
            ("remediation", entry.remediation.text), ("command line", entry.remediation.cli),
            ("Terraform", entry.remediation.terraform),
        ] {
            if let text { lines += ["", "\(name):", text] }
        }
        return lines.joined(separator: "\n")
    }
}
