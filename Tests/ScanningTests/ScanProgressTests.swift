import AWS
import Collection
import Scanning
import Testing

struct ScanProgressTests {
    @Test func tenantsAreAddedUp() {
        let progress = ScanProgress(tenants: 3)
        progress.begin("a", CollectionProgress(), CallStatistics())
        progress.begin("b", CollectionProgress(), CallStatistics())
        progress.end("a")
        #expect(progress.counts.running == ["b"])
        #expect(progress.counts.ended == 1)
        #expect(progress.counts.tenants == 3)
    }

    @Test(arguments: [
        (["prod"], 1, 0, "scanning prod: 12 calls, 3 resources, 6 calls/s"),
        (
            ["prod", "test", "x"], 7, 2,
            "scanning prod and 2 more, 4 of 7 done: 12 calls, 3 resources, 6 calls/s, 2 throttled"
        ),
    ])
    func theLineSaysWhatThereIs(running: [String], tenants: Int, throttles: Int, expected: String) {
        var counts = ScanProgress.Counts()
        counts.running = running
        counts.ended = 4
        counts.tenants = tenants
        counts.calls = 12
        counts.resources = 3
        counts.throttles = throttles
        #expect(counts.text(rate: 5.6) == expected)
    }

    @Test func theRateIsThatOfTheLastTenSeconds() {
        var rate = CallRate()
        #expect(rate.look(0, at: 0) == 0)
        #expect(rate.look(100, at: 1) == 100)
        for second in 2...30 { _ = rate.look(100 + second, at: Double(second)) }
        #expect(rate.look(131, at: 31) == 1)
    }
}
