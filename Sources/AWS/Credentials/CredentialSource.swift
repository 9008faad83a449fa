internal import Documents

/// A place where credentials may be found.
public protocol CredentialSource: Sendable {
    /// The place, in words.
    var name: String { get }

    /// Looks there. It is an error where the place is set up and unfit; the error tells no secret, and need not name
    /// the source.
    func find() async throws(AWSError) -> CredentialAnswer
}

/// What a source has.
public enum CredentialAnswer: Sendable {
    case found(Credentials)
    /// The place is not set up, and why that is thought.
    case nothing(String)
}

extension CredentialSource {
    /// Credentials that something else stands on: it is an error where there are none, or where they have ended.
    func require(at moment: Timestamp) async throws(AWSError) -> Credentials {
        switch try await answer(at: moment) {
        case .found(let credentials): return credentials
        case .nothing(let reason): throw AWSError.unfit(reason).from(name)
        }
    }

    /// Looks there. Errors name the source; credentials that have ended are one.
    func answer(at moment: Timestamp) async throws(AWSError) -> CredentialAnswer {
        let answer: CredentialAnswer
        do throws(AWSError) { answer = try await find() } catch { throw error.from(name) }
        if case .found(let credentials) = answer, !credentials.hold(for: 0, after: moment) {
            throw AWSError.unfit("the credentials ended at \(credentials.expiry?.description ?? "?")").from(name)
        }
        return answer
    }
}

extension AWSError {
    /// A source is set up, and what it has cannot be used.
    static func unfit(_ message: String) -> AWSError { AWSError(.invalidCredentials, message, kind: .credentials) }

    /// The same error, as that of a source of credentials. The call that failed moves into the message: to whoever
    /// needed the credentials it is theirs that failed, for want of them.
    func from(_ source: String) -> AWSError {
        if kind == .cancelled { return self }
        let place = service.isEmpty ? "" : "\(service):\(operation) in \(region): "
        return AWSError(code, "\(source): \(place)\(message)", kind: .credentials, httpStatus: httpStatus)
    }
}
