import AWS
import Collection
import Documents
import Synchronization

/// Answers calls from a script, and notes them.
final class ScriptedCaller: APICaller {
    typealias Answer = Result<JSON, AWSError>

    private struct State {
        var calls: [String] = []
        var running = 0
        var mostRunning = 0
    }

    private let script: @Sendable (_ call: String, _ input: JSON, _ region: String) -> Answer
    private let pause: Duration
    private let state = Mutex(State())

    init(pause: Duration = .zero, _ script: @escaping @Sendable (String, JSON, String) -> Answer) {
        self.pause = pause
        self.script = script
    }

    /// `service:Operation region {input}`, in the order of the calls.
    var calls: [String] { state.withLock { $0.calls } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }

    func answer(_ service: String, _ operation: String, _ input: JSON, region: String) async throws(AWSError) -> JSON {
        state.withLock { state in
            state.calls.append("\(service):\(operation) \(region) \(input.text())")
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        if pause > .zero { try? await Task.sleep(for: pause) }
        return try script("\(service):\(operation)", input, region).get()
    }
}

func failure(_ code: String) -> ScriptedCaller.Answer {
    .failure(AWSError(AWSError.Code(rawValue: code), "no", kind: .denied))
}
