import AWS
import Collection
import Documents
import Resources
import Testing

/// Regions in which nothing can be read, and what is told of them.
@Suite struct RegionWatchTests {
    static let off = "eu-south-1"

    private func collect(
        _ fails: @escaping @Sendable (_ call: String) -> AWSError?
    ) async throws -> (snapshot: Snapshot, progress: CollectionProgress) {
        let plan = try Fixtures.plan(["ebs", "kms"])
        let progress = CollectionProgress()
        let caller = ScriptedCaller { call, _, region in
            if region == Self.off, let error = fails(call) { return .failure(error) }
            switch call {
            case "ec2:DescribeVolumes": return .success(["Volumes": []])
            case "ec2:DescribeSnapshots": return .success(["Snapshots": []])
            case "kms:ListKeys": return .success(["Keys": []])
            default: return .success([:])
            }
        }
        let target = Collector.Target(
            account: "111122223333", partition: "aws", regions: ["eu-west-1", Self.off], globalRegion: "us-east-1")
        let collector = Collector(plan: plan, target: target, client: caller, progress: progress)
        return (await collector.collect(at: Timestamp(seconds: 0)), progress)
    }

    private static func error(_ code: AWSError.Code, _ kind: AWSError.Kind, _ call: String) -> AWSError {
        let parts = call.split(separator: ":").map(String.init)
        return AWSError(code, "no", kind: kind, service: parts[0], operation: parts[1], region: off)
    }

    /// All codes of what could not be read in the region.
    private static func codes(_ snapshot: Snapshot) -> Set<String> {
        let gaps = snapshot.gaps.filter { $0.region == off }.map(\.code)
        let attributes = snapshot.resources.values.joined().filter { $0.region == off }.flatMap(\.uncollected.values)
        return Set(gaps + attributes).subtracting(["NotRequested"])
    }

    @Test func aRegionThatIsNotEnabledHasOneName() async throws {
        let (snapshot, progress) = try await collect { call in
            Self.error(call.hasPrefix("ec2:") ? "AuthFailure" : "UnrecognizedClientException", .credentials, call)
        }
        #expect(Self.codes(snapshot) == ["RegionNotEnabled"])
        #expect(progress.regionsOff.keys.sorted() == [Self.off])
        #expect(progress.regionsOff[Self.off]?.state == .notEnabled)
        #expect(progress.regionsOff[Self.off]?.codes == ["AuthFailure", "UnrecognizedClientException"])
        #expect(!snapshot.gaps.contains { $0.region == "eu-west-1" })
    }

    @Test func aRegionThatTheOrganisationDeniesHasOneName() async throws {
        let (snapshot, progress) = try await collect { call in
            Self.error(.deniedByServiceControlPolicy, .denied, call)
        }
        #expect(Self.codes(snapshot) == ["RegionDenied"])
        #expect(progress.regionsOff[Self.off]?.state == .denied)
    }

    @Test(arguments: [
        ("kms:ListKeys", AWSError.Code("AuthFailure"), AWSError.Kind.credentials),
        ("ec2:DescribeVolumes", .deniedByServiceControlPolicy, .denied),
    ])
    func oneAnswerIsEnoughForARegion(call: String, code: AWSError.Code, kind: AWSError.Kind) async throws {
        let (snapshot, progress) = try await collect { $0 == call ? nil : Self.error(code, kind, $0) }
        #expect(Self.codes(snapshot) == [code.rawValue])
        #expect(progress.regionsOff.isEmpty)
    }

    @Test func denialsWithoutTheOrganisationsAreNoRegion() async throws {
        let (snapshot, progress) = try await collect { Self.error("AccessDenied", .denied, $0) }
        #expect(Self.codes(snapshot) == ["AccessDenied"])
        #expect(progress.regionsOff.isEmpty)
    }

    @Test func othersKeepTheirCodesInARegionThatIsOff() async throws {
        let (snapshot, progress) = try await collect { call in
            call.hasPrefix("kms:")
                ? Self.error(.hostNotFound, .network, call)
                : Self.error(.deniedByServiceControlPolicy, .denied, call)
        }
        #expect(Self.codes(snapshot) == ["RegionDenied", "HostNotFound"])
        #expect(progress.missingServices.map(\.service) == ["kms"])
    }

    @Test(arguments: [AWSError.Code.noEndpoint, .hostNotFound])
    func aServiceThatIsNotThereIsNamed(code: AWSError.Code) async throws {
        let (snapshot, progress) = try await collect { call in
            call.hasPrefix("kms:") ? Self.error(code, .network, call) : nil
        }
        #expect(Self.codes(snapshot) == [code.rawValue])
        #expect(
            progress.missingServices.map { [$0.service, $0.region, $0.code] } == [["kms", Self.off, code.rawValue]])
    }
}
