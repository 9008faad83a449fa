import Documents
import Foundation
import HTTP
import Synchronization

@testable import AWS

/// A home folder, variables and endpoints for sources of credentials. Nothing leads out of the machine: whatever has no
/// stub goes to a port where nobody listens.
final class CredentialWorld {
    static let now = Timestamp(seconds: 1_800_000_000)
    static let later = "2027-01-15T09:00:00Z"
    static let secrets = ["SECRETSECRET", "TOKENTOKEN", "JWT.JWT.JWT", "BEARERBEARER"]

    let home: URL
    var environment: [String: String]
    var limits = ChildProcess.Limits()
    /// Kept alive as long as the world.
    var servers: [StubServer] = []

    init(_ environment: [String: String] = [:]) throws {
        home = FileManager.default.temporaryDirectory.appending(path: "parapet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let nowhere = "http://127.0.0.1:9"
        self.environment = ["HOME": home.path, "AWS_ENDPOINT_URL": nowhere, "AWS_EC2_METADATA_DISABLED": "true"]
            .merging(environment) { $1 }
    }

    deinit { try? FileManager.default.removeItem(at: home) }

    @discardableResult
    func write(_ path: String, _ text: String) throws -> String {
        let file = home.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A program for `credential_process`.
    func script(_ name: String, _ text: String) throws -> String {
        let path = try write(name, "#!/bin/sh\n\(text)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    func context() throws -> CredentialContext {
        var configuration = AWSClient.Configuration(environment: environment)
        configuration.now = { Self.now }
        configuration.clock.sleep = { _ in }
        return CredentialContext(
            environment: environment, transport: try HTTPClient(),
            direct: try HTTPClient(configuration: HTTPConfiguration(maximumBodySize: 64 << 10, usesProxy: false)),
            models: Fixtures.models, configuration: configuration, processLimits: limits)
    }

    func credentials() async throws -> Credentials { try await CredentialChain(try context()).credentials() }

    /// The text of the error that the chain ends with. No text may hold a secret.
    func failure() async -> String {
        do {
            let found = try await credentials()
            return "no error, but \(found.accessKeyID)"
        } catch {
            let text = "\(error)"
            return Self.secrets.contains { text.contains($0) } ? "A SECRET: \(text)" : text
        }
    }

    /// What STS says; the key is `key`.
    static func sts(_ operation: String, key: String, expiry: String = later) -> StubServer.Answer {
        .text(
            """
            <\(operation)Response><\(operation)Result><Credentials><AccessKeyId>\(key)</AccessKeyId>\
            <SecretAccessKey>SECRETSECRET</SecretAccessKey><SessionToken>TOKENTOKEN</SessionToken>\
            <Expiration>\(expiry)</Expiration></Credentials></\(operation)Result></\(operation)Response>
            """)
    }

    /// What an agent or the instance says.
    static func document(key: String, expiry: String = later) -> String {
        """
        {"Code": "Success", "AccessKeyId": "\(key)", "SecretAccessKey": "SECRETSECRET", "Token": "TOKENTOKEN",
         "Expiration": "\(expiry)"}
        """
    }

    static func form(_ body: String) -> [String: String] {
        Dictionary(
            body.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts[1]).removingPercentEncoding ?? "?")
            }
        ) { $1 }
    }
}
