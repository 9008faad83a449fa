internal import CLibgit2

extension GitError {
    /// Reads libgit2's last error on this thread; `action` completes "cannot ...".
    init(libgit2 code: Int32, _ action: String) {
        let last = git_error_last()
        let text = last?.pointee.message.map { String(cString: $0) } ?? "error \(code)"
        let family = code == GIT_EUSER.rawValue ? 0 : last?.pointee.klass ?? 0
        let kind = Self.kind(code: code, family: git_error_t(UInt32(bitPattern: family)), text: text)
        self.init(kind, "cannot \(action): \(text)", help: Self.help(for: kind))
    }

    /// The family of libgit2's last error on this thread.
    static var lastFamily: git_error_t {
        git_error_t(UInt32(bitPattern: git_error_last()?.pointee.klass ?? 0))
    }

    private static func kind(code: Int32, family: git_error_t, text: String) -> Code {
        if text.contains("Permission denied") || text.contains("Read-only file system") {
            return family == GIT_ERROR_SSH ? .authentication : .readOnly
        }
        // Some walks lose the code on the way.
        if text.hasPrefix("object not found") { return .missingObject }
        switch git_error_code(code) {
        case GIT_EAUTH: return .authentication
        case GIT_ECERTIFICATE: return .network
        case GIT_ELOCKED: return .locked
        case GIT_EOWNER: return .notOwned
        case GIT_EINVALIDSPEC: return .invalid
        case GIT_ENONFASTFORWARD: return .outrun
        case GIT_ENOTFOUND where family == GIT_ERROR_ODB: return .missingObject
        default: break
        }
        if text.hasPrefix("failed to connect") || text.hasPrefix("failed to resolve address") { return .network }
        switch family {
        case GIT_ERROR_HTTP where text.contains("status code: 401") || text.contains("status code: 403"):
            return .authentication
        case GIT_ERROR_SSH where text.contains("authenticat"): return .authentication
        case GIT_ERROR_NET, GIT_ERROR_SSL, GIT_ERROR_SSH, GIT_ERROR_HTTP: return .network
        default: return .other
        }
    }

    private static func help(for kind: Code) -> String? {
        switch kind {
        case .readOnly: "run it as a user who may write to the repository"
        case .authentication:
            "for https, give a token that may read and write the repository; for ssh, load a key into the agent"
        case .missingObject: "the object was not fetched, or the repository is damaged: `git fsck` tells"
        default: nil
        }
    }
}
