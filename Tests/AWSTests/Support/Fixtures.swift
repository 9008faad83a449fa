import AWSModels
import Documents
import Foundation
import HTTP
import Synchronization

@testable import AWS

enum Fixtures {
    /// The top of the source tree.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardizedFileURL

    private static let folder = root.appending(path: "Sources/AWSModels/models")

    /// The models in the source tree.
    static let models = ModelLibrary { name in
        (try? Data(contentsOf: folder.appending(path: "\(name).json"))).map { [UInt8]($0) }
    }

    /// The services that have a model.
    static let services: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") && $0 != "endpoints.json" }.map { String($0.dropLast(5)) }.sorted()
    }()

    static let credentials = Credentials(
        accessKeyID: "AKIDEXAMPLEAKIDEXAMPLE", secretAccessKey: "topsecretvalue", sessionToken: "tokentokentoken")

    static func client(
        _ answers: [ScriptedTransport.Answer], overrides: [String: String] = [:], delays: Delays = Delays()
    ) -> (AWSClient, ScriptedTransport) {
        let transport = ScriptedTransport(answers)
        var configuration = AWSClient.Configuration(environment: overrides)
        configuration.now = { Timestamp(seconds: 1_440_938_160) }
        configuration.clock = delays.clock
        configuration.random = { 1 }
        let client = AWSClient(
            transport: transport, models: models, credentials: StaticCredentialProvider(credentials),
            configuration: configuration)
        return (client, transport)
    }
}

/// Time that passes only where somebody sleeps; collects how long that was.
final class Delays: Sendable {
    private let list = Mutex<[Duration]>([])
    private let passed = Mutex(Duration.zero)
    var all: [Duration] { list.withLock { $0 } }
    var now: Duration { passed.withLock { $0 } }

    func advance(_ time: Duration) { passed.withLock { $0 += time } }

    var clock: MonotonicClock {
        MonotonicClock(
            now: { self.now },
            sleep: { delay in
                try Task.checkCancellation()
                self.list.withLock { $0.append(delay) }
                self.advance(delay)
            })
    }
}
