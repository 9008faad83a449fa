public import Git

/// The files of a commit, read without a checkout.
public struct RevisionTree: FileTree {
    private let repository: Repository
    private let commit: ObjectID

    public init(_ repository: Repository, at commit: ObjectID) {
        self.repository = repository
        self.commit = commit
    }

    /// Where another thread finds the same files: a repository is one thread's alone.
    struct Place: Sendable {
        fileprivate let repository: String
        fileprivate let commit: ObjectID

        func open() throws(WorkspaceError) -> RevisionTree {
            do {
                return RevisionTree(try Repository.open(at: repository), at: commit)
            } catch {
                throw WorkspaceError(.unreadable, "\(error)")
            }
        }
    }

    var place: Place { Place(repository: repository.commonDirectory, commit: commit) }

    public func file(at path: String) throws(WorkspaceError) -> FileTreeEntry? {
        do {
            return try repository.entry(at: path, inCommit: commit).flatMap(Self.entry)
        } catch {
            throw WorkspaceError(.unreadable, "\(error)")
        }
    }

    private static func entry(_ entry: TreeEntry) -> FileTreeEntry? {
        switch entry.kind {
        case .file, .executable: FileTreeEntry(path: entry.path, kind: .file, handle: entry.id.description)
        case .symlink, .submodule: FileTreeEntry(path: entry.path, kind: .other, handle: entry.id.description)
        case .directory: nil
        }
    }

    public func files(under folder: String) throws(WorkspaceError) -> [FileTreeEntry] {
        try files(under: folder) { _ in true }
    }

    /// As `files(under:)`, without the folders below for whose path `enters` is false: these are not read at all.
    func files(under folder: String, enters: (String) -> Bool) throws(WorkspaceError) -> [FileTreeEntry] {
        do {
            return try repository.entries(ofCommit: commit, under: folder, enters: enters).compactMap(Self.entry)
        } catch {
            throw WorkspaceError(.unreadable, "\(error)")
        }
    }

    public func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8] {
        guard let id = ObjectID(hex: entry.handle) else {
            throw WorkspaceError(.unreadable, "`\(entry.path)` has no object")
        }
        do {
            return try repository.readBlob(id, limit: limit)
        } catch {
            throw WorkspaceError(error.code == .tooLarge ? .tooLarge : .unreadable, "\(error)")
        }
    }
}
