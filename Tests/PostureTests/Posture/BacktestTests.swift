import Documents
import Rules
import Testing

@testable import Posture

@Suite struct BacktestTests {
    private static func verdict(_ id: String, _ kind: VerdictKind, region: String = "eu-west-1") -> Verdict {
        Verdict(
            rule: "r", type: "T", id: id, arn: "", region: region, account: "1", kind: kind,
            causes: kind == .unknown
                ? [UnknownCause(kind: .uncollected, type: "T", id: id, pointer: "/A", detail: "AccessDenied")] : [])
    }

    private static func backtest(_ scans: [[Verdict]]) -> Backtest {
        var backtest = Backtest()
        for (day, verdicts) in scans.enumerated() {
            backtest.add(moment: Timestamp(seconds: Int64(day) * 86_400), commit: "c\(day)", verdicts: verdicts)
        }
        return backtest
    }

    /// `a 0^-2`: failed from day 0, may be older, until day 2.
    private static func failures(_ backtest: Backtest) -> [String] {
        backtest.failures.map { failure in
            "\(failure.resource.id) \(failure.from.seconds / 86_400)\(failure.mayBeOlder ? "^" : "")-"
                + (failure.until.map { String($0.seconds / 86_400) } ?? "")
        }
    }

    @Test(
        arguments: [
            ([[.fail]], ["a 0^-"]),
            ([[.pass], [.fail]], ["a 1-"]),
            ([[], [.fail]], ["a 1-"]),
            ([[.fail], [.pass], [.fail]], ["a 0^-1", "a 2-"]),
            ([[.pass], [.fail], [.notApplicable]], ["a 1-2"]),
            ([[.pass], [.fail], []], ["a 1-2"]),
            // What cannot be judged neither ends a failure nor begins one.
            ([[.pass], [.fail], [.unknown], [.fail]], ["a 1-"]),
            ([[.pass], [.fail], [.unknown], [.pass]], ["a 1-3"]),
            ([[.pass], [.unknown], [.fail]], ["a 2^-"]),
            ([[.unknown], [.pass], [.fail]], ["a 2-"]),
        ] as [([[VerdictKind]], [String])])
    func failuresHaveABeginningAndAnEnd(scans: [[VerdictKind]], expected: [String]) {
        let backtest = Self.backtest(scans.map { $0.map { Self.verdict("a", $0) } })
        #expect(Self.failures(backtest) == expected)
        #expect(backtest.open.count == expected.count { $0.hasSuffix("-") })
        #expect(backtest.scans.map(\.opened).reduce(0, +) == expected.count)
        #expect(backtest.scans.map(\.resolved).reduce(0, +) == expected.count { !$0.hasSuffix("-") })
        for (scan, kinds) in zip(backtest.scans, scans) {
            #expect(scan.causes == (kinds.contains(.unknown) ? ["T /A: AccessDenied"] : []))
        }
    }

    @Test(arguments: [("eu-west-1", "a 0^-"), ("*", "a 0^-"), ("us-east-1", "a 0^-1")])
    func aListThatWasNotReadHidesItsResources(region: String, expected: String) {
        let backtest = Self.backtest([
            [Self.verdict("a", .fail)], [Self.verdict("*", .unknown, region: region)],
        ])
        #expect(Self.failures(backtest) == [expected])
    }

    @Test func resourcesAreApart() {
        let backtest = Self.backtest([
            [Self.verdict("b", .fail), Self.verdict("a", .fail), Self.verdict("a", .pass, region: "us-east-1")],
            [Self.verdict("b", .pass), Self.verdict("a", .fail), Self.verdict("a", .fail, region: "us-east-1")],
        ])
        #expect(Self.failures(backtest) == ["a 0^-", "b 0^-1", "a 1-"])
        #expect(backtest.scans.map(\.counts.fail) == [2, 2])
    }
}
