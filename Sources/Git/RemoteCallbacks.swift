internal import CLibgit2

/// One conversation with a remote: what libgit2 asks, and what it tells.
///
/// libgit2 holds a plain pointer to it, so it has to outlive the call.
final class RemoteCallbacks {
    private let credentials: Credentials
    private let endpoint: Endpoint
    private var tried: UInt32 = 0
    private(set) var statuses: [String: PushStatus] = [:]
    private var progress: [UInt8] = []

    /// Of what the remote says beside its answers.
    private static let progressLimit = 4096

    init(credentials: Credentials, url: String) {
        self.credentials = credentials
        endpoint = Endpoint(url)
    }

    /// The table of functions that libgit2 calls.
    var raw: git_remote_callbacks {
        var raw = git_remote_callbacks()
        _ = git_remote_init_callbacks(&raw, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        raw.payload = Unmanaged.passUnretained(self).toOpaque()
        raw.credentials = { out, url, user, allowed, payload in
            guard let callbacks = RemoteCallbacks.from(payload) else { return GIT_EAUTH.rawValue }
            let url = url.map { String(cString: $0) } ?? ""
            let user = user.map { String(cString: $0) }
            return callbacks.answer(out, url: url, user: user, allowed: allowed)
        }
        raw.push_update_reference = { name, status, payload in
            guard let name, let callbacks = RemoteCallbacks.from(payload) else { return 0 }
            callbacks.note(String(cString: name), status.map { String(cString: $0) })
            return 0
        }
        raw.sideband_progress = { text, count, payload in
            guard let text, let callbacks = RemoteCallbacks.from(payload) else { return 0 }
            let room = RemoteCallbacks.progressLimit - callbacks.progress.count
            let bytes = UnsafeRawBufferPointer(start: text, count: min(Int(count), room))
            callbacks.progress.append(contentsOf: bytes)
            return 0
        }
        return raw
    }

    private static func from(_ payload: UnsafeMutableRawPointer?) -> RemoteCallbacks? {
        payload.map { Unmanaged<RemoteCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libgit2 asks again after a refusal, without end: each kind is offered once.
    private func answer(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?, url: String, user: String?, allowed: UInt32
    ) -> Int32 {
        if allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0, let token = credentials.token,
            endpoint.mayReceiveToken(url), isFirst(GIT_CREDENTIAL_USERPASS_PLAINTEXT)
        {
            return git_credential_userpass_plaintext_new(out, credentials.username ?? user ?? "x-access-token", token)
        }
        if allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0, isFirst(GIT_CREDENTIAL_SSH_KEY) {
            return git_credential_ssh_key_from_agent(out, user ?? credentials.username ?? "git")
        }
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0, isFirst(GIT_CREDENTIAL_USERNAME) {
            return git_credential_username_new(out, credentials.username ?? "git")
        }
        let text =
            tried == 0 ? "the remote asks for credentials and none are given" : "the remote refused the credentials"
        _ = git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), text)
        return GIT_EAUTH.rawValue
    }

    private func isFirst(_ kind: git_credential_t) -> Bool {
        defer { tried |= kind.rawValue }
        return tried & kind.rawValue == 0
    }

    private func note(_ name: String, _ status: String?) {
        statuses[name] = status.map { PushStatus(refusal: $0, reason: message($0)) } ?? .accepted
    }

    /// The remote's reason, with what its hooks said.
    private func message(_ status: String) -> String {
        let said = Redaction.clean(String(decoding: progress, as: UTF8.self))
        let hooked = status.contains("hook") && !said.isEmpty
        let text = hooked ? "\(status): \(said)" : status
        return Redaction.remove(credentials.token, from: Redaction.clean(text))
    }

    /// libgit2's last error, without the token.
    func error(_ code: Int32, _ action: String) -> GitError {
        let error = GitError(libgit2: code, action)
        return GitError(
            error.code, Redaction.remove(credentials.token, from: error.message), help: error.help)
    }
}
