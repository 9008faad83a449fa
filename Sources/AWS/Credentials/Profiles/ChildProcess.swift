internal import CShims
internal import Glibc

/// Runs a program to its end and keeps what it writes to standard output. Standard input and standard error lead
/// nowhere, and there is no terminal that it could ask on.
enum ChildProcess {
    struct Limits: Sendable {
        var time: Duration = .seconds(60)
        /// Bytes of output.
        var output = 64 << 10
    }

    enum Failure: Error {
        /// With the number of the system's error.
        case didNotStart(Int32)
        case exited(Int32)
        case killed(signal: Int32)
        case tookTooLong
        case wroteTooMuch
        case cancelled

        /// What the program did, in words that hold nothing of what it wrote.
        func words(_ limits: Limits) -> String {
            switch self {
            case .didNotStart(let code): "does not start: \(String(cString: strerror(code)))"
            case .exited(let status): "failed with exit status \(status)"
            case .killed(let signal): "was ended by signal \(signal)"
            case .tookTooLong: "did not end within \(limits.time)"
            case .wroteTooMuch: "wrote more than \(limits.output) bytes"
            case .cancelled: "was ended, because the run was"
            }
        }
    }

    /// The first of `words` is looked for in PATH. Ends the program and its children where a limit is met.
    static func output(
        of words: [String], environment: [String: String], limits: Limits
    ) async throws(Failure) -> [UInt8] {
        let (process, output) = try start(words, environment)
        defer { close(output) }
        let deadline = ContinuousClock.now + limits.time
        var bytes: [UInt8] = []
        var isOpen = true
        while true {
            let status = exitStatus(process)
            if isOpen { isOpen = drain(output, into: &bytes, limit: limits.output) }
            if bytes.count > limits.output {
                if status == nil { end(process) }
                throw .wroteTooMuch
            }
            switch status {
            case .success?: return bytes
            case .failure(let failure)?: throw failure
            case nil: break
            }
            guard ContinuousClock.now < deadline else {
                end(process)
                throw .tookTooLong
            }
            do {
                try await Task.sleep(for: .milliseconds(10))
            } catch {
                end(process)
                throw .cancelled
            }
        }
    }

    /// The program's number, and where its output can be read.
    private static func start(
        _ words: [String], _ environment: [String: String]
    ) throws(Failure) -> (process: pid_t, output: Int32) {
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        var output: Int32 = -1
        let code = parapet_spawn(&arguments, &variables, &process, &output)
        guard code == 0 else { throw .didNotStart(code) }
        return (process, output)
    }

    /// Takes what there is to read, and at most one buffer more than the limit. False at the end of the output.
    private static func drain(_ file: Int32, into bytes: inout [UInt8], limit: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= limit {
            var state = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, 0) > 0 else { return true }
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes += buffer[..<count]
        }
        return true
    }

    /// Nil while the program runs.
    private static func exitStatus(_ process: pid_t) -> Result<Void, Failure>? {
        var status: Int32 = 0
        let result = waitpid(process, &status, WNOHANG)
        if result == 0 || (result < 0 && errno == EINTR) { return nil }
        let signal = status & 0x7F
        let code = status >> 8 & 0xFF
        if result < 0 { return .failure(.killed(signal: 0)) }
        if signal != 0 { return .failure(.killed(signal: signal)) }
        return code == 0 ? .success(()) : .failure(.exited(code))
    }

    private static func end(_ process: pid_t) {
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
