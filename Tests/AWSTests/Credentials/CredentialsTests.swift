import Documents
import Foundation
import Synchronization
import Testing

@testable import AWS

struct CredentialsTests {
    @Test func textNeverShowsSecrets() {
        let credentials = Fixtures.credentials
        var dumped = ""
        dump(credentials, to: &dumped)
        dump([credentials], to: &dumped)
        let texts = [
            "\(credentials)", String(reflecting: credentials), dumped, "\([credentials])",
            "\(Optional(credentials) as Any)",
            "\(StaticCredentialProvider(credentials))",
        ]
        for text in texts {
            #expect(!text.contains("topsecret"))
            #expect(!text.contains("tokentoken"))
            #expect(!text.contains("AKIDEXAMPLEAKID"))
        }
    }

    @Test func readsTheEnvironment() async throws {
        let chain = CredentialChain(environment: [
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c",
        ])
        #expect(try await chain.credentials() == Credentials(accessKeyID: "a", secretAccessKey: "b", sessionToken: "c"))
        let half = CredentialChain(environment: ["AWS_ACCESS_KEY_ID": "a", "AWS_PROFILE": "x"])
        await #expect { try await half.credentials() } throws: { error in
            "\(error)" == "InvalidCredentials: AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"
        }
    }

    @Test func readsSharedFiles() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "credentials-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = """
            # a comment
            [default]
            aws_access_key_id = one
            aws_secret_access_key=two/+= ; a comment
            [ other ]
            aws_access_key_id = three
            """
        try text.write(to: file, atomically: true, encoding: .utf8)
        let environment = ["AWS_SHARED_CREDENTIALS_FILE": file.path]
        let found = try await CredentialChain(environment: environment).credentials()
        #expect(found == Credentials(accessKeyID: "one", secretAccessKey: "two/+="))
        let half = CredentialChain(environment: environment.merging(["AWS_PROFILE": "other"]) { $1 })
        await #expect(throws: AWSError.self) { try await half.credentials() }
        let none = CredentialChain(environment: environment.merging(["AWS_PROFILE": "missing"]) { $1 })
        await #expect { try await none.credentials() } throws: { error in
            let text = "\(error)"
            return text.contains("tried the environment") && text.contains("profile `missing` in \(file.path)")
        }
    }

    @Test func fetchesOnceForAllWhoWait() async throws {
        let fetches = Mutex(0)
        let now = Mutex<Int64>(0)
        let provider = RefreshingCredentialProvider(now: { Timestamp(seconds: now.withLock { $0 }) }) {
            () async throws(AWSError) -> Credentials in
            let count = fetches.withLock { count in
                count += 1
                return count
            }
            try? await Task.sleep(for: .milliseconds(20))
            return Credentials(
                accessKeyID: "k\(count)", secretAccessKey: "s", expiry: Timestamp(seconds: Int64(count) * 3_600))
        }
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await provider.credentials().accessKeyID } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(keys == ["k1"])
        now.withLock { $0 = 2_990 }
        #expect(try await provider.credentials().accessKeyID == "k1")
        now.withLock { $0 = 3_001 }
        #expect(try await provider.credentials().accessKeyID == "k2")
        #expect(fetches.withLock { $0 } == 2)
    }
}
