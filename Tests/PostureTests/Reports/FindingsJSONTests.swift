import Documents
import Testing

@testable import Posture
@testable import Reports

@Suite struct FindingsJSONTests {
    @Test func firstSeenIsReadBack() throws {
        var posture = try Account.judge(Account.mixed()).posture
        posture.findings[0].firstSeen = Timestamp(microseconds: 1_700_000_000_123_456)
        let read = EarlierFindings(FindingsJSON.render(posture).bytes(.indented))
        #expect(read?.waived == [])
        #expect(read?.firstSeen == Dictionary(uniqueKeysWithValues: posture.findings.map { ($0.id, $0.firstSeen) }))
    }

    @Test(arguments: ["", "{", "[]", "{}", "null", "{\"findings\": 1}"]) func whatIsNoReportIsNil(text: String) {
        #expect(EarlierFindings(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "{\"findings\": []}",
        "{\"findings\": [1, {}, {\"id\": \"a\"}, {\"id\": \"a\", \"first_seen\": \"yesterday\"}]}",
    ])
    func whatCannotBeReadIsLeftOut(text: String) {
        #expect(EarlierFindings(Array(text.utf8))?.firstSeen == [:])
    }
}
