/// The program's exit codes. They do not depend on the output's format.
enum ExitStatus: Int32, Error {
    case good = 0
    /// Findings at or above the threshold; failed tests.
    case findings = 1
    /// The configuration or the command line is wrong.
    case configuration = 2
    /// More is unknown than allowed, or a tenant could not be collected.
    case incomplete = 3
    /// An outside service, git included, failed.
    case outside = 4
    case defect = 70
    case interrupted = 130

    /// Of several outcomes, the one that counts: 70, 2, 4, 3, 1, 0.
    static func worst(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
        let order: [ExitStatus] = [.defect, .configuration, .outside, .incomplete, .findings]
        let given = Set(statuses)
        return order.first(where: given.contains) ?? .good
    }
}

/// An error that ends a command: what happened, what to do, and the exit code.
struct CommandFailure: Error {
    var status: ExitStatus
    var message: String
    var help: String?

    init(_ status: ExitStatus, _ message: String, help: String? = nil) {
        self.status = status
        self.message = message
        self.help = help
    }
}
