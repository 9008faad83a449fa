public import Documents

extension SigV4Signer {
    /// The longest time for which AWS accepts a signature in a URL: seven days, in seconds.
    public static let longestLifetime = 604_800

    /// A URL that anyone may use for `lifetime` seconds, with the method and the headers of `request`, which names its host.
    ///
    /// Throws where the lifetime is not between one second and seven days, or where there is no host.
    public func presignedURL(
        _ request: SignableRequest, at moment: Timestamp, lifetime: Int, scheme: String = "https"
    ) throws(AWSError) -> String {
        guard (1...Self.longestLifetime).contains(lifetime) else {
            throw .invalid("a URL can be signed for 1 to \(Self.longestLifetime) seconds, not \(lifetime)")
        }
        guard let host = request.headers.first(where: { $0.name.lowercased() == "host" })?.value, !host.isEmpty else {
            throw .invalid("a URL to be signed needs a host")
        }
        let query = PercentEncoding.query(presign(request, at: moment, lifetime: lifetime))
        return "\(scheme)://\(host)\(request.path.isEmpty ? "/" : request.path)?\(query)"
    }
}
