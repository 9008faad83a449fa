internal import Glibc

/// Waits between attempts.
enum Pause {
    /// A random time up to a tenth of a second, doubled with each attempt.
    static func jittered(_ attempt: Int) {
        let most = 100_000 << min(attempt, 5)
        usleep(UInt32.random(in: 0...UInt32(most)))
    }
}
