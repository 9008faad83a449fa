/// Where a service is reached in a region, and for what a request is signed.
public struct Endpoint: Sendable, Hashable {
    public let host: String
    public let signingRegion: String
    /// Nil: the name in the service's model.
    public let signingName: String?

    public init(host: String, signingRegion: String, signingName: String? = nil) {
        self.host = host
        self.signingRegion = signingRegion
        self.signingName = signingName
    }
}
