import Documents
import Testing

@testable import Posture
@testable import Reports

@Suite struct FindingsJSONTests {
    @Test func firstSeenIsReadBack() throws {
        var posture = try Account.judge(Account.mixed()).posture
        posture.findings[0].firstSeen = Timestamp(microseconds: 1_700_000_000_123_456)
        let read = EarlierFindings(FindingsJSON.bytes(posture))
        #expect(read?.waived == [])
        #expect(read?.findings.map(\.id) == posture.findings.map(\.id))
        #expect(read?.findings.map(\.firstSeen) == posture.findings.map(\.firstSeen))
        #expect(read?.findings.map(\.resource) == posture.findings.map(\.resource))
    }

    @Test(arguments: ["", "{", "[]", "{}", "null", "{\"findings\": 1}"]) func whatIsNoReportIsNil(text: String) {
        #expect(EarlierFindings(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "{\"findings\": []}",
        "{\"findings\": [1, {}, {\"id\": \"a\"}, {\"id\": \"a\", \"first_seen\": \"yesterday\"}]}",
    ])
    func whatCannotBeReadIsLeftOut(text: String) {
        #expect(EarlierFindings(Array(text.utf8))?.findings.isEmpty == true)
    }
}
