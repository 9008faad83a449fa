internal import CLibcurl
internal import CShims

/// Owns a handle of libcurl for one transfer, and the list of its headers.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?

    init?() {
        guard CurlLibrary.isReady, let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
    }

    func set(_ option: CURLoption, _ value: Int) { _ = parapet_curl_set_long(pointer, option, value) }
    func set(_ option: CURLoption, _ value: Bool) { _ = parapet_curl_set_long(pointer, option, value ? 1 : 0) }
    func set(_ option: CURLoption, _ value: String) { _ = parapet_curl_set_text(pointer, option, value) }
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        _ = parapet_curl_set_pointer(pointer, option, value)
    }
    func set(_ option: CURLoption, _ value: parapet_curl_write) { _ = parapet_curl_set_write(pointer, option, value) }

    /// libcurl copies the bytes.
    func set(body: [UInt8]) {
        _ = parapet_curl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in
            var empty: UInt8 = 0
            withUnsafeMutablePointer(to: &empty) { fallback in
                let base = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
                set(CURLOPT_COPYPOSTFIELDS, base ?? UnsafeMutableRawPointer(fallback))
            }
        }
    }

    mutating func add(header: String) {
        if let longer = curl_slist_append(headers, header) { headers = longer }
    }

    func useHeaders() {
        if let headers { set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers)) }
    }

    var status: Int {
        var value = 0
        _ = parapet_curl_get_long(pointer, CURLINFO_RESPONSE_CODE, &value)
        return value
    }
}
