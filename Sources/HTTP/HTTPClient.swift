/// Sends requests over libcurl, all on one thread of its own: tasks that wait for a response block no thread.
///
/// Connections are kept and used again. Redirects are not followed. Proxies come from the environment, as with curl.
/// The thread ends when the client is released.
public final class HTTPClient: HTTPTransport {
    private let loop: TransferLoop

    public init(configuration: HTTPConfiguration = HTTPConfiguration()) throws(HTTPError) {
        loop = try TransferLoop(configuration: configuration)
        try loop.startThread()
    }

    deinit { loop.stop() }

    public func send(
        _ request: HTTPRequest, timeouts: HTTPTimeouts = HTTPTimeouts()
    ) async throws(HTTPError) -> HTTPResponse {
        let transfer = try Transfer(request, timeouts: timeouts, configuration: loop.configuration)
        let loop = loop
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.submit(transfer, continuation)
            }
        } onCancel: {
            loop.cancel(transfer.id)
        }
        loop.forget(transfer.id)
        return try result.get()
    }
}
