internal import CLibcurl

/// libcurl's global state: set up once, before the first use.
enum CurlLibrary {
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
