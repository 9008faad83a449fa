/// How much YAML is read: repository content is untrusted.
public struct YAMLLimits: Sendable {
    /// Of a file, in bytes.
    public var size = 1 << 20
    /// Of lists and maps in each other.
    public var depth = 64
    /// Nodes in all, aliases written out.
    public var nodes = 100_000
    /// Custom tags that are accepted.
    public var tags: Set<String> = []

    public init() {}
}
