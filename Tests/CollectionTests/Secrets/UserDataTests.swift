import Collection
import Documents
import Resources
import Rules
import Testing

/// User data of instances from the call to the verdict.
@Suite struct UserDataTests {
    private static func collect(_ userData: ScriptedCaller.Answer) async throws -> Snapshot {
        let caller = ScriptedCaller { call, input, _ in
            switch call {
            case "ec2:DescribeInstances":
                let tags: JSON = [["Key": "password", "Value": "hunter2"]]
                return .success(["Reservations": [["Instances": [["InstanceId": "i-1", "Tags": tags]]]]])
            case "ec2:DescribeInstanceAttribute":
                guard input == ["InstanceId": "i-1", "Attribute": "userData"] else { return failure("Unexpected") }
                return userData
            default: return .success([:])
            }
        }
        return await Fixtures.collect(try Fixtures.plan(["ec2"]), caller, regions: ["eu-west-1"])
    }

    private static func answer(_ text: String) -> ScriptedCaller.Answer {
        .success(["InstanceId": "i-1", "UserData": ["Value": .string(Base64.encode(Array(text.utf8)))]])
    }

    @Test(
        arguments: [
            (answer("#!/bin/sh\nDB_PASSWORD=hunter2"), .fail), (answer("#!/bin/sh\necho hello"), .pass),
            (.success(["InstanceId": "i-1", "UserData": [:]]), .pass),
            (.success(["InstanceId": "i-1", "UserData": ["Value": "H4sIAAAA"]]), .unknown),
            (failure("UnauthorizedOperation"), .unknown),
        ] as [(ScriptedCaller.Answer, VerdictKind)])
    func aRuleCanSayThatThereAreNone(answer: ScriptedCaller.Answer, kind: VerdictKind) async throws {
        let snapshot = try await Self.collect(answer)
        let instance = try #require(snapshot.resources["AWS::EC2::Instance"]?.first)
        #expect(instance.tags == ["password": "(secret password-like-key)"])
        #expect(!instance.envelope.text().contains("hunter2"))
        let rule = try Fixtures.rule(
            """
            rule: x
            title: X
            severity: low
            resource: AWS::EC2::Instance
            pass_when: {UserData.Secrets: {count: {eq: 0}}}
            """)
        let context = EvaluationContext(catalog: try Fixtures.catalog(), snapshot: snapshot)
        let verdicts = RuleEvaluator(rule, settings: [:], in: context).verdicts()
        #expect(verdicts.map(\.kind) == [kind])
    }
}
