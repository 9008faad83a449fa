public import Documents

/// A request that would have been sent.
public struct PlannedRequest: Sendable, Equatable {
    public let method: String
    /// Under the root of the API.
    public let path: String
    public let body: JSON?
}

/// Takes the writes of a dry run: reads are sent, writes only noted.
public actor RequestPlan {
    public private(set) var requests: [PlannedRequest] = []

    public init() {}

    func note(_ request: APIRequest) {
        requests.append(PlannedRequest(method: request.method, path: request.path, body: request.body))
    }
}
