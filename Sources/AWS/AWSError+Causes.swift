internal import AWSModels
internal import HTTP

extension AWSError {
    static let cancelled = AWSError(.cancelled, "the call was cancelled", kind: .cancelled)

    static let callDeadline = AWSError(.callDeadline, "the time for one call is over", kind: .deadline)
    static let tenantDeadline = AWSError(.tenantDeadline, "the time for this tenant is over", kind: .deadline)

    init(model error: ModelError) {
        let code: Code =
            switch error.code {
            case .unknownRegion: .unknownRegion
            case .noEndpoint: .noEndpoint
            default: .unknownOperation
            }
        self.init(code, error.message, kind: .invalid)
    }

    init(http error: HTTPError) {
        switch error.code {
        case .cancelled: self = .cancelled
        case .timeout: self.init(.requestTimeout, error.message, kind: .network)
        case .couldNotResolve: self.init(.hostNotFound, error.message, kind: .network)
        case .tls: self.init(.tlsFailure, error.message, kind: .network)
        case .tooSlow: self.init(.slowResponse, error.message, kind: .network)
        case .truncated: self.init(.truncatedResponse, error.message, kind: .network)
        case .bodyTooLarge: self.init(.responseTooLarge, error.message, kind: .malformed)
        case .invalidRequest: self.init(.invalidInput, error.message, kind: .invalid)
        default: self.init(.networkFailure, error.message, kind: .network)
        }
    }
}
