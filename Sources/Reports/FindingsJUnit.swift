internal import Documents
public import Posture
internal import Rules

/// JUnit's XML: a rule is a suite, a resource that did not pass is a case. Unknown is an error, waived is skipped.
public enum FindingsJUnit {
    public static func render(_ postures: [Posture]) -> String {
        let suites = postures.flatMap(suites)
        let cases = suites.flatMap(\.cases)
        var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        output += element("testsuites", [("name", "parapet")] + counts(of: cases)) + "\n"
        for suite in suites {
            output +=
                "  " + element("testsuite", [("name", suite.name)] + counts(of: suite.cases, skipped: true)) + "\n"
            for one in suite.cases { output += one.text(in: suite.name) }
            output += "  </testsuite>\n"
        }
        return output + "</testsuites>\n"
    }

    private struct Suite {
        var name: String
        var cases: [Case]
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
        let entries = Dictionary(grouping: posture.entries, by: \.rule)
        let disabled = Dictionary(posture.disabled.map { ($0.rule, $0) }) { first, _ in first }
        let rules = Set(posture.rules.map(\.id)).union(entries.keys).union(disabled.keys)
        return rules.sorted { $0.precedesByBytes($1) }.map { rule in
            var cases = (entries[rule] ?? []).map { Case(name: name($0), $0, posture) }
            if let off = disabled[rule] {
                cases.append(
                    Case(
                        name: "the rule", outcome: .skipped, type: "disabled",
                        message: "disabled in \(off.path) until \(off.expires.date): \(off.reason)"))
            } else if let counts = posture.counts[rule] {
                cases.append(rest(counts, isAlone: cases.isEmpty))
            }
            return Suite(name: "\(posture.tenant).\(rule)", cases: cases)
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

    private static func counts(of cases: [Case], skipped: Bool = false) -> [(String, String)] {
        let number = { (outcome: Case.Outcome) in String(cases.count { $0.outcome == outcome }) }
        return [("tests", String(cases.count)), ("failures", number(.failure)), ("errors", number(.error))]
            + (skipped ? [("skipped", number(.skipped))] : [])
    }

    private static func element(_ name: String, _ attributes: [(String, String)]) -> String {
        "<\(name)" + attributes.map { " \($0)=\"\(Markup.line($1))\"" }.joined() + ">"
    }
}

extension FindingsJUnit.Case {
    fileprivate init(name: String, _ entry: ReportEntry, _ posture: Posture) {
        self.name = name
        message = entry.message
        switch entry.status {
        case .open:
            outcome = .failure
            type = entry.severity.rawValue
        case .waived:
            outcome = .skipped
            type = "waived"
            message = entry.waivedBy ?? ""
        case .unknown:
            outcome = .error
            type = "unknown"
        }
        detail = Self.detail(entry, posture)
    }

    private static func detail(_ entry: ReportEntry, _ posture: Posture) -> String {
        var lines = [
            entry.title, entry.message, "",
            "id: \(entry.id)", "severity: \(entry.severity.rawValue)", "category: \(entry.category ?? "none")",
            "resource: \(entry.name(account: posture.account))", "account: \(posture.account)",
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
