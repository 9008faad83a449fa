internal import Documents
internal import Posture
internal import Reports

/// What a review says of the files themselves.
extension ReviewMarkdown {
    func diagnostics(_ detail: Detail) -> String {
        let errors = review.diagnostics.filter { $0.severity == .error }
        let warnings = review.diagnostics.filter { $0.severity == .warning }
        return [("error", errors), ("warning", warnings)].filter { !$0.1.isEmpty }.map { kind, found in
            let most = min(detail.most, 50)
            let lines = found.prefix(most).map { diagnostic in
                let help = diagnostic.help.map { "<br>" + Markdown.prose($0.cut(to: 500)) } ?? ""
                return "- \(place(diagnostic.path, diagnostic.span?.line)) "
                    + Markdown.prose(diagnostic.message.cut(to: 500)) + help
            }
            return "**\(found.count) \(kind)\(found.count == 1 ? "" : "s") in the configuration**\n\n"
                + lines.joined(separator: "\n") + Self.more(found.count, than: most)
        }.joined(separator: "\n\n")
    }

    func failedTests(_ detail: Detail) -> String {
        let failures = review.tests.failures
        guard !failures.isEmpty else {
            let passed = review.tests.passed
            return passed == 0 ? "" : "\(passed) test\(passed == 1 ? "" : "s") of changed rules passed."
        }
        let most = min(detail.most, 50)
        let rows = failures.prefix(most).map { failure in
            [Markdown.code(failure.rule), place(failure.path, failure.line), Markdown.text(failure.fault.cut(to: 500))]
        }
        return "**\(failures.count) of \(failures.count + review.tests.passed) tests of changed rules failed**\n\n"
            + Self.table(["Rule", "Test", "Fault"], rows) + Self.more(failures.count, than: most)
    }

    func gateChanges(_ detail: Detail) -> String {
        let changes = review.gateChanges
        guard !changes.isEmpty else { return "" }
        let most = min(detail.most, 20)
        let lines = changes.prefix(most).map { change in
            let what =
                if let head = change.head {
                    "the pull request sets \(Markdown.code(change.key)) to \(Markdown.code(head.cut(to: 200)))"
                } else {
                    "the pull request removes \(Markdown.code(change.key))"
                }
            let used =
                if let base = change.base {
                    "the base's \(Markdown.code(base.cut(to: 200))) was used"
                } else {
                    "the base has none, and the default was used"
                }
            return "- \(what): \(used)"
        }
        return "**Without effect until it is merged**\n\n" + lines.joined(separator: "\n")
            + Self.more(changes.count, than: most)
    }

    func waivers(_ detail: Detail) -> String {
        let waivers = review.waivers
        guard !waivers.isEmpty else { return "" }
        let waiting = waivers.filter { $0.standing != .approved }
        let shown = waiting + waivers.filter { $0.standing == .approved }
        let most = min(detail.most, 100)
        let rows = shown.prefix(most).map { reviewed in
            let waiver = reviewed.waiver
            let standing =
                switch reviewed.standing {
                case .approved: "approved"
                case .waiting(let reason): "**waives nothing yet**: " + Markdown.prose(reason.cut(to: 500))
                }
            return [
                Markdown.code(waiver.name, to: links?.file(waiver.path, line: nil, at: review.head))
                    + (reviewed.isNew ? "" : " (changed)"),
                Markdown.code(waiver.rule), Markdown.code(waiver.match.json.text().cut(to: 300)),
                Markdown.text(waiver.reason.cut(to: 300)) + (waiver.ticket.map { "<br>" + Markdown.text($0) } ?? ""),
                Markdown.code(waiver.approvedBy), waiver.expires.date, standing,
            ]
        }
        let line = waiting.isEmpty ? "" : ", \(waiting.count) of them waiting for an approval"
        return "**\(waivers.count) waiver\(waivers.count == 1 ? "" : "s") added or changed\(line)**\n\n"
            + Self.table(["Waiver", "Rule", "For", "Reason", "Approver", "Until", "Standing"], rows)
            + Self.more(waivers.count, than: most)
    }
}
