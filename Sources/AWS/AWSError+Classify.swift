extension AWSError.Kind {
    /// What an error code of AWS, and the status it came with, mean.
    init(code: String, status: Int) {
        let bare = code.hasPrefix("Client.") ? String(code.dropFirst(7)) : code
        if RetryPolicy.throttlingCodes.contains(bare) || status == 429 {
            self = .throttled
        } else if Self.credentialCodes.contains(bare) {
            self = .credentials
        } else if Self.denialCodes.contains(bare) || (status == 403 && bare == "403") {
            self = .denied
        } else if status == 404 || bare.hasPrefix("NoSuch") || bare.contains("NotFound") {
            self = .notFound
        } else {
            self = .service
        }
    }

    private static let denialCodes: Set<String> = [
        "AccessDenied", "AccessDeniedException", "AllAccessDisabled", "AuthorizationError",
        "AuthorizationErrorException",
        "Forbidden", "ForbiddenException", "NotAuthorized", "UnauthorizedAccess", "UnauthorizedException",
        "UnauthorizedOperation",
    ]

    private static let credentialCodes: Set<String> = [
        "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InvalidAccessKeyId",
        "InvalidClientTokenId", "InvalidSecurity", "InvalidSignatureException", "InvalidToken",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "NotSignedUp", "RequestExpired", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException",
    ]
}
