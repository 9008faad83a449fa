internal import CLibcurl
internal import CShims
internal import Glibc
internal import Synchronization

/// Runs transfers on a thread. Everything of libcurl but the wake-up call happens on that thread.
///
/// Other threads leave transfers and cancellations in `inbox`, and wake the thread up.
final class TransferLoop: Sendable {
    typealias Continuation = CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>

    let configuration: HTTPConfiguration
    /// libcurl allows `curl_multi_wakeup` from any thread; the rest is for the loop's own.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())

    private struct Inbox {
        var submitted: [(transfer: Transfer, continuation: Continuation)] = []
        var cancelled: Set<UInt64> = []
        var isStopping = false
        /// Set when the thread is about to free `multi`.
        var hasStopped = false
    }

    init(configuration: HTTPConfiguration) throws(HTTPError) {
        guard CurlLibrary.isReady, let multi = curl_multi_init() else {
            throw HTTPError(.other, "libcurl cannot be started")
        }
        self.configuration = configuration
        self.multi = multi
        _ = parapet_curl_multi_set_long(
            multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
        _ = parapet_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
    }

    /// The thread owns the loop until it ends.
    func startThread() throws(HTTPError) {
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(self)
        let status = pthread_create(&thread, nil, { TransferLoop.main($0) }, retained.toOpaque())
        guard status == 0 else {
            retained.release()
            curl_multi_cleanup(multi)
            throw HTTPError(.other, "no thread can be started for HTTP")
        }
        pthread_detach(thread)
    }

    func submit(_ transfer: Transfer, _ continuation: Continuation) {
        change { $0.submitted.append((transfer, continuation)) }
    }

    func cancel(_ id: UInt64) {
        change { $0.cancelled.insert(id) }
    }

    /// Drops what is remembered of a transfer that is over.
    func forget(_ id: UInt64) {
        inbox.withLock { _ = $0.cancelled.remove(id) }
    }

    func stop() {
        change { $0.isStopping = true }
    }

    /// The wake-up call stays inside the lock, so that the thread cannot free `multi` meanwhile.
    private func change(_ body: (inout sending Inbox) -> Void) {
        inbox.withLock { inbox in
            body(&inbox)
            if !inbox.hasStopped { curl_multi_wakeup(multi) }
        }
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        parapet_name_thread("parapet-http")
        if let argument { Unmanaged<TransferLoop>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }

    private func run() {
        var waiting: [(transfer: Transfer, continuation: Continuation)] = []
        var active: [UnsafeMutableRawPointer: (transfer: Transfer, continuation: Continuation)] = [:]
        while true {
            let (news, cancelled, isStopping) = inbox.withLock { inbox in
                let news = inbox.submitted
                inbox.submitted = []
                if inbox.isStopping { inbox.hasStopped = true }
                return (news, inbox.cancelled, inbox.isStopping)
            }
            waiting += news
            if isStopping { break }
            if !cancelled.isEmpty { end(cancelled, &waiting, &active) }
            start(&waiting, &active)
            var running: Int32 = 0
            _ = curl_multi_perform(multi, &running)
            finish(&active)
            if waiting.isEmpty || active.count >= configuration.maximumConnections {
                _ = curl_multi_poll(multi, nil, 0, 60_000, nil)
            }
        }
        for item in waiting + active.values {
            curl_multi_remove_handle(multi, item.transfer.handle)
            item.continuation.resume(returning: .failure(item.transfer.cancellation))
        }
        curl_multi_cleanup(multi)
    }

    private func end(
        _ ids: Set<UInt64>, _ waiting: inout [(transfer: Transfer, continuation: Continuation)],
        _ active: inout [UnsafeMutableRawPointer: (transfer: Transfer, continuation: Continuation)]
    ) {
        for item in waiting where ids.contains(item.transfer.id) {
            item.continuation.resume(returning: .failure(item.transfer.cancellation))
        }
        waiting.removeAll { ids.contains($0.transfer.id) }
        for (handle, item) in active where ids.contains(item.transfer.id) {
            curl_multi_remove_handle(multi, handle)
            active[handle] = nil
            item.continuation.resume(returning: .failure(item.transfer.cancellation))
        }
    }

    private func start(
        _ waiting: inout [(transfer: Transfer, continuation: Continuation)],
        _ active: inout [UnsafeMutableRawPointer: (transfer: Transfer, continuation: Continuation)]
    ) {
        let count = min(waiting.count, configuration.maximumConnections - active.count)
        guard count > 0 else { return }
        for item in waiting.prefix(count) {
            if curl_multi_add_handle(multi, item.transfer.handle) == CURLM_OK {
                active[item.transfer.handle] = item
            } else {
                let error = HTTPError(.other, "the request to \(item.transfer.host) could not be started")
                item.continuation.resume(returning: .failure(error))
            }
        }
        waiting.removeFirst(count)
    }

    private func finish(
        _ active: inout [UnsafeMutableRawPointer: (transfer: Transfer, continuation: Continuation)]
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            curl_multi_remove_handle(multi, handle)
            guard let item = active.removeValue(forKey: handle) else { continue }
            item.continuation.resume(returning: item.transfer.result(code))
        }
    }
}
