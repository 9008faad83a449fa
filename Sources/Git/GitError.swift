/// What went wrong with a repository or a remote.
///
/// The message is lower case, has no full stop and no credentials; the help says what to do about it.
public struct GitError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    public let message: String
    public let help: String?

    public init(_ code: Code, _ message: String, help: String? = nil) {
        self.code = code
        self.message = Redaction.clean(message)
        self.help = help
    }

    /// The message, and the help on a line of its own.
    public var description: String {
        help.map { "\(message)\nhelp: \($0)" } ?? message
    }
}
