import Foundation
import Testing

@testable import GitHub

@Suite struct JobSummaryTests {
    private func withFile(_ body: (URL) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "parapet-summary-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file)
    }

    @Test func itIsAppended() throws {
        try withFile { (file: URL) throws in
            #expect(try JobSummary.append("one", to: file.path) == .written)
            #expect(try JobSummary.append("two\n", to: file.path) == .written)
            #expect(try String(contentsOf: file, encoding: .utf8) == "one\ntwo\n")
        }
    }

    @Test func itStaysUnderAMebibyteOfBytes() throws {
        try withFile { (file: URL) throws in
            _ = try JobSummary.append(String(repeating: "before\n", count: 1_000), to: file.path)
            let text = String(repeating: "\u{1F512}\u{E4}\n", count: 200_000)
            #expect(try JobSummary.append(text, to: file.path) == .cut)
            let bytes = try Data(contentsOf: file)
            #expect(bytes.count < 1 << 20 && bytes.count > (1 << 20) - 200)
            let written = try #require(String(data: bytes, encoding: .utf8))
            #expect(written.hasPrefix("before\n") && written.contains("\u{1F512}\u{E4}\n\n\nThe") == false)
            #expect(written.hasSuffix(TextLimit.note + "\n"))
            _ = try JobSummary.append("more\n", to: file.path)
            #expect(try JobSummary.append(text, to: file.path) != .written)
            #expect(try Data(contentsOf: file).count < 1 << 20)
        }
    }

    @Test func aFileThatCannotBeWrittenIsAnError() {
        let error = #expect(throws: GitHubError.self) { try JobSummary.append("x", to: "/nowhere/summary") }
        #expect(error?.code == .file)
    }
}
