internal import Documents
internal import Synchronization

/// How far AWS's clock is ahead of ours, as far as a refusal has told. Shared by the clients of a run.
final class ClockOffset: Sendable {
    /// Signatures hold for five minutes before and after; some of that is lost on the way.
    static let tolerated: Int64 = 240
    /// A clock that is further off is not adjusted to: whoever sends such dates would collect signatures for other days.
    static let longest: Int64 = 86_400

    static let codes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]

    private let microseconds = Mutex<Int64>(0)

    func adjusted(_ moment: Timestamp) -> Timestamp {
        Timestamp(microseconds: moment.microseconds + microseconds.withLock { $0 })
    }

    /// Takes over the clock of a service that refused what was signed for `signed`. False where its clock cannot have been
    /// the reason, or is too far from ours.
    func adjust(to theirs: Timestamp, signed: Timestamp, ours: Timestamp) -> Bool {
        guard abs(theirs.seconds - signed.seconds) > Self.tolerated,
            abs(theirs.seconds - ours.seconds) <= Self.longest
        else { return false }
        microseconds.withLock { $0 = theirs.microseconds - ours.microseconds }
        return true
    }
}
