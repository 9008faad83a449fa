/// What a remote is offered: the token over https, the keys of the ssh agent over ssh.
///
/// The token goes to the remote's own host only, never over plain http (but to this machine), and is in no message.
public struct Credentials: Sendable, CustomStringConvertible {
    /// The account; GitHub takes any for a token.
    public let username: String?
    public let token: String?

    public init(username: String? = nil, token: String? = nil) {
        self.username = username
        self.token = token
    }

    /// No token: public repositories, the ssh agent.
    public static let none = Credentials()

    public var description: String { token == nil ? "no token" : "a token" }
}
