import Foundation
import Resources
import Testing

@Suite struct SnapshotTextTests {
    /// The records of a file, read in a number of chunks.
    private static func records(of content: String, chunks: Int) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "parapet-\(UUID().uuidString).json")
        try Data(content.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = try SnapshotText(file: file.path)
        var found: [String] = []
        for chunk in text.chunks(chunks) {
            text.forEachRecord(in: chunk) { start, bytes in
                let record = String(decoding: bytes, as: UTF8.self)
                // The record is found again by its place.
                #expect(String(decoding: text.record(at: start), as: UTF8.self) == record)
                found.append(record.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        #expect(text.first.map { String(decoding: $0, as: UTF8.self) } == nil || !found.isEmpty)
        return found
    }

    @Test(
        arguments: [
            ("", []), ("\n\n", []), ("{}", ["{}"]), ("{}\n", ["{}"]),
            ("{\"a\":1}\n\n{\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"]),
            ("{\"a\":1}\r\n  \r\n{\"b\":2}", ["{\"a\":1}", "{\"b\":2}"]),
            ("[]", []), (" [ {\"a\":1} , {\"b\":[1,2]} ] ", ["{\"a\":1}", "{\"b\":[1,2]}"]),
            ("[{\"a\":\"],[\\\"\"},{\"b\":\"{\"}]", ["{\"a\":\"],[\\\"\"}", "{\"b\":\"{\"}"]),
            // Damaged: what stands there is given to the parser, not left out.
            ("[{\"a\":1}, {\"b\"", ["{\"a\":1}", "{\"b\""]), ("{\"a\"\n{\"b\":2}", ["{\"a\"", "{\"b\":2}"]),
        ] as [(String, [String])], 1...5)
    func records(example: (content: String, expected: [String]), chunks: Int) throws {
        #expect(try Self.records(of: example.content, chunks: chunks) == example.expected)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1_000])
    func chunksLoseNothing(chunks: Int) throws {
        let lines = (0..<200).map { "{\"id\":\"\(String(repeating: "x", count: $0 * 7 % 61))\($0)\"}" }
        #expect(try Self.records(of: lines.joined(separator: "\n"), chunks: chunks) == lines)
        #expect(try Self.records(of: "[\(lines.joined(separator: ",\n"))]", chunks: chunks) == lines)
    }

    @Test func whatIsNoFile() {
        let missing = #expect(throws: SnapshotTextError.self) { try SnapshotText(file: "/nonexistent/x") }
        #expect(missing?.isFolder == false)
        let folder = #expect(throws: SnapshotTextError.self) { try SnapshotText(file: "/tmp") }
        #expect(folder?.isFolder == true)
    }
}
