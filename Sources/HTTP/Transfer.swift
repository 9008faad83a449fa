internal import CLibcurl
internal import Synchronization

/// One request on its way: its handle, and what has come back so far.
///
/// Made by the task that sends; from then on only the loop's thread touches it.
final class Transfer: @unchecked Sendable {
    private static let lastID = Atomic<UInt64>(0)

    let id: UInt64
    /// Host and port: what messages name.
    let host: String
    private let easy: EasyHandle
    private let maximumBodySize: Int
    private var headers: [(name: String, value: String)] = []
    private var body: [UInt8] = []
    private var isTooLarge = false
    private let errorText: UnsafeMutablePointer<CChar>

    var handle: UnsafeMutableRawPointer { easy.pointer }
    var cancellation: HTTPError { HTTPError(.cancelled, "the request to \(host) was cancelled") }

    init(_ request: HTTPRequest, timeouts: HTTPTimeouts, configuration: HTTPConfiguration) throws(HTTPError) {
        let host = try RequestCheck.host(request)
        guard var easy = EasyHandle() else { throw HTTPError(.other, "libcurl cannot be started") }
        Self.configure(&easy, request, timeouts, configuration)
        self.host = host
        self.easy = easy
        id = Self.lastID.add(1, ordering: .relaxed).newValue
        maximumBodySize = configuration.maximumBodySize
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        self.easy.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
        let user = Unmanaged.passUnretained(self).toOpaque()
        self.easy.set(CURLOPT_WRITEDATA, user)
        self.easy.set(CURLOPT_HEADERDATA, user)
        self.easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            Transfer.from(user)?.receive(body: bytes, size * count) ?? 0
        }
        self.easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
            Transfer.from(user)?.receive(header: bytes, size * count) ?? 0
        }
    }

    deinit { errorText.deallocate() }

    private static func configure(
        _ easy: inout EasyHandle, _ request: HTTPRequest, _ timeouts: HTTPTimeouts, _ configuration: HTTPConfiguration
    ) {
        easy.set(CURLOPT_URL, request.url)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        easy.set(CURLOPT_PATH_AS_IS, true)
        easy.set(CURLOPT_NOSIGNAL, true)
        easy.set(CURLOPT_FOLLOWLOCATION, false)
        easy.set(CURLOPT_FRESH_CONNECT, request.isSentOnce)
        easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.milliseconds)
        easy.set(CURLOPT_TIMEOUT_MS, timeouts.total.milliseconds)
        easy.set(CURLOPT_LOW_SPEED_LIMIT, HTTPTimeouts.lowestSpeed)
        easy.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(timeouts.stall.components.seconds)))
        easy.set(CURLOPT_USERAGENT, configuration.userAgent)
        easy.set(CURLOPT_ACCEPT_ENCODING, "identity")
        // An empty name is no proxy, whatever the environment says.
        if !configuration.usesProxy { easy.set(CURLOPT_PROXY, "") }
        if request.method == "HEAD" {
            easy.set(CURLOPT_NOBODY, true)
        } else if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            easy.set(body: request.body)
            if request.method != "POST" { easy.set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method != "GET" {
            easy.set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        let names = Set(request.headers.map { $0.name.lowercased() })
        // A name with a colon and nothing after it takes out a header that libcurl would add.
        easy.add(header: "Expect:")
        if !names.contains("content-type") { easy.add(header: "Content-Type:") }
        if !names.contains("accept") { easy.add(header: "Accept:") }
        for header in request.headers {
            easy.add(header: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        easy.useHeaders()
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> Transfer? {
        user.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Taking fewer bytes than there are ends the transfer.
    private func receive(body bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // What the headers promise is refused before it comes.
        guard body.count + max(count, body.isEmpty ? announcedSize : 0) <= maximumBodySize else {
            isTooLarge = true
            return 0
        }
        if let bytes { body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count)) }
        return count
    }

    private var announcedSize: Int {
        headers.last { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    }

    private func receive(header bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes else { return count }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A new response starts: what stood before was interim.
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            headers.append((String(line[..<colon]), RequestCheck.trim(value)))
        }
        return count
    }

    func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        if isTooLarge {
            let message = "the response of \(host) is larger than \(maximumBodySize) bytes"
            return .failure(HTTPError(.bodyTooLarge, message))
        }
        guard code == CURLE_OK else {
            return .failure(HTTPError(curl: code, host: host, detail: String(cString: errorText)))
        }
        return .success(HTTPResponse(status: easy.status, headers: headers, body: body))
    }
}

extension Duration {
    /// At least one: libcurl takes zero for "no limit".
    fileprivate var milliseconds: Int {
        max(1, Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}
