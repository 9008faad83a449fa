internal import AWSModels
internal import HTTP

extension AWSError {
    static let cancelled = AWSError(.cancelled, "the call was cancelled", kind: .cancelled)

    init(model error: ModelError) {
        let code: Code = error.code == .unknownRegion ? .unknownRegion : .unknownOperation
        self.init(code, error.message, kind: .invalid)
    }

    init(http error: HTTPError) {
        switch error.code {
        case .cancelled: self = .cancelled
        case .timeout: self.init(.requestTimeout, error.message, kind: .network)
        case .tls: self.init(.tlsFailure, error.message, kind: .network)
        case .bodyTooLarge: self.init(.malformedResponse, error.message, kind: .malformed)
        case .invalidRequest: self.init(.invalidInput, error.message, kind: .invalid)
        default: self.init(.networkFailure, error.message, kind: .network)
        }
    }
}
