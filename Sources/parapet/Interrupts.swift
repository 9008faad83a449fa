internal import Glibc

/// What an interrupt from the keyboard does.
enum Interrupts {
    /// Ends the program at once with 130. Nothing is half-written at any moment but while references are locked.
    static func exitWith130() {
        signal(SIGINT) { _ in _exit(130) }
        signal(SIGTERM) { _ in _exit(130) }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Holds interrupts back while references are locked, so that no lock stays behind.
    static func held<Success, Failure: Error>(_ body: () throws(Failure) -> Success) throws(Failure) -> Success {
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        defer { exitWith130() }
        return try body()
    }
}
