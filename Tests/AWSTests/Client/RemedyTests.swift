import Documents
import HTTP
import Synchronization
import Testing

@testable import AWS

/// Refusals that the client can do something about: once, and then they stand.
struct RemedyTests {
    /// Fixtures sign on 2015-08-30 at 12:36:00.
    private static let early = "Sun, 30 Aug 2015 12:30:00 GMT"
    private static let late = "Sun, 30 Aug 2015 14:36:00 GMT"
    private static let near = "Sun, 30 Aug 2015 12:39:00 GMT"
    private static let farOff = "Sun, 06 Sep 2015 12:36:00 GMT"

    private static func refusal(_ code: String, date: String? = nil) -> ScriptedTransport.Answer {
        .response(403, RetryTests.problem(code), date.map { ["Date": $0] } ?? [:])
    }
    private static let success = ScriptedTransport.Answer.response(200, RetryTests.identity, [:])

    private func code(_ client: AWSClient) async -> AWSError.Code? {
        do throws(AWSError) {
            _ = try await client.call("sts", "GetCallerIdentity", region: "eu-west-1")
            return nil
        } catch {
            return error.code
        }
    }

    private func dates(_ transport: ScriptedTransport) -> [String?] {
        transport.requests.map { $0.headers.first { $0.name == "X-Amz-Date" }?.value }
    }

    @Test(
        arguments: [
            "RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException", "SignatureDoesNotMatch",
            "RequestInTheFuture", "AuthFailure",
        ], [early, late])
    func adjustsTheClockAndKeepsIt(_ refusal: String, _ date: String) async {
        let (client, transport) = Fixtures.client([Self.refusal(refusal, date: date), Self.success])
        #expect(await code(client) == nil)
        #expect(await code(client.using(StaticCredentialProvider(Fixtures.credentials))) == nil)
        let theirs = date == Self.early ? "20150830T123000Z" : "20150830T143600Z"
        #expect(dates(transport) == ["20150830T123600Z", theirs, theirs])
    }

    @Test func adjustsTheClockOnce() async {
        let (client, transport) = Fixtures.client([
            Self.refusal("RequestTimeTooSkewed", date: Self.late),
            Self.refusal("RequestTimeTooSkewed", date: Self.early),
        ])
        #expect(await code(client) == "RequestTimeTooSkewed")
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [near, farOff, "yesterday", nil])
    func leavesTheClockAlone(_ date: String?) async {
        let (client, transport) = Fixtures.client([Self.refusal("InvalidSignatureException", date: date)])
        #expect(await code(client) == "InvalidSignatureException")
        #expect(dates(transport) == ["20150830T123600Z"])
    }

    @Test func otherRefusalsDoNotMoveTheClock() async {
        let (client, transport) = Fixtures.client([Self.refusal("AccessDenied", date: Self.late)])
        #expect(await code(client) == "AccessDenied")
        #expect(await code(client) == "AccessDenied")
        #expect(dates(transport) == ["20150830T123600Z", "20150830T123600Z"])
    }

    /// Gives out keys with a number, the next one after each that was discarded.
    private final class Numbered: CredentialProvider {
        let number = Mutex(1)
        let discarded = Mutex<[String]>([])

        func credentials() async throws(AWSError) -> Credentials {
            let id = number.withLock { "KEY\($0)" }
            return Credentials(accessKeyID: id, secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN")
        }

        func discard(_ credentials: Credentials) async {
            discarded.withLock { $0.append(credentials.accessKeyID) }
            number.withLock { $0 += 1 }
        }
    }

    private func keys(_ transport: ScriptedTransport) -> [Substring?] {
        transport.requests.map { request in
            let text = request.headers.first { $0.name == "Authorization" }?.value
            return text?.split(separator: "=")[1].split(separator: "/").first
        }
    }

    @Test(arguments: ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"])
    func fetchesCredentialsAnew(_ refusal: String) async {
        let (base, transport) = Fixtures.client([Self.refusal(refusal), Self.success])
        let provider = Numbered()
        #expect(await code(base.using(provider)) == nil)
        #expect(keys(transport) == ["KEY1", "KEY2"])
        #expect(provider.discarded.withLock { $0 } == ["KEY1"])
    }

    @Test func fetchesCredentialsOnceForACall() async {
        let (base, transport) = Fixtures.client([Self.refusal("ExpiredToken")])
        let provider = Numbered()
        #expect(await code(base.using(provider)) == "ExpiredToken")
        #expect(keys(transport) == ["KEY1", "KEY2"])
    }

    @Test func aProviderForgetsOnlyWhatIsStale() async throws {
        let count = Mutex(0)
        let provider = RefreshingCredentialProvider { () async throws(AWSError) -> Credentials in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return Credentials(accessKeyID: "KEY\(number)", secretAccessKey: "s")
        }
        let first = try await provider.credentials()
        await provider.discard(first)
        // Others that were refused at the same time come later.
        let second = try await provider.credentials()
        await provider.discard(first)
        #expect(try await provider.credentials() == second)
        #expect(second.accessKeyID == "KEY2")
    }
}
