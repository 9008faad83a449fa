internal import AWSModels

/// Where a request goes and for what it is signed.
struct RequestTarget {
    var scheme = "https"
    /// Host, and port where it is not the scheme's own.
    var host: String
    /// Stands before the operation's path.
    var basePath = ""
    var signingRegion: String
    var signingName: String
    /// The endpoint is not one of AWS: host names say nothing there.
    var isCustom = false

    init(_ endpoint: Endpoint, model: ServiceModel) {
        host = endpoint.host
        signingRegion = endpoint.signingRegion
        signingName = endpoint.signingName ?? model.signingName
    }

    /// Replaces the place with that of a URL such as `http://127.0.0.1:5000/base`.
    mutating func move(to url: String) throws(AWSError) {
        guard let colon = url.firstRange(of: "://") else {
            throw .invalid("the endpoint URL `\(url.prefix(80))` has no scheme")
        }
        scheme = url[..<colon.lowerBound].lowercased()
        let rest = url[colon.upperBound...]
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        guard ["http", "https"].contains(scheme), end > rest.startIndex, !rest.contains(where: { "?#@ ".contains($0) })
        else { throw .invalid("the endpoint URL for a service is not a plain http or https URL") }
        host = String(rest[..<end])
        let standardPort = scheme == "https" ? ":443" : ":80"
        if host.hasSuffix(standardPort) { host.removeLast(standardPort.count) }
        basePath = String(rest[end...])
        while basePath.hasSuffix("/") { basePath.removeLast() }
        isCustom = true
    }
}
