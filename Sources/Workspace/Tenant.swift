public import Documents

/// A tenant: one AWS account, and what Parapet does there.
public struct Tenant: Sendable {
    public var name: String
    public var account: String
    public var role: String
    public var externalID: String
    public var labels: [String: String]
    public var regions: Regions
    public var scanners: Set<String>
    public var frameworks: [String]
    public var path: String
    public var span: Span

    public enum Regions: Sendable, Equatable {
        /// Every region that the account has enabled.
        case all
        case listed([String])
    }
}
