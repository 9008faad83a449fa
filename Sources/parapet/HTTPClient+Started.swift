internal import HTTP

extension HTTPClient {
    /// A client, or what ends the command.
    static func started() throws(CommandFailure) -> HTTPClient {
        do {
            return try HTTPClient()
        } catch {
            throw CommandFailure(.defect, "the HTTP client does not start: \(error)")
        }
    }
}
