internal import Documents

/// One request to GitHub.
struct APIRequest: Sendable {
    enum Authorization: Sendable, Equatable {
        /// A token that acts in the repository.
        case token
        /// The App itself.
        case app
    }

    enum Target: Sendable, Equatable {
        /// Under the root of the REST API, with its query.
        case path(String)
        /// A whole address that GitHub gave, and that was checked.
        case url(String)
        case graphQL
    }

    var method = "GET"
    var target: Target
    var body: JSON?
    var authorization = Authorization.token
    /// What the token has to be allowed.
    var needs: Permission?
    /// Whether doing it twice is the same as doing it once.
    var isRepeatable = true
    /// Whether an answer without readable JSON is of no use.
    var readsBody = true
    /// Whether it changes something that people see.
    var isWrite: Bool { method != "GET" && !isInternal }
    /// A request that only serves others, such as one for a token.
    var isInternal = false

    static func get(_ path: String, needs: Permission? = nil) -> APIRequest {
        APIRequest(target: .path(path), needs: needs)
    }

    /// Makes something new: a second request would make a second thing.
    static func create(_ path: String, _ body: JSON, needs: Permission) -> APIRequest {
        APIRequest(method: "POST", target: .path(path), body: body, needs: needs, isRepeatable: false)
    }

    static func update(_ path: String, _ body: JSON, needs: Permission) -> APIRequest {
        APIRequest(method: "PATCH", target: .path(path), body: body, needs: needs, readsBody: false)
    }

    static func delete(_ path: String, needs: Permission) -> APIRequest {
        APIRequest(method: "DELETE", target: .path(path), needs: needs, readsBody: false)
    }

    /// Method and path, as messages name it.
    var call: String { "\(method) \(path.prefix { $0 != "?" }.inert)" }

    /// With the query; of a whole address what follows the host.
    var path: String {
        switch target {
        case .path(let path): path
        case .graphQL: "/graphql"
        case .url(let url):
            url.firstRange(of: "://").map { String(url[$0.upperBound...].drop { $0 != "/" }) } ?? url
        }
    }
}
