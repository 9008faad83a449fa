import AWSModels
import Documents
import Foundation
import HTTP
import Synchronization

@testable import AWS

enum Fixtures {
    /// The models in the source tree.
    static let models: ModelLibrary = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/AWSModels/models").standardizedFileURL
        return ModelLibrary { name in
            (try? Data(contentsOf: folder.appending(path: "\(name).json"))).map { [UInt8]($0) }
        }
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
