import Documents
import HTTP
import Testing

@testable import AWS

/// The worked examples of Amazon S3's documentation.
struct PresigningTests {
    private static let credentials = Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    private static let moment = Timestamp("2013-05-24T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let request = SignableRequest(
        method: "GET", path: "/test.txt", headers: [("Host", "examplebucket.s3.amazonaws.com")])

    private func signer(_ change: (inout SigV4Signer.Rules) -> Void = { _ in }) -> SigV4Signer {
        var rules = SigV4Signer.Rules.s3
        change(&rules)
        return SigV4Signer(credentials: Self.credentials, region: "us-east-1", service: "s3", rules: rules)
    }

    @Test func presignsAnObject() throws {
        let url = try signer().presignedURL(Self.request, at: Self.moment, lifetime: 86_400)
        #expect(
            url == "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
    }

    @Test func signsARangeInHeaders() {
        var request = Self.request
        request.headers.append(("Range", "bytes=0-9"))
        let authorization = signer().sign(request, at: Self.moment).first { $0.name == "Authorization" }?.value
        #expect(
            authorization?.hasSuffix("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
                == true)
    }

    @Test func leavesTheBodyUnsigned() {
        var request = Self.request
        let signer = signer { $0.leavesBodyUnsigned = true }
        let empty = signer.sign(request, at: Self.moment)
        #expect(empty.contains { $0.name == "X-Amz-Content-Sha256" && $0.value == "UNSIGNED-PAYLOAD" })
        request.body = [1, 2, 3]
        #expect(signer.sign(request, at: Self.moment).last?.value == empty.last?.value)
        #expect(self.signer().sign(request, at: Self.moment).last?.value != empty.last?.value)
    }

    /// S3 never knows the body of a request that is signed beforehand; other services sign that there is none.
    @Test func theBodyOfAPresignedRequestIsS3sOwnBusiness() throws {
        var request = Self.request
        request.body = [1]
        let plain = try signer().presignedURL(Self.request, at: Self.moment, lifetime: 60)
        #expect(try signer().presignedURL(request, at: Self.moment, lifetime: 60) == plain)
        let other = SigV4Signer(credentials: Self.credentials, region: "us-east-1", service: "sts")
        let bodies = try [[], [1]].map { (body: [UInt8]) in
            request.body = body
            return try other.presignedURL(request, at: Self.moment, lifetime: 60)
        }
        #expect(bodies[0] != bodies[1])
    }

    @Test func signsTheSessionToken() throws {
        let temporary = Credentials(accessKeyID: "ASIA", secretAccessKey: "s", sessionToken: "a/b+c=")
        let signer = SigV4Signer(credentials: temporary, region: "eu-west-1", service: "s3", rules: .s3)
        let url = try signer.presignedURL(Self.request, at: Self.moment, lifetime: 1)
        #expect(url.contains("&X-Amz-Security-Token=a%2Fb%2Bc%3D&"))
    }

    @Test(arguments: [-1, 0, 604_801, Int.max])
    func refusesOtherLifetimes(_ lifetime: Int) {
        #expect(throws: AWSError.self) {
            try signer().presignedURL(Self.request, at: Self.moment, lifetime: lifetime)
        }
    }

    @Test func needsAHost() {
        let request = SignableRequest(method: "GET", path: "/")
        #expect(throws: AWSError.self) { try signer().presignedURL(request, at: Self.moment, lifetime: 1) }
    }
}
