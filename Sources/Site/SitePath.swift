internal import Workspace

/// Names of files and folders in a site, and how pages link to them.
enum SitePath {
    /// `tenants/prod`: one for each tenant, distinct also where a file system folds case.
    static func folders(of tenants: [String]) -> [String] {
        ResultPath.components(tenants).map { "tenants/\($0)" }
    }

    /// Names for a rule's or a framework's pages, by id.
    static func names(of ids: some Sequence<String>) -> [String: String] {
        let ids = Set(ids).sorted()
        return Dictionary(zip(ids, ResultPath.components(ids))) { first, _ in first }
    }

    /// A path as an address: only percent signs stand in the way, for names have no others.
    static func address(_ path: String) -> String {
        path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%25")
    }
}
