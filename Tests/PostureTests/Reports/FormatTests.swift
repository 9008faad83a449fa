import Documents
import Posture
import Rules
import Testing

@testable import Reports

/// What each format says of open, waived and unknown, and how it keeps text as text.
@Suite struct FormatTests {
    private static let posture = Result { try ReportSample.posture() }
    private static let tags = posture.map { Set(written("html", $0).tags) }

    private func json(_ name: String) throws -> JSON {
        let format = try #require(ReportFormat.named(name))
        return try JSON.parse(Array(format.render(Self.posture.get(), version: "1").utf8))
    }

    // MARK: NDJSON

    @Test func linesLoseNothing() throws {
        let posture = try Self.posture.get()
        let lines = written("ndjson", posture).split(separator: "\n")
        let entries = posture.entries
        #expect(lines.count == entries.count)
        #expect(entries.count == posture.findings.count + posture.waived.count + posture.unknownChecks.count)
        for (line, entry) in zip(lines, entries) {
            let object = try JSON.parse(Array(line.utf8))
            #expect(object["resource"]?["id"]?.string?.hasSameBytes(as: entry.resource.id) == true)
            #expect(object["status"]?.string == entry.status.rawValue)
            #expect((object["causes"] == nil) == (entry.status != .unknown))
            #expect((object["waiver"] == nil) == (entry.status != .waived))
        }
    }

    @Test(arguments: ReportSample.names) func escapesKeepTheDocument(text: String) throws {
        let document: JSON = ["a\(text)": [.string(text)]]
        for layout in [JSONLayout.compact, .indented] {
            let written = document.text(layout, .escaped)
            #expect(try JSON.parse(Array(written.utf8)).text() == document.text())
            #expect(written.unicodeScalars.allSatisfy { $0.isInert || $0 == "\n" })
        }
    }

    // MARK: CSV

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "a,b"), ("a\"b", "a\"\"b"), ("a\r\nb", "a b"), ("=1", "'=1"),
        ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), (" =1", "' =1"), ("\t1", "' 1"), ("\r1", "'1"),
        ("\u{A0}+1", "'\u{A0}+1"),
        ("\u{200B}=1", "'\u{200B}=1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("\n=1", "'=1"), ("a=1", "a=1"), ("'=1", "'=1"),
        ("\u{0}=1", "\u{FFFD}=1"), ("[{\"a\":1}]", "[{\"\"a\"\":1}]"), ("\u{FEFF}=1", "'\u{FFFD}=1"),
    ])
    func cells(raw: String, shown: String) { #expect(CSV.cell(raw) == "\"\(shown)\"") }

    @Test func cellsAreCut() {
        #expect(CSV.cell(String(repeating: "x", count: 40_000)).utf16.count == CSV.longest + 2)
    }

    @Test(arguments: ReportSample.names) func rowsStayRows(text: String) throws {
        let posture = try ReportSample.posture(withText: text)
        let rows = written("csv", posture).rows
        #expect(rows.count == posture.entries.count + 1)
        for row in rows {
            let cells = try #require(Self.cells(row))
            #expect(cells.count == FindingsCSV.columns.count)
            for cell in cells {
                #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.drop { $0 == " " }.first ?? "x"))
            }
        }
    }

    /// A row a control and rule, whatever people write in frameworks.
    @Test(arguments: ReportSample.names) func complianceRowsStayRows(text: String) throws {
        let controls = [[], [text], ["bucket-versioning", text]].map {
            Framework.Control(id: text, title: text, section: text, rules: $0)
        }
        let compliance = try #require(
            Posture.evaluate(
                tenant: "prod", rules: try Account.rules(),
                frameworks: [Framework(id: "f", title: text, version: text, controls: controls, path: "")],
                in: EvaluationContext(catalog: try Account.catalog(), snapshot: Account.mixed())
            ).posture.compliance.first)
        let rows = ComplianceCSV.render(compliance).rows.compactMap(Self.cells)
        #expect(rows.count == 5 && rows.allSatisfy { $0.count == ComplianceCSV.columns.count })
        let counted = Dictionary(zip(ComplianceCSV.columns, rows[3])) { first, _ in first }
        #expect(counted["rule"] == "bucket-versioning" && counted["evaluated"] == "true" && counted["fail"] == "2")
        #expect(rows[1].suffix(7) == ["", "false", "", "", "", "", ""] && rows[2].last == "")
        for cell in rows.joined() {
            #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.drop { $0 == " " }.first ?? "x"))
        }
    }

    /// The cells of a row; nil where one does not stand in quotes.
    private static func cells(_ row: Substring) -> [String]? {
        var cells: [String] = []
        var rest = row.unicodeScalars[...]
        while rest.popFirst() == "\"" {
            var cell = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                if scalar != "\"" {
                    cell.append(scalar)
                } else if rest.first == "\"" {
                    cell.append(rest.removeFirst())
                } else {
                    break
                }
            }
            cells.append(String(cell))
            guard let comma = rest.popFirst() else { return cells }
            guard comma == "," else { return nil }
        }
        return nil
    }

    // MARK: JUnit

    @Test func suitesCountTheirCases() throws {
        let posture = try Self.posture.get()
        let root = try XMLElement.parse(Array(written("junit", posture).utf8))
        var total = (tests: 0, failures: 0, errors: 0)
        for suite in root.children {
            let number = { (name: String) in suite.attributes.first { $0.name == name }.flatMap { Int($0.value) } }
            let count = { (name: String) in suite.children.count { $0.first(name) != nil } }
            #expect(number("tests") == suite.children.count && number("failures") == count("failure"))
            #expect(number("errors") == count("error") && number("skipped") == count("skipped"))
            total = (
                total.tests + suite.children.count, total.failures + count("failure"), total.errors + count("error")
            )
        }
        #expect(total.failures == posture.findings.count && total.errors == posture.unknownCount)
        #expect(
            root.attributes.map(\.value) == ["parapet"] + [total.tests, total.failures, total.errors].map(String.init))
        let disabled = root.children.first { $0.attributes[0].value == "prod.not-run" }
        #expect(disabled?.children.first?.first("skipped")?.attributes[1].value.hasPrefix("disabled in") == true)
    }

    /// A suite in which nothing passed does not look passed.
    @Test func nothingIsNotAPass() throws {
        let posture = try Account.judge(Account.snapshot([])).posture
        let root = try XMLElement.parse(Array(written("junit", posture).utf8))
        #expect(root.children.count == 3)
        #expect(root.children.allSatisfy { $0.children.count == 1 && $0.children[0].first("skipped") != nil })
    }

    // MARK: SARIF

    @Test func resultsAndNotifications() throws {
        let posture = try Self.posture.get()
        let run = try #require(try json("sarif")["runs"]?.array?.first)
        let results = run["results"]?.array ?? []
        let rules = run["tool"]?["driver"]?["rules"]?.array ?? []
        #expect(results.count == posture.entries.count)
        for (result, entry) in zip(results, posture.entries) {
            let index = try #require(result["ruleIndex"]?.integer)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
            #expect(result["kind"]?.string == (entry.status == .unknown ? "review" : "fail"))
            #expect((result["level"]?.string == "none") == (entry.status == .unknown))
            #expect((result["suppressions"] != nil) == (entry.status == .waived))
        }
        let invocation = run["invocations"]?.array?.first
        #expect(invocation?["toolExecutionNotifications"]?.array?.count == posture.unknowns.count)
        #expect(invocation?["toolConfigurationNotifications"]?.array?.count == posture.disabled.count)
        // Every rule that ran is named, found or not.
        #expect(Set(posture.rules.map(\.id)).isSubset(of: rules.compactMap { $0["id"]?.string }))
    }

    @Test func messagesAreNoLinksAndNoPlaceholders() throws {
        let results = try json("sarif")["runs"]?.array?.first?["results"]?.array ?? []
        let texts = results.compactMap { $0["message"]?["text"]?.string }
        #expect(texts.contains { $0.contains("\\[x\\](https://evil.example) {{0}}") })
    }

    // MARK: OCSF

    @Test func eventsSayWhatBecameOfThem() throws {
        let posture = try Self.posture.get()
        let events = try json("ocsf").array ?? []
        #expect(events.count == posture.entries.count)
        for (event, entry) in zip(events, posture.entries) {
            let expected: (Int64, Int64) =
                switch entry.status {
                case .open: (1, 3)
                case .waived: (3, 3)
                case .unknown: (0, 0)
                }
            #expect(event["status_id"]?.integer == expected.0)
            #expect(event["compliance"]?["status_id"]?.integer == expected.1)
            #expect((event["status_detail"] != nil) == (entry.status != .open))
        }
    }

    @Test func whatIsOldIsAnUpdate() throws {
        var posture = try Self.posture.get()
        posture.findings[0].firstSeen = Timestamp(seconds: posture.collectedAt.seconds - 60)
        let events = try JSON.parse(Array(written("ocsf", posture).utf8)).array ?? []
        #expect(events.count { $0["type_uid"]?.integer == 200_302 } == 1)
        #expect(events.count { $0["type_uid"]?.integer == 200_301 } == events.count - 1)
    }

    // MARK: ASFF

    @Test func batchesAreOfOneRegionAndOneHundred() throws {
        let buckets = (0..<250).map {
            Account.bucket("b\($0)", region: $0 < 220 ? "eu-west-1" : "us-east-1", versioning: "no")
        }
        let posture = try Account.judge(Account.snapshot(buckets)).posture
        let batches = try JSON.parse(Array(written("asff", posture).utf8)).array ?? []
        #expect(batches.map { $0["Findings"]?.array?.count } == [100, 100, 20, 30])
        for batch in batches {
            let regions = Set((batch["Findings"]?.array ?? []).compactMap { $0["ProductArn"]?.string })
            #expect(regions.count == 1)
        }
        #expect(Set(batches.flatMap { $0["Findings"]?.array ?? [] }.compactMap { $0["Id"]?.string }).count == 250)
    }

    @Test func statesOfFindings() throws {
        let findings = try (json("asff").array ?? []).flatMap { $0["Findings"]?.array ?? [] }
        let states = Dictionary(grouping: findings) { $0["ProductFields"]?["parapet/status"]?.string ?? "" }
        #expect(Set(states.keys) == ["open", "waived", "unknown"])
        for finding in findings {
            let status = finding["ProductFields"]?["parapet/status"]?.string
            #expect(finding["Workflow"]?["Status"]?.string == (status == "waived" ? "SUPPRESSED" : "NEW"))
            #expect(finding["Compliance"]?["Status"]?.string == (status == "unknown" ? "NOT_AVAILABLE" : "FAILED"))
            #expect((finding["Compliance"]?["StatusReasons"] != nil) == (status == "unknown"))
        }
    }

    @Test(arguments: [
        ("AWS::S3::Bucket", "AwsS3Bucket"), ("AWS::DynamoDB::Table", "AwsDynamoDbTable"),
        ("AWS::::Account", "AwsAccount"),
        ("AWS::Logs::LogGroup", "Other"), ("Parapet::Waiver", "Other"), ("Other", "Other"), ("", "Other"),
    ])
    func resourceTypes(type: String, name: String) { #expect(ASFFResourceType.name(of: type) == name) }

    @Test(arguments: [(3, "ab", "ab"), (3, "abc", "abc"), (3, "abcd", "ab…"), (3, "a😀b", "a…"), (4, "a😀b", "a😀b")])
    func textIsCut(most: Int, raw: String, shown: String) {
        #expect(raw.cut(to: most) == shown && shown.utf16.count <= most)
    }

    // MARK: OSCAL

    @Test func onlyWhatPassedIsSatisfied() throws {
        let posture = try Self.posture.get()
        let result = try json("oscal")["assessment-results"]?["results"]?.array?.first
        let findings = result?["findings"]?.array ?? []
        let assessed = posture.compliance[0].controls.filter { $0.status != .notCovered }
        #expect(findings.count == assessed.count && assessed.count < posture.compliance[0].controls.count)
        for (finding, control) in zip(findings, assessed) {
            let state = finding["target"]?["status"]
            #expect(state?["state"]?.string == (control.status == .passed ? "satisfied" : "not-satisfied"))
            #expect((state?["reason"]?.string == "fail") == (control.status == .failed))
        }
        #expect(result?["reviewed-controls"]?["remarks"]?.string?.contains("A-4, A-5") == true)
        #expect(result?["observations"]?.array?.count == posture.entries.count)
        #expect(result?["risks"]?.array?.count == posture.findings.count + posture.waived.count)
        let waived = result?["risks"]?.array?.filter { $0["status"]?.string == "deviation-approved" } ?? []
        #expect(waived.count == posture.waived.count && waived.allSatisfy { $0["deadline"] != nil })
    }

    /// Neither a waiver nor a denied call satisfies a control.
    @Test(arguments: [Compliance.Status.waived, .unknown, .failed, .passed])
    func controls(status: Compliance.Status) throws {
        let bucket = Account.bucket(
            "beta", versioning: status == .passed ? "Enabled" : status == .unknown ? nil : "Suspended",
            denied: status == .unknown ? ["Versioning"] : [])
        let posture = try Account.judge(
            Account.snapshot([bucket]),
            exceptions: status == .waived ? Exception.exceptions([Exception.waiver()]) : Exceptions()
        ).posture
        #expect(posture.compliance[0].controls[0].status == status)
        let document = try JSON.parse(Array(written("oscal", posture).utf8))
        let finding = document["assessment-results"]?["results"]?.array?.first?["findings"]?.array?.first
        let expected: JSON =
            switch status {
            case .passed: ["state": "satisfied", "reason": "pass", "remarks": "Every check passed."]
            case .failed: ["state": "not-satisfied", "reason": "fail", "remarks": "At least one check failed."]
            case .waived:
                [
                    "state": "not-satisfied", "reason": "other",
                    "remarks": "Waived: what fails or is not checked is accepted until a day.",
                ]
            default:
                [
                    "state": "not-satisfied", "reason": "other",
                    "remarks": "Unknown: at least one check could not be made.",
                ]
            }
        #expect(finding?["target"]?["status"] == expected)
    }

    @Test(arguments: [
        ("soc2-tsc/CC6.1", "soc2-tsc_2FCC6.1"), ("1.1", "_1.1"), ("a_b", "a_5Fb"), ("ü", "_C3_BC"), ("", "_"),
        ("-x", "_-x"),
    ])
    func tokens(text: String, token: String) { #expect(AssessmentOSCAL.token(text) == token) }

    @Test(arguments: [
        ("plain text.", "plain text."), ("*x* [a](b)", "\\*x\\* \\[a\\](b)"), ("a_b", "a\\_b"), ("", "-"), (" ", "-"),
        ("{{ insert }}", "\\{\\{ insert \\}\\}"), ("\\", "\\\\"),
    ])
    func markup(raw: String, shown: String) { #expect(AssessmentOSCAL.markup(raw) == .string(shown)) }

    @Test func namedUUIDs() {
        #expect(UUID5.make("a") == "467e7a18-17e7-5d80-ad10-793e05beb2cd")
        #expect(UUID5.make("a", "b") == "3cd77bbf-01bf-55c7-b3f3-db331c4bf975")
        #expect(UUID5.make("ü") == "dd4e248c-1143-5323-be77-2ec67b813975")
    }

    // MARK: HTML

    @Test(arguments: ReportSample.names) func pagesHaveNoTagsOfOthers(text: String) throws {
        let page = written("html", try ReportSample.posture(withText: text))
        let known = try Self.tags.get()
        let links = page.tags.filter { $0.hasPrefix("<a ") }
        for link in links {
            #expect(
                try link.wholeMatch(of: /<a href="https:[-A-Za-z0-9._~\/?#=&;+,:%]+" rel="noreferrer noopener">/) != nil
            )
        }
        let others = page.tags.filter {
            !$0.hasPrefix("<a ") && !$0.hasPrefix("<article id=\"f-") && !known.contains($0)
        }
        #expect(Set(others).subtracting(["<span class=\"critical\">"]).isEmpty, "\(others)")
    }

    @Test func pagesAllowNoScript() throws {
        let page = written("html", try Self.posture.get())
        let style = try #require(page.firstMatch(of: /<style>([^<]*)<\/style>/)).output.1
        let digest = Base64.encode(SHA256.digest(Array(style.utf8)))
        #expect(
            page.contains(
                "content=\"default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'\""))
        #expect(!page.contains("<script") && !page.contains(" style=") && !page.contains("src="))
    }

    @Test(arguments: [
        ("https://docs.aws.amazon.com/a?b=c#d", true), ("http://a", false), ("javascript:alert(1)", false),
        ("https://", false),
        ("https://a\"b", false), ("https://a b", false), ("https://ä", false), ("", false), ("https://a'b", false),
    ])
    func links(text: String, isPlain: Bool) { #expect(text.isPlainLink == isPlain) }
}

extension String {
    fileprivate var tags: [String] { matches(of: /<[^>]*>/).map { String($0.output) } }

    /// What stands between ends of lines as CSV has them.
    fileprivate var rows: [Substring] { split(separator: "\r\n") }
}
