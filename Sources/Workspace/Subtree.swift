/// A folder of a tree, as a tree of its own.
struct Subtree<Tree: FileTree>: FileTree {
    private let tree: Tree
    private let root: String

    init(_ tree: Tree, _ root: String) {
        self.tree = tree
        self.root = root
    }

    func file(at path: String) throws(WorkspaceError) -> FileTreeEntry? {
        try tree.file(at: "\(root)/\(path)").map(relative)
    }

    func files(under folder: String) throws(WorkspaceError) -> [FileTreeEntry] {
        try tree.files(under: folder.isEmpty ? root : "\(root)/\(folder)").map(relative)
    }

    func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8] {
        var entry = entry
        entry.path = "\(root)/\(entry.path)"
        return try tree.read(entry, limit: limit)
    }

    private func relative(_ entry: FileTreeEntry) -> FileTreeEntry {
        var entry = entry
        entry.path = String(entry.path.dropFirst(root.utf8.count + 1))
        return entry
    }
}
