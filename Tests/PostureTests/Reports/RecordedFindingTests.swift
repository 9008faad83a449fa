import Documents
import Posture
import Testing

@testable import Reports

@Suite struct RecordedFindingTests {
    @Test func whatFindingsSay() throws {
        let posture = try Account.judge(Account.mixed()).posture
        let read = try #require(RecordedFinding.matches(FindingsJSON.bytes(posture), beginning: "")).findings
        #expect(read.map(\.id) == posture.findings.map(\.id))
        let prefix = String(posture.findings[1].id.prefix(6))
        let some = try #require(RecordedFinding.matches(FindingsJSON.bytes(posture), beginning: prefix)).findings
        #expect(some.map(\.id) == posture.findings.map(\.id).filter { $0.hasPrefix(prefix) } && some.count < read.count)
        #expect(read[0].tenant == "prod" && read[0].resource == "arn:aws:s3:::beta")
        #expect(
            read[0].fix(.cli)
                == "aws s3api put-bucket-versioning --bucket 'beta' --versioning-configuration Status=Enabled")
        #expect(read[0].fix(.terraform) == "aws_s3_bucket_versioning.\"beta\"")
        #expect(read.last?.fix(.cli) == nil)
    }

    /// Checks that could not be judged have ids too.
    @Test func whatIsUnknownSaysSo() throws {
        let posture = try Account.judge(Account.mixed()).posture
        let check = try #require(posture.unknownChecks.first)
        let matches = try #require(RecordedFinding.matches(FindingsJSON.bytes(posture), beginning: check.id))
        #expect(matches.findings.isEmpty)
        #expect(matches.unknown == ["\(check.rule) could not be judged: \(check.causes.joined(separator: "; "))"])
    }

    /// Somebody else may have written the file.
    @Test func controlCharactersAreNotOffered() throws {
        let document: JSON = [
            "tenant": "t",
            "findings": [
                [
                    "id": "a", "rule": "r",
                    "remediation": ["cli": "echo \u{1B}[2J", "terraform": "a\u{202E}b", "text": "a\u{1B}b\nc"],
                ]
            ],
        ]
        let found = try #require(RecordedFinding.matches(document.bytes(), beginning: "")?.findings.first)
        #expect(found.fix(.cli) == nil && found.fix(.terraform) == nil)
        #expect(found.fix(.text) == "a\u{FFFD}b\nc")
    }

    @Test(arguments: ["", "{}", "[]", "{\"tenant\": 1, \"findings\": []}", "{\"tenant\": \"a\"}"])
    func whatIsNoReportIsNil(text: String) {
        #expect(RecordedFinding.matches(Array(text.utf8), beginning: "") == nil)
    }
}
