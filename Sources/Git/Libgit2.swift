internal import CLibgit2
internal import CShims
internal import Glibc

/// The library's process-wide state: started once, at the first use of a repository.
enum Libgit2 {
    /// The environment variable that turns off the check of who owns a repository.
    static let trustVariable = "PARAPET_GIT_TRUST_ALL_OWNERS"

    private static let started: Bool = {
        guard git_libgit2_init() > 0 else { return false }
        // Debian links mbedTLS, which knows no certificates of its own.
        let certificates = "/etc/ssl/certs/ca-certificates.crt"
        if access(certificates, R_OK) == 0 { _ = parapet_git_set_certificates(certificates) }
        // Both only change how git itself looks for configuration and missing objects.
        withCStrings(["worktreeconfig", "partialclone"]) { names, count in
            _ = parapet_git_set_extensions(names, count)
        }
        if let value = getenv(trustVariable), String(cString: value) == "1" {
            _ = parapet_git_set_owner_validation(0)
        }
        return true
    }()

    static func start() throws(GitError) {
        guard started else { throw GitError(.other, "libgit2 does not start") }
    }

    /// Throws what libgit2 said last if `code` is an error.
    static func check(_ code: Int32, _ action: @autoclosure () -> String) throws(GitError) {
        guard code >= 0 else { throw GitError(libgit2: code, action()) }
    }

    /// Lends texts as C strings for the duration of `body`.
    static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?, Int) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress, $0.count) }
    }

    /// Lends texts as libgit2's list of strings for the duration of `body`.
    static func withStringArray(_ texts: [String], _ body: (UnsafePointer<git_strarray>) -> Int32) -> Int32 {
        var copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return copies.withUnsafeMutableBufferPointer { buffer in
            var list = git_strarray(strings: buffer.baseAddress, count: buffer.count)
            return body(&list)
        }
    }
}
