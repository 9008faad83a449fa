import Documents
import Posture
import Rules
import TestSupport
import Testing

@testable import Review

@Suite struct ReviewMarkdownTests {
    private func markdown(_ review: Review, _ verdict: ReviewVerdict, links: ReviewLinks? = Sample.links)
        -> ReviewMarkdown
    {
        ReviewMarkdown(review, verdict: verdict, links: links, at: Sample.now)
    }

    @Test(arguments: ReviewMarkdown.Detail.allCases) func sample(detail: ReviewMarkdown.Detail) throws {
        try Golden.expect(
            markdown(Sample.review(), Sample.failing).text(detail), equals: "review-\(detail).md")
    }

    @Test func nothingChanges() throws {
        let review = Review(
            base: Sample.base, head: Sample.head, tenants: [TenantReview(name: "prod", state: .compared(Sample.calm))])
        try Golden.expect(
            markdown(review, ReviewVerdict(.passed), links: nil).text(.everything), equals: "review-calm.md")
    }

    @Test func aWrongConfiguration() throws {
        let review = Review(
            base: Sample.base, head: Sample.head,
            diagnostics: [
                Diagnostic(
                    code: "rule/unknown-key", message: "there is no key `fail_wen`", path: "rules/a.yaml",
                    span: Span(line: 7, column: 1), help: "did you mean `fail_when`?"),
                Diagnostic(code: "settings/missing", message: "there is no settings file", path: "parapet.yaml"),
            ])
        let verdict = ReviewVerdict(.configuration, reasons: ["the head's configuration has 2 errors"])
        try Golden.expect(markdown(review, verdict).text(.everything), equals: "review-errors.md")
    }

    @Test func anOldSnapshot() throws {
        let review = Review(
            base: Sample.base, head: Sample.head,
            tenants: [TenantReview(name: "prod", state: .compared(Sample.change(isStale: true)))])
        let text = markdown(review, ReviewVerdict(.incomplete)).text(.tenants)
        #expect(text.contains("2026-11-18 11:06 UTC, **stale**: 1 day old"))
        #expect(text.hasPrefix("### ⚠️ Parapet: not everything is known\n"))
    }

    /// The same review later on the same day says the same, so that nothing is written anew.
    @Test func theTextIsTheSameAllDay() {
        let later = ReviewMarkdown(
            Sample.review(), verdict: Sample.failing, links: Sample.links,
            at: Timestamp(seconds: Sample.now.seconds + 3_600))
        #expect(later.bodies == markdown(Sample.review(), Sample.failing).bodies)
    }

    // MARK: Length

    private func large(_ count: Int, tenants: Int = 1, id: (Int) -> String = { "bucket-\($0)" }) -> Review {
        var change = Sample.change()
        change.opened = (0..<count).map { Sample.finding("bucket-versioning", .critical, id($0)) }
        var review = Sample.review()
        review.tenants = (0..<tenants).map { TenantReview(name: "tenant-\($0)", state: .compared(change)) }
        return review
    }

    @Test(arguments: [1, 30, 120, 600, 5_000]) func textsGetShorter(count: Int) {
        let bodies = markdown(large(count), Sample.failing).bodies
        #expect(bodies.map(\.utf8.count) == bodies.map(\.utf8.count).sorted(by: >))
        #expect(bodies.last.map { $0.utf8.count < 2_000 } == true)
        // Of each list ten: GitHub takes it however many there are.
        #expect(bodies[2].utf16.count < 65_000)
        #expect(!bodies[2].contains("bucket-10<"))
        if count > 10 { #expect(bodies[2].contains("… and \(count - 10) more")) }
    }

    @Test func manyTenantsAreCounted() {
        var review = large(3, tenants: 400)
        let text = markdown(review, Sample.failing).text(.totals)
        #expect(text.contains("400 tenants, 400 compared: 1200 critical, 800 high gets worse, 400 resolved"))
        review.tenants = (0..<400).map { TenantReview(name: "tenant-\($0)", state: .compared(Sample.calm)) }
        #expect(markdown(review, Sample.failing).text(.everything).contains("400 tenants do not change."))
    }

    @Test func theLongestTextThatFits() {
        let markdown = markdown(large(200), Sample.failing)
        let bodies = markdown.bodies
        #expect(markdown.longest(within: .max) == bodies[0])
        #expect(markdown.longest(within: bodies[1].utf8.count) == bodies[1])
        #expect(markdown.longest(within: bodies[1].utf8.count - 1) == bodies[2])
        #expect(markdown.longest(within: 0) == bodies[4])
    }

    // MARK: Hostile names

    /// Of a review in which everything that somebody else could choose is this text.
    private static func hostile(_ text: String) -> (Review, ReviewVerdict) {
        func finding(_ severity: Severity) -> Finding {
            var finding = Sample.finding(text, severity, text, message: text, owner: text, value: .string(text))
            finding.resource.region = text
            finding.remediation = Finding.Remediation(text: text, cli: text, terraform: text)
            finding.waiver = Finding.AppliedWaiver(
                name: text, reason: text, approvedBy: text, expires: Sample.collected)
            return finding
        }
        var change = Sample.change()
        change.snapshot = text
        (change.opened, change.resolved, change.withdrawn) = ([finding(.high)], [finding(.low)], [finding(.low)])
        (change.waived, change.lapsed) = ([finding(.high)], [finding(.info)])
        change.changed = [
            .init(before: finding(.low), after: finding(.high)), .init(before: finding(.high), after: finding(.low)),
        ]
        change.unknown = [
            UnknownCheck(
                id: text, rule: text, resource: ResourceReference(type: text, id: text, arn: text, region: text),
                causes: [text, text])
        ]
        change.frameworks = [
            .init(
                id: text, title: text, percentageBefore: nil, percentageAfter: 3,
                controls: [.init(id: text, title: text, before: nil, after: .failed)])
        ]
        var waiver = Sample.waiver(text, rule: text)
        (waiver.reason, waiver.ticket, waiver.approvedBy, waiver.path) = (text, text, text, text)
        waiver.match = Waiver.Match(id: text, tags: [text: text])
        var review = Review(
            base: Sample.base, head: Sample.head,
            diagnostics: [
                Diagnostic(
                    code: text, message: "no `\(text)` here", path: text, span: Span(line: 1, column: 1), help: text),
                Diagnostic(code: text, severity: .warning, message: text, path: "a/\(text)/b", help: text),
            ], gateChanges: [.init(key: text, base: text, head: text), .init(key: text, base: nil, head: nil)],
            waivers: [
                ReviewedWaiver(waiver: waiver, isNew: true, standing: .approved),
                ReviewedWaiver(waiver: waiver, isNew: false, standing: .waiting("because of `\(text)`: \(text)")),
            ],
            tests: .init(passed: 1, failures: [.init(rule: text, path: text, line: 1, fault: text)]),
            tenants: [
                TenantReview(name: text, state: .compared(change)),
                TenantReview(name: text, state: .unreadable(text)), TenantReview(name: text, state: .removed),
            ])
        review.places.rules = [text: .init(path: text, line: 3)]
        return (review, ReviewVerdict(.findings, reasons: [text, "`\(text)` is worse", "a ` alone \(text)"]))
    }

    private static let tags =
        ["ul", "li", "details", "summary", "h3", "h4"].flatMap { ["<\($0)>", "</\($0)>"] } + ["<details open>"]

    @Test(arguments: Hostile.names) func namesAreNoMarkup(name: String) throws {
        let (review, verdict) = Self.hostile(name)
        let markdown = ReviewMarkdown(
            review, verdict: verdict, links: Sample.links, at: Sample.now, selection: [name])
        for detail in ReviewMarkdown.Detail.allCases {
            guard let page = try RenderedMarkdown(markdown.text(detail)) else { return }
            // Files and commits of the repository.
            let own = /<a href="https:\/\/github\.com\/acme\/posture\/[^"\s<>]*">/
            let links = page.tags.filter { $0.wholeMatch(of: own) != nil } + ["</a>"]
            page.expectInert(
                areConsoleLinksAllowed: true, otherTags: Self.tags + links, "\(detail) of `\(name.prefix(40))`")
            #expect(page.tags.count { $0 == "<details>" } == page.tags.count { $0 == "</details>" })
            if detail == .everything { #expect(page.cellsByTable.count == 15, "\(name.prefix(40))") }
        }
    }
}
