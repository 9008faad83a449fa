import Documents
import Posture
import Rules
import Testing

@testable import Reports

@Suite struct TrendJSONTests {
    private static func reports(_ day: Int64, versioning: String, after before: JSON?) throws -> TenantReports {
        let moment = Timestamp(seconds: Account.noon.seconds + day * 86_400)
        let snapshot = Account.snapshot([Account.bucket("alpha", versioning: versioning)], at: moment)
        return TenantReports(try Account.judge(snapshot).posture.carryingOver([]), after: before)
    }

    @Test func aPointIsAddedWhenNumbersChange() throws {
        let first = try Self.reports(0, versioning: "Enabled", after: nil)
        let same = try Self.reports(1, versioning: "Enabled", after: first.summary)
        #expect(same.summary == first.summary, "nothing changed: the file stays as it was")
        let worse = try Self.reports(2, versioning: "Suspended", after: same.summary)
        let points = TrendJSON.points(of: worse.summary)
        #expect(points.map { ($0.moment.seconds - Account.noon.seconds) / 86_400 } == [0, 2])
        #expect(points.map(\.score) == [100, 6] && points.map { $0.open[.critical] } == [0, 1])
        for name in ["score.svg", "open.svg"] {
            let file = try #require(worse.files.first { $0.path == name })
            #expect(String(decoding: file.bytes, as: UTF8.self).contains("2 scans from"))
        }
    }

    @Test func theOldestAreLeftOut() throws {
        var postures = try ["Enabled", "Suspended"].map { versioning in
            try Account.judge(Account.snapshot([Account.bucket("alpha", versioning: versioning)])).posture
        }
        var summary: JSON?
        for day in 0..<TrendJSON.most + 3 {
            postures[day % 2].collectedAt = Timestamp(seconds: Account.noon.seconds + Int64(day) * 86_400)
            summary = TenantReports(postures[day % 2], after: summary).summary
        }
        let points = TrendJSON.points(of: summary)
        #expect(points.count == TrendJSON.most)
        #expect((points[0].moment.seconds - Account.noon.seconds) / 86_400 == 3)
    }

    @Test(arguments: ["{}", "[]", #"{"trend": 3}"#, #"{"trend": [{}, 1, {"time": "x", "score": 3}]}"#])
    func whatIsNoTrendHasNoPoints(text: String) throws {
        #expect(TrendJSON.points(of: try JSON.parse(Array(text.utf8))).isEmpty)
        #expect(TrendJSON.points(of: nil).isEmpty)
    }
}
