internal import AWSModels
internal import HTTP

extension HTTPClient {
    /// A client, or what ends the command.
    static func started() throws(CommandFailure) -> HTTPClient {
        do { return try HTTPClient() } catch { throw CommandFailure(startOf: error) }
    }
}

extension AWSAccess {
    /// Access to AWS, or what ends the command.
    static func started(_ http: HTTPClient, _ models: ModelLibrary) throws(CommandFailure) -> AWSAccess {
        do { return try AWSAccess(http: http, models: models) } catch { throw CommandFailure(startOf: error) }
    }
}

extension CommandFailure {
    fileprivate init(startOf error: HTTPError) {
        self.init(.defect, "the HTTP client does not start: \(error)")
    }
}
