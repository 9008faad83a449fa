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

    @Test func aTenantThatCouldNotBeginHasEnded() {
        let progress = ScanProgress(tenants: 2)
        progress.end("a")
        progress.begin("b", CollectionProgress(), CallStatistics())
        #expect(progress.counts.running == ["b"])
        #expect(progress.counts.ended == 1)
        #expect(progress.counts.left.isLeast == false)
    }

    @Test func ofTenantsThatWaitNobodyKnowsTheCalls() {
        let progress = ScanProgress(tenants: 2)
        progress.begin("a", CollectionProgress(), CallStatistics())
        #expect(progress.counts.left.isLeast)
    }

    static func counts(running: [String], tenants: Int = 1, throttles: Int = 0, left: Int, isLeast: Bool = false)
        -> ScanProgress.Counts
    {
        var counts = ScanProgress.Counts()
        counts.running = running
        counts.tenants = tenants
        counts.ended = tenants > 1 ? tenants - running.count : 0
        counts.calls = 12
        counts.resources = 3
        counts.throttles = throttles
        counts.left.calls = left
        counts.left.isLeast = isLeast
        return counts
    }

    @Test(arguments: [
        (
            counts(running: ["prod"], left: 36),
            "scanning prod: 12 calls done, about 36 left, 6/s, 3 resources"
        ),
        (
            counts(running: ["prod", "test", "x"], tenants: 7, throttles: 2, left: 5, isLeast: true),
            "scanning prod and 2 more, 4 of 7 done: 12 calls done, at least 5 left, 6/s, 2 throttled, 3 resources"
        ),
    ])
    func theLineSaysWhatThereIs(counts: ScanProgress.Counts, expected: String) {
        #expect(counts.text(rate: 5.6) == expected)
    }

    @Test(arguments: [
        (
            counts(running: ["prod"], left: 36), 80,
            "prod [#####---------------] 12 calls done, about 36 left, 6/s, 3 resources"
        ),
        (counts(running: ["prod"], left: 36), 62, "prod [#####---------------] 12 calls done, about 36 left, 6/s"),
        (counts(running: ["prod"], left: 36), 61, "prod [#####---------------] 12 calls done, about 36 left"),
        (counts(running: ["prod"], left: 36), 20, "prod [#####--------"),
        (
            counts(running: ["prod"], left: 0), 80,
            "prod [####################] 12 calls done, about 0 left, 6/s, 3 resources"
        ),
        (counts(running: ["é"], left: 36), 59, "é [#####---------------] 12 calls done, about 36 left, 6/s"),
    ])
    func theBarFitsIntoTheTerminal(counts: ScanProgress.Counts, columns: Int, expected: String) {
        #expect(counts.bar(rate: 5.6, columns: columns) == expected)
    }

    @Test func tenantsThatWaitCountInTheBar() {
        var counts = Self.counts(running: ["a"], tenants: 4, left: 12)
        counts.ended = 1
        // Half of the calls of two of four tenants.
        #expect(counts.bar(rate: 0, columns: 80).contains("[#####---------------]"))
    }

    @Test func theRateIsThatOfTheLastTenSeconds() {
        var rate = CallRate()
        #expect(rate.look(0, at: 0) == 0)
        #expect(rate.look(100, at: 1) == 100)
        for second in 2...30 { _ = rate.look(100 + second, at: Double(second)) }
        #expect(rate.look(131, at: 31) == 1)
    }
}
