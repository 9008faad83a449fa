internal import CLibgit2

/// Who made a commit, and when.
public struct Signature: Hashable, Sendable {
    public let name: String
    public let email: String
    /// Since 1970.
    public let seconds: Int64
    /// East of Greenwich.
    public let offsetMinutes: Int

    public init(name: String, email: String, seconds: Int64, offsetMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// The caller frees it.
    func raw() throws(GitError) -> UnsafeMutablePointer<git_signature> {
        var signature: UnsafeMutablePointer<git_signature>?
        let code = git_signature_new(&signature, name, email, seconds, Int32(clamping: offsetMinutes))
        guard code == 0, let signature else {
            throw GitError(.invalid, "`\(name)` and `\(email)` are not an author that git can store")
        }
        return signature
    }
}
