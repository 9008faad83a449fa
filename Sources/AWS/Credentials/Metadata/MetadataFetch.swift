internal import HTTP

/// Asks an endpoint that hands out tokens or credentials. What it answers is never part of an error.
struct MetadataFetch {
    let transport: any HTTPTransport
    let timeouts: HTTPTimeouts
    /// The first one included.
    let attempts: Int
    let sleep: @Sendable (Duration) async throws -> Void

    /// Repeats what a broken connection or the server's own fault ended.
    func send(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
        var left = attempts
        while true {
            left -= 1
            do throws(HTTPError) {
                let response = try await transport.send(request, timeouts: timeouts)
                if left == 0 || (response.status < 500 && response.status != 429) { return response }
            } catch {
                if left == 0 || error.code == .invalidRequest || error.code == .tls || error.code == .cancelled {
                    throw AWSError(http: error)
                }
            }
            do { try await sleep(.seconds(1)) } catch { throw AWSError.cancelled }
        }
    }
}
