internal import CBuiltin

/// The files that the binary carries, so that it works when copied alone into an empty directory.
public enum BuiltinFiles {
    /// The kinds, which are also the first component of every path.
    public enum Kind: String, Sendable {
        case policies, frameworks, manifests, models, site, templates
    }

    /// The paths of all files of a kind, sorted: `policies/iam/iam-user-mfa.yaml`.
    public static func paths(_ kind: Kind) -> [String] {
        entries.map { String(cString: $0.path) }.filter { $0.hasPrefix(kind.rawValue + "/") }.sorted()
    }

    /// The bytes of a file; nil where there is none with this path. Rules come without their tests.
    public static func bytes(_ path: String) -> [UInt8]? {
        guard let entry = entries.first(where: { String(cString: $0.path) == path }) else { return nil }
        return Array(UnsafeBufferPointer(start: entry.bytes, count: entry.length))
    }

    private static var entries: UnsafeBufferPointer<parapet_builtin_file> {
        var count = 0
        let start = parapet_builtin_files(&count)
        return UnsafeBufferPointer(start: start, count: count)
    }
}
