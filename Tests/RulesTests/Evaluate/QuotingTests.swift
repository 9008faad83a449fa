import Foundation
import Testing

@testable import Rules

/// Names that someone in the account chose, to see what commands do with them.
private let hostileNames = [
    "plain", "", "two words", "it's", "'", "''", "'; rm -rf ~; '", "$(reboot)", "`reboot`", "$HOME", "\\", "\\'",
    "a\"b",
    "--flag", "*", "~", "#x", "&&", "é", "日本", "'\u{301}; touch /tmp/x #", "\"\u{301}", "\\\u{301}", "$\u{301}{x}",
    "{\u{301}",
    "${x}", "%{x}", "$${x}", "$$${x}", "$%{x}", "{", "}", "$", "%{\u{301}if true}", "${\u{301}x}", "'\u{200D}'",
]

@Suite struct QuotingTests {
    /// A shell is the oracle: the word must come out as it went in, whatever it holds.
    @Test(arguments: hostileNames)
    func shellReadsTheWordBack(name: String) throws {
        let word = try #require(Quoting.shell(name))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "printf %s \(word)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(Array(data) == Array(name.utf8))
    }

    @Test(arguments: hostileNames)
    func hclReadsTheStringBack(name: String) throws {
        let text = try #require(Quoting.hcl(name))
        #expect(Self.decodeHCL(text).map { Array($0.utf8) } == Array(name.utf8), "\(text)")
    }

    @Test(arguments: [
        "a\nb", "\0", "\u{1B}[31m", "a\tb", "\u{7F}", "\u{85}", "\u{202E}", "\u{2066}", "\u{2028}", "\r\n",
    ])
    func refusesControlAndDirectionCharacters(text: String) {
        #expect(Quoting.shell(text) == nil)
        #expect(Quoting.hcl(text) == nil)
    }

    @Test func golden() {
        #expect(Quoting.shell("it's") == #"'it'\''s'"#)
        #expect(Quoting.hcl(#"a"b\c ${d} %{e} $f"#) == #""a\"b\\c $${d} %%{e} $f""#)
    }

    /// A reader of quoted HCL strings of its own. Nil where the text ends early or starts a template.
    private static func decodeHCL(_ text: String) -> String? {
        var scalars = Array(text.unicodeScalars)[...]
        guard scalars.popFirst() == "\"" else { return nil }
        var output = String.UnicodeScalarView()
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": return scalars.isEmpty ? String(output) : nil
            case "\\":
                guard let next = scalars.popFirst(), next == "\\" || next == "\"" else { return nil }
                output.append(next)
            case "$", "%":
                if scalars.first == "{" { return nil }
                if scalars.first == scalar, scalars.dropFirst().first == "{" {
                    scalars.removeFirst(2); output.append(scalar); output.append("{")
                } else {
                    output.append(scalar)
                }
            default: output.append(scalar)
            }
        }
        return nil
    }
}
