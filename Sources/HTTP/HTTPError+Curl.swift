internal import CLibcurl

extension HTTPError {
    /// What a code of libcurl means. `detail` is libcurl's own text; it is shown only where it tells no URL.
    init(curl code: CURLcode, host: String, detail: String) {
        let general = curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self.init(.couldNotResolve, "the name of \(host) could not be resolved")
        case CURLE_COULDNT_CONNECT:
            self.init(.couldNotConnect, "no connection to \(host): \(detail.isEmpty ? general : detail)")
        case CURLE_OPERATION_TIMEDOUT where detail.hasPrefix("Operation too slow"):
            self.init(.tooSlow, "\(host) sends its response too slowly")
        case CURLE_OPERATION_TIMEDOUT:
            let stage =
                detail.hasPrefix("Conn") || detail.hasPrefix("Resolv") ? "connecting" : "waiting for the response"
            self.init(.timeout, "\(host): time ran out while \(stage)")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            self.init(.tls, "no secure connection to \(host): \(detail.isEmpty ? general : detail)")
        case CURLE_PARTIAL_FILE: self.init(.truncated, "\(host) ended its response early")
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            self.init(.connectionClosed, "\(host) closed the connection: \(general)")
        default:
            self.init(.other, "\(host): \(general)")
        }
    }
}
