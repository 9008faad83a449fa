import Documents
import GitHub
import Posture
import Publication
import Review
import Rules
import TestSupport
import Testing

@Suite struct ReviewChecksTests {
    private static func waiver(_ text: String) -> Waiver {
        Waiver(
            name: text, rule: text, match: Waiver.Match(id: text), reason: text, approvedBy: text,
            expires: Timestamp(seconds: 1_800_000_000), path: "waivers/w.yaml", tenants: ["prod"])
    }

    /// Something of every kind, in an order that is not the one wanted.
    private static func review(_ text: String = "name", path: String = "rules/a.yaml") -> Review {
        var review = ReviewPublicationTests.review(0)
        var change = review.changes[0].change
        change.opened = [
            ReviewPublicationTests.finding(text, .low), ReviewPublicationTests.finding(text, .critical),
        ]
        change.opened[0].rule = "low-rule"
        change.lapsed = (0..<7).map { _ in ReviewPublicationTests.finding(text, .medium) }
        for index in change.lapsed.indices { change.lapsed[index].rule = "elsewhere" }
        review.tenants = [TenantReview(name: "prod", state: .compared(change))]
        review.diagnostics = [
            Diagnostic(code: text, severity: .warning, message: text, path: path, span: Span(line: 9, column: 1)),
            Diagnostic(code: text, message: text, path: path, span: Span(line: 2, column: 1), help: text),
        ]
        review.tests.failures = [.init(rule: text, path: path, line: 5, fault: text)]
        review.waivers = [ReviewedWaiver(waiver: waiver(text), isNew: true, standing: .waiting(text))]
        review.places = ReviewPlaces(
            rules: ["low-rule": .init(path: path, line: 7), "bucket-versioning": .init(path: path, line: 3)],
            tenants: ["prod": .init(path: "tenants/prod.yaml", line: 1)])
        return review
    }

    private static func checks(_ review: Review, _ verdict: ReviewVerdict, selection: [String] = []) -> ReviewChecks {
        ReviewChecks(
            review, verdict: verdict,
            markdown: ReviewMarkdown(review, verdict: verdict, at: Timestamp(seconds: 1_795_000_000)),
            selection: selection)
    }

    @Test func theWorstComesFirst() {
        let remarks = ReviewRemark.all(of: Self.review())
        #expect(
            remarks.map { "\($0.level) \($0.path):\($0.line ?? 0)" } == [
                "failure rules/a.yaml:2", "failure rules/a.yaml:5", "failure rules/a.yaml:3",
                "warning tenants/prod.yaml:1", "warning rules/a.yaml:7", "warning waivers/w.yaml:0",
                "warning rules/a.yaml:9",
            ])
        // Several findings of one rule are one remark.
        #expect(remarks[3].title == "7 findings of elsewhere in prod (medium)")
        #expect(remarks[3].message.split(separator: "\n").count == 6)
    }

    /// What the head leaves alone gets no remark: there is no line of it in the pull request.
    @Test func withoutAPlaceThereIsNoRemark() {
        var review = Self.review()
        review.places = ReviewPlaces()
        #expect(ReviewRemark.all(of: review).count == 4)
    }

    @Test(arguments: [
        (ReviewVerdict.Conclusion.passed, CheckRun.Conclusion.success, CommitStatus.State.success),
        (.findings, .failure, .failure), (.configuration, .failure, .failure), (.incomplete, .actionRequired, .failure),
    ])
    func conclusions(
        verdict: ReviewVerdict.Conclusion, check: CheckRun.Conclusion, status: CommitStatus.State
    ) {
        let checks = Self.checks(Self.review(), ReviewVerdict(verdict, reasons: ["why"]))
        #expect(checks.checkRun(detailsURL: nil).conclusion == check)
        #expect(checks.status(targetURL: nil).state == status)
        #expect(checks.commandLines.contains { $0.hasPrefix("::error title=Parapet") } == (verdict != .passed))
    }

    @Test func nothingToCompareIsNeutral() {
        let checks = Self.checks(Review(base: "b", head: "a"), ReviewVerdict(.passed))
        #expect(checks.conclusion == .neutral)
        #expect(checks.status(targetURL: nil).state == .success)
        #expect(checks.commandLines == [])
    }

    @Test func namesOfChecks() {
        func name(_ selection: [String]) -> String {
            Self.checks(Self.review(), ReviewVerdict(.passed), selection: selection).checkRun(detailsURL: nil).name
        }
        #expect(name([]) == "parapet")
        #expect(name(["prod"]) == "parapet/prod")
        #expect(name(["b", "a", "b"]) == "parapet/a+b")
        let many = name((0..<90).map { "tenant-\($0)" })
        #expect(many.count == 24 && many != name((0..<91).map { "tenant-\($0)" }))
    }

    @Test func annotationsAreLimited() {
        var review = Self.review()
        review.diagnostics = (1...250).map {
            Diagnostic(code: "c", message: "m", path: "a.yaml", span: Span(line: $0, column: 1))
        }
        let run = Self.checks(review, ReviewVerdict(.configuration)).checkRun(detailsURL: nil)
        #expect(run.annotations.count == 100)
        #expect(run.text == "155 more remarks on lines are not shown.")
    }

    @Test(
        arguments: Hostile.names + ["##[error]x", "a ###[add-mask]b", "::error::x", "x\n::error::y", "a,b:c=d%0A::e"])
    func commandsStayOneLine(name: String) {
        let lines = Self.checks(Self.review(name, path: name), ReviewVerdict(.findings, reasons: [name])).commandLines
        #expect(lines.count == 8)
        for line in lines {
            #expect(line.hasPrefix("::error ") || line.hasPrefix("::warning "))
            #expect(!line.contains("##["))
            #expect(line.unicodeScalars.allSatisfy { !["\n", "\r", "\u{2028}", "\u{85}", "\u{0}"].contains($0) })
            // Nothing in a property ends it.
            let head = line.dropFirst(2).prefix { $0 != ":" }
            #expect(line.dropFirst(2 + head.count).hasPrefix("::"))
        }
    }
}
