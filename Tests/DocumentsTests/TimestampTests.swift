import Documents
import Foundation
import TestSupport
import Testing

@Suite struct TimestampTests {
    /// Foundation's calendar is the other calculation.
    @Test(arguments: 0..<10)
    func randomMomentsAgreeWithFoundation(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for _ in 0..<100 {
            // From 1600 on: Foundation's calendar is Julian before 1582.
            let seconds = Int64.random(in: -11_676_096_000..<253_402_300_800, using: &generator)
            let moment = Timestamp(seconds: seconds)
            let part = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second, .weekday],
                from: Date(timeIntervalSince1970: Double(seconds)))
            let fields = moment.fields
            #expect(part.year == Int(fields.year) && part.month == Int(fields.month) && part.day == Int(fields.day))
            #expect(
                part.hour == Int(fields.hour) && part.minute == Int(fields.minute) && part.second == Int(fields.second))
            let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
            #expect(moment.rfc822.hasPrefix(weekdays[try #require(part.weekday) - 1] + ","))
        }
    }

    @Test(arguments: 0..<10)
    func writtenFormsReadBack(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(100 + seed))
        for _ in 0..<200 {
            let microseconds = Int64.random(in: -62_167_219_200_000_000..<253_402_300_800_000_000, using: &generator)
            let moment = Timestamp(
                microseconds: Bool.random(using: &generator) ? microseconds : microseconds / 1_000_000 * 1_000_000)
            #expect(Timestamp(moment.description) == moment, "\(moment)")
            #expect(Timestamp(moment.basic)?.seconds == moment.seconds)
            #expect(Timestamp(moment.rfc822)?.seconds == moment.seconds)
            #expect(Timestamp(moment.date) == moment.day)
            #expect(moment.day <= moment && moment.microseconds - moment.day.microseconds < 86_400_000_000)
        }
    }

    @Test(arguments: [
        "2026-11-21T06:30:00Z", "2026-11-21t06:30:00z", "2026-11-21T06:30:00", "2026-11-21 06:30:00Z",
        "2026-11-21 06:30:00 UTC", "20261121T063000Z",
        "2026-11-21T06:30:00.000Z", "2026-11-21T06:30:00.000000000Z", "2026-11-21T06:30:00+00:00",
        "2026-11-21T06:30:00+0000", "2026-11-21T07:30:00+01:00",
        "2026-11-20T22:30:00-08:00", "2026-11-21T12:00:00+05:30", "Sat, 21 Nov 2026 06:30:00 GMT",
        "Sat, 21 Nov 2026 06:30:00 UTC",
        "Sat, 21 Nov 2026 06:30:00.000 GMT", "1795242600", "1795242600.0", "1.7952426E9", " 2026-11-21T06:30:00Z",
    ])
    func acceptedForms(text: String) {
        #expect(Timestamp(text)?.description == "2026-11-21T06:30:00Z")
    }

    @Test(arguments: [
        "", "now", "2026-11", "2026-13-01", "2026-00-01", "2026-01-00", "2026-02-29", "2025-02-29", "2100-02-29",
        "2026-04-31", "2026-11-21T",
        "2026-11-21T24:00:00Z", "2026-11-21T06:60:00Z", "2026-11-21T06:30:61Z", "2026-11-21T06:30Z",
        "2026-11-21T06:30:00.Z", "2026-11-21T06:30:00X",
        "2026-11-21T06:30:00Zx", "2026-11-21T06:30:00+24:00", "2026-11-21T06:30:00+01:60", "2026-11-21T06:30:00+99:99",
        "2026-1-1", "2026/11/21",
        "Sat, 21 Nov 2026 06:30:00 PST", "Sat, 21 Nov 2026 06:30:00x GMT", "Sat, 21 Nov 2026 06:30:00. GMT",
        "Sat, +21 Nov 2026 06:30:00 GMT",
        "Sat, 31 Feb 2026 06:30:00 GMT", "Sat, 21 Nov 26 06:30:00 GMT", "21 Nov 2026 06:30:00 GMT", "0x10", "nan",
        "inf", "-inf", "1e400", "1e18",
        "٢٠٢٦-١١-٢١", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "12:00", "--1",
    ])
    func refusedForms(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: [
        (1600, true), (1700, false), (1900, false), (2000, true), (2024, true), (2026, false), (2100, false),
        (2400, true), (0, true),
    ])
    func leapDays(year: Int, isLeap: Bool) {
        #expect((Timestamp(year: year, month: 2, day: 29) != nil) == isLeap)
        let march = Timestamp(year: year, month: 3, day: 1)?.seconds ?? 0
        let february = Timestamp(year: year, month: 2, day: 28)?.seconds ?? 0
        #expect(march - february == (isLeap ? 2 : 1) * 86_400)
    }

    @Test(arguments: [
        ("2026-11-21T06:30:00.5Z", "2026-11-21T06:30:00.5Z"),
        ("2026-11-21T06:30:00.1234567Z", "2026-11-21T06:30:00.123456Z"),
        ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z"), ("-0.5", "1969-12-31T23:59:59.5Z"),
        ("0", "1970-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"), ("0000-01-01", "0000-01-01T00:00:00Z"),
    ])
    func fractionsAndEdges(text: String, expected: String) {
        #expect(Timestamp(text)?.description == expected)
    }
}
