import Rules
import TestSupport
import Testing

@testable import Posture

@Suite struct ScoreTests {
    private typealias Check = (kind: VerdictKind, severity: Severity)

    private static func score(_ checks: [Check]) -> Int {
        var score = Score()
        for check in checks { score.add(check.kind, check.severity) }
        return score.value
    }

    private static func checks(_ random: inout SeededGenerator) -> [Check] {
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
            (
                VerdictKind.allCases.randomElement(using: &random) ?? .pass,
                Severity.allCases.randomElement(using: &random) ?? .low
            )
        }
    }

    @Test(arguments: 0..<40) func holdsItsPromises(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            let checks = Self.checks(&random)
            let before = Self.score(checks)
            #expect((0...100).contains(before))
            #expect(Self.score(checks.shuffled(using: &random)) == before)
            for index in checks.indices {
                var other = checks
                if checks[index].kind == .fail {
                    other[index].kind = .pass
                    #expect(Self.score(other) >= before, "a failure became a pass")
                }
                other[index].kind = .unknown
                #expect(Self.score(other) <= before, "\(checks[index].kind) became unknown")
                other[index].kind = .fail
                #expect(Self.score(other) <= before, "\(checks[index].kind) became a failure")
            }
        }
    }

    @Test(
        arguments: [
            ([], 100), ([.notApplicable], 100), ([.pass], 100), ([.fail], 0), ([.unknown], 0), ([.pass, .unknown], 50),
            ([.pass, .pass, .fail], 66), ([.pass, .notApplicable, .fail], 50),
        ] as [([VerdictKind], Int)])
    func isTheShareOfPassedChecks(kinds: [VerdictKind], value: Int) {
        #expect(Self.score(kinds.map { ($0, .medium) }) == value)
    }

    @Test func isNotAHundredWhileAnythingIsOpen() {
        let passes = Array(repeating: Check(.pass, .critical), count: 100_000)
        #expect(Self.score(passes + [(.fail, .info)]) == 99)
    }

    @Test func weighsSeverities() {
        let weights = Severity.allCases.map(Score.weight)
        #expect(weights == weights.sorted(by: >) && Set(weights).count == weights.count)
        #expect(Self.score([(.pass, .critical), (.fail, .medium)]) == 83)
    }
}
