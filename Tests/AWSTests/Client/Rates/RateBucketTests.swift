import Testing

@testable import AWS

struct RateBucketTests {
    /// How many tokens a bucket gives in `seconds`, when asked every 10 ms.
    private func given(_ bucket: inout RateBucket, from start: Int, seconds: Int) -> Int {
        (0..<(seconds * 100)).count { bucket.take(at: .seconds(start) + .milliseconds($0 * 10)) }
    }

    @Test(arguments: [("iam", 5), ("ec2", 5), ("s3", 50), ("lambda", 20)])
    func startsAtTheRateOfItsService(_ service: String, _ rate: Int) {
        var bucket = RateBucket(RateLimits.known[service] ?? .standard, at: .zero)
        // What one second brings is there at once, the rest comes second by second.
        let count = given(&bucket, from: 0, seconds: 10)
        #expect((rate * 10...rate * 11).contains(count))
    }

    @Test func growsWithAnswersWhileInUse() {
        var bucket = RateBucket(RateLimits(start: 5, ceiling: 8), at: .zero)
        bucket.answered(at: .zero)
        #expect(bucket.rate == 5)
        let taken = (0..<5).map { _ in bucket.take(at: .zero) }
        #expect(taken == [true, true, true, true, true])
        bucket.answered(at: .zero)
        #expect(bucket.rate == 5.5)
        for _ in 0..<100 { bucket.answered(at: .zero) }
        #expect(bucket.rate == 8)
    }

    @Test func isCutByThrottlesOnceASecond() {
        var bucket = RateBucket(RateLimits(start: 10, ceiling: 20), at: .zero)
        bucket.throttled(at: .seconds(5))
        bucket.throttled(at: .milliseconds(5_900))
        #expect(bucket.rate == 7)
        let wait = bucket.wait(at: .seconds(6))
        #expect(wait == .milliseconds(1))
        bucket.throttled(at: .seconds(6))
        #expect(abs(bucket.rate - 4.9) < 1e-9)
        for second in 7..<60 { bucket.throttled(at: .seconds(second)) }
        #expect(bucket.rate == 0.5)
        let (now, later) = (bucket.take(at: .seconds(59)), bucket.take(at: .seconds(61)))
        #expect(!now && later)
    }

    @Test func growsSlowlyAfterAThrottle() {
        var bucket = RateBucket(RateLimits(start: 10, ceiling: 20), at: .zero)
        bucket.throttled(at: .zero)
        bucket.answered(at: .zero)
        #expect(bucket.rate > 7 && bucket.rate < 7.1)
    }

    @Test func doesNotGoBackInTime() {
        var bucket = RateBucket(RateLimits(start: 1, ceiling: 1), at: .seconds(10))
        let first = bucket.take(at: .seconds(10))
        let second = bucket.take(at: .seconds(1))
        let third = bucket.take(at: .milliseconds(10_500))
        #expect([first, second, third] == [true, false, false])
    }

    @Test(arguments: [
        ("ASIAQNZGKIQY56JQ7WML", "029608264753"), ("AKIAQNZGKIQY56JQ7WML", "029608264753"),
        ("AKIAPLANTEDKEY000001", nil), ("AKIDEXAMPLEAKIDEXAMPLE", nil), ("", nil), ("AROAQNZGKIQY56JQ7WML", nil),
    ])
    func readsTheAccountOfAnAccessKey(_ key: String, _ account: String?) {
        #expect(AccountID.ofAccessKey(key) == account)
    }
}
