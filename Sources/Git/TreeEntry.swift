internal import CLibgit2

/// One entry of a commit's tree.
public struct TreeEntry: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case file, executable, symlink, submodule, directory
    }

    /// From the root of the tree, with slashes.
    public let path: String
    /// The blob; the tree of a directory; the commit of a submodule.
    public let id: ObjectID
    public let kind: Kind

    public init(path: String, id: ObjectID, kind: Kind) {
        self.path = path
        self.id = id
        self.kind = kind
    }

    init?(path: String, entry: OpaquePointer) {
        guard let id = git_tree_entry_id(entry) else { return nil }
        let kind: Kind =
            switch git_tree_entry_filemode(entry) {
            case GIT_FILEMODE_TREE: .directory
            case GIT_FILEMODE_BLOB_EXECUTABLE: .executable
            case GIT_FILEMODE_LINK: .symlink
            case GIT_FILEMODE_COMMIT: .submodule
            default: .file
            }
        self.init(path: path, id: ObjectID(id.pointee), kind: kind)
    }
}
