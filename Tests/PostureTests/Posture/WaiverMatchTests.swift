import Rules
import TestSupport
import Testing

@testable import Posture

@Suite struct WaiverMatchTests {
    private static let resource = ResourceReference(
        type: "AWS::S3::Bucket", id: "logs", arn: "arn:aws:s3:::logs", region: "eu-west-1")

    @Test(
        arguments: [
            (.init(id: "logs"), true), (.init(id: "log"), false), (.init(id: "LOGS"), false), (.init(id: "*"), false),
            (.init(arn: "arn:aws:s3:::logs"), true), (.init(arn: "arn:aws:s3:::l*"), true),
            (.init(arn: "arn:aws:s3:::log?"), true), (.init(arn: "arn:aws:s3:::logs?"), false),
            (.init(arn: "arn:aws:s3:::logs**"), true), (.init(arn: "arn:aws:s3"), false), (.init(arn: "*:logs"), true),
            (.init(arn: "s3*"), false),
            (.init(arn: "arn:*:*:::*g*"), true), (.init(arn: "arn:aws:s3:::*x"), false),
            (.init(tags: ["team": "a"]), true), (.init(tags: ["team": "b"]), false),
            (.init(tags: ["team": "a", "stage": "x"]), true), (.init(tags: ["team": "a", "none": "x"]), false),
            (.init(tags: ["Team": "a"]), false), (.init(tags: ["team": "a*"]), false),
            (.init(id: "logs", arn: "arn:aws:s3:::l*", tags: ["team": "a"]), true),
            (.init(id: "log", arn: "arn:aws:s3:::l*", tags: ["team": "a"]), false),
            (.init(id: "logs", arn: "arn:aws:s3:::x*", tags: ["team": "a"]), false),
            (.init(id: "logs", arn: "arn:aws:s3:::l*", tags: ["team": "b"]), false),
        ] as [(Waiver.Match, Bool)])
    func everyPartHasToHold(match: Waiver.Match, covers: Bool) {
        #expect(match.covers(Self.resource, tags: ["team": "a", "stage": "x"]) == covers)
    }

    @Test(
        arguments: [
            (.init(id: "x"), true), (.init(tenant: "prod"), true), (.init(tenant: "dev"), false),
            (.init(labels: ["stage": "production"]), true), (.init(labels: ["stage": "test"]), false),
            (.init(tenant: "dev", labels: ["stage": "production"]), false),
            (.init(labels: ["stage": "production", "team": "a"]), false),
        ] as [(Waiver.Match, Bool)])
    func tenantsAreMatchedByNameAndLabels(match: Waiver.Match, covers: Bool) {
        #expect(match.covers(tenant: "prod", labels: ["stage": "production"]) == covers)
    }

    @Test func tagsThatWereNotReadMatchNothing() {
        #expect(!Waiver.Match(tags: ["team": "a"]).covers(Self.resource, tags: [:]))
    }

    @Test func namesThatUnicodeCallsEqualStayApart() {
        let composed = ResourceReference(
            type: "T", id: "caf\u{E9}", arn: "arn:caf\u{E9}", region: "eu-west-1")
        #expect(Waiver.Match(id: "caf\u{E9}").covers(composed, tags: [:]))
        #expect(!Waiver.Match(id: "cafe\u{301}").covers(composed, tags: [:]))
        #expect(!Waiver.Match(arn: "arn:cafe\u{301}").covers(composed, tags: [:]))
        #expect(!Waiver.Match(tags: ["e\u{301}": "1"]).covers(composed, tags: ["\u{E9}": "1"]))
        #expect(!Waiver.Match(tags: ["a": "e\u{301}"]).covers(composed, tags: ["a": "\u{E9}"]))
    }

    @Test func aLongPatternEndsSoon() {
        let text = String(repeating: "a", count: 2_000)
        let pattern = String(repeating: "a*", count: 200) + "b"
        let time = ThreadTime()
        #expect(!Glob.matches(pattern, text))
        #expect(time.passed < .seconds(5))
    }
}
