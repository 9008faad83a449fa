internal import CShims
internal import Glibc
internal import Synchronization

/// What an interrupt (SIGINT, SIGTERM) does: the program says what is kept, and ends with 130.
final class Interrupts: Sendable {
    /// Signals belong to the process.
    static let shared = Interrupts()

    private struct State {
        var isHeld = false
        var isPending = false
        var outcome = ""
    }

    private let state = Mutex(State())

    private init() {}

    /// Waits for interrupts on a thread of its own. Where that cannot be, they end the program at once.
    func watch() {
        signal(SIGPIPE, SIG_IGN)
        let pipe = parapet_catch_interrupts()
        guard pipe >= 0 else { return }
        var thread = pthread_t()
        let started = pthread_create(
            &thread, nil,
            { argument in
                let pipe = Int32(Int(bitPattern: argument))
                var byte: UInt8 = 0
                while read(pipe, &byte, 1) > 0 || errno == EINTR { Interrupts.shared.interrupted() }
                return nil
            }, UnsafeMutableRawPointer(bitPattern: Int(pipe)))
        guard started == 0 else {
            signal(SIGINT, SIG_DFL)
            signal(SIGTERM, SIG_DFL)
            return
        }
        pthread_detach(thread)
    }

    /// Sets what is said of the work so far: `nothing has landed`.
    func tell(_ outcome: String) { state.withLock { $0.outcome = outcome } }

    /// Holds an interrupt back while something is written that belongs together; a second one ends the program at once.
    ///
    /// - Parameter outcome: what has come of the work after that.
    func held<Success, Failure: Error>(
        telling outcome: String, _ body: () throws(Failure) -> Success
    ) throws(Failure) -> Success {
        state.withLock { $0.isHeld = true }
        defer {
            let isPending = state.withLock { state in
                state.isHeld = false
                return state.isPending
            }
            if isPending { end() }
        }
        let success = try body()
        tell(outcome)
        return success
    }

    private func interrupted() {
        let waits = state.withLock { state in
            guard state.isHeld, !state.isPending else { return false }
            state.isPending = true
            return true
        }
        guard waits else { end() }
        Console.standard.warning("interrupted: what is being written is finished first; interrupt again to end at once")
    }

    private func end() -> Never {
        let outcome = state.withLock { $0.outcome }
        Console.standard.endProgress()
        Console.standard.error(outcome.isEmpty ? "interrupted" : "interrupted: \(outcome)")
        _exit(ExitStatus.interrupted.rawValue)
    }
}
