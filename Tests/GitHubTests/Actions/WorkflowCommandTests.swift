import Documents
import TestSupport
import Testing

@testable import GitHub

@Suite struct WorkflowCommandTests {
    @Test func propertiesAndMessagesAreEscaped() {
        let command = WorkflowCommand(
            .error, "100% of\r\n`arn:aws:s3:::b`,\n::set-output name=x::y", title: "rule: a, b", file: "a,b:c%.yaml",
            line: 3, column: 0)
        #expect(
            command.text
                == "::error file=a%2Cb%3Ac%25.yaml,line=3,col=1,title=rule%3A a%2C b::100%25 of%0A`arn:aws:s3:::b`,"
                + "%0A: :set-output name=x::y")
        #expect(WorkflowCommand(.notice, "x").text == "::notice::x")
        #expect(WorkflowCommand.mask("a%b\nc") == "::add-mask::a%25b\n::add-mask::c")
        #expect(WorkflowCommand(.notice, "a ##[group]b ###[x").text == "::notice::a ## [group]b ### [x")
    }

    /// A runner drops all kinds of space before `::`, ends lines at `\r` too, and looks for `##[` anywhere.
    @Test(arguments: [
        ("a: b::c\n  d", "a: b::c\n  d"), ("::x", ": :x"), ("a\n \u{A0}::x::y", "a\n \u{A0}: :x::y"),
        ("\u{3000}::x", "\u{3000}: :x"), ("a\r\n::x", "a\n: :x"), ("a\r::x", "a\n: :x"), ("::\u{301}x", ": :\u{301}x"),
        ("a ##[error]b ###[x", "a ## [error]b ### [x"), ("##[\u{301}x", "## [\u{301}x"), ("", ""), ("\n", "\n"),
    ])
    func plainTextIsNoCommand(text: String, expected: String) {
        #expect(Array(WorkflowCommand.plain(text).utf8) == Array(expected.utf8))
    }

    /// What a runner makes of any command: as the runner's own code reads lines.
    @Test func aRunnerReadsWhatWasMeant() throws {
        var random = SeededGenerator(seed: 11)
        let parts = [
            "::", ":", "##[", "#", "[", "%", "%0A", "%3A", "\n", "\r\n", "\r", ",", "=", "a", " ", "error",
            "::stop-commands::x",
            "\u{1B}[2K", "\u{2028}", "\u{202E}", "\u{E4}", "\u{85}", "\u{0B}", "]",
        ]
        func text() -> String {
            (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        }
        for _ in 0..<3_000 {
            let command = WorkflowCommand(
                WorkflowCommand.Level.allCases.randomElement(using: &random) ?? .error, text(), title: text(),
                file: text(),
                line: 5)
            let line = command.text
            #expect(!line.unicodeScalars.contains { !$0.isInert }, "\(line.debugDescription)")
            let read = try #require(Runner.read(line))
            #expect(read.name == command.level.rawValue)
            #expect(Set(read.properties.keys).isSubset(of: ["file", "line", "title"]), "\(line.debugDescription)")
            #expect(read.properties["line"] == "5")
            #expect(!read.message.contains("##["))
            for shown in read.message.split(whereSeparator: \.isNewline) {
                #expect(!shown.drop { $0 == " " }.hasPrefix("::"), "\(line.debugDescription)")
            }
            // Letters come through.
            #expect(read.message.count { $0 == "a" } == command.message.count { $0 == "a" })
            #expect((read.properties["file"] ?? "").count { $0 == "," } == command.file?.count { $0 == "," })
        }
    }

    @Test(arguments: [0, 1, 10, 11, 100]) func tenOfALevelAreShown(count: Int) {
        let commands = (0..<count).map { WorkflowCommand(.warning, "w\($0)") } + [WorkflowCommand(.error, "first")]
        let lines = WorkflowCommand.lines(commands)
        #expect(lines.first == "::error::first")
        #expect(lines.count { $0.hasPrefix("::warning") } == min(10, count))
        let notices = lines.filter { $0.hasPrefix("::notice") }
        #expect(notices.count == (count > 10 ? 1 : 0))
        if count == 11 { #expect(notices.first?.contains("1 more warning.") == true) }
        if count == 100 { #expect(notices.first?.contains("90 more warnings") == true) }
    }

    @Test(arguments: [9, 10, 11, 30]) func noMoreThanTenNotices(count: Int) {
        let commands = (0..<count).map { WorkflowCommand(.notice, "n\($0)") }
        #expect(WorkflowCommand.lines(commands).count == min(count, 10))
        let many = commands + (0..<11).map { WorkflowCommand(.error, "e\($0)") }
        let notices = WorkflowCommand.lines(many).filter { $0.hasPrefix("::notice") }
        #expect(notices.count == 10)
        #expect(notices.last?.contains("1 more error") == true)
    }
}

/// Reads a line as GitHub's runner does (`ActionCommand.TryParseV2`).
private enum Runner {
    static func read(_ line: String) -> (name: String, properties: [String: String], message: String)? {
        guard line.hasPrefix("::"), let end = line.dropFirst(2).firstRange(of: "::") else { return nil }
        let head = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
        let parts = head.split(separator: " ", maxSplits: 1)
        var properties: [String: String] = [:]
        for pair in parts.count == 2 ? parts[1].split(separator: ",") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            properties[String(sides[0])] = unescape(
                String(sides[1]).replacing("%3A", with: ":").replacing("%2C", with: ","))
        }
        return (parts.first.map(String.init) ?? "", properties, unescape(String(line[end.upperBound...])))
    }

    private static func unescape(_ text: String) -> String {
        text.replacing("%0D", with: "\r").replacing("%0A", with: "\n").replacing("%25", with: "%")
    }
}
