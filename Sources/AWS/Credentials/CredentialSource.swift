/// A place where credentials may be found.
public protocol CredentialSource: Sendable {
    /// Where it looks, in words.
    var name: String { get }

    /// The credentials there; nil where the place is not set up. It is an error where it is set up and unfit.
    func find() async throws(AWSError) -> Credentials?
}
