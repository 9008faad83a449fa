/// Sends requests: over the network, or in tests from a script.
public protocol HTTPTransport: Sendable {
    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) async throws(HTTPError) -> HTTPResponse
}
