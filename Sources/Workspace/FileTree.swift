internal import Git

/// The files of a Parapet repository, at a revision or in a directory.
public protocol FileTree {
    /// The file at a path; nil where there is none.
    func file(at path: String) throws(WorkspaceError) -> FileTreeEntry?
    /// All files below a folder (below the root, for the empty path), sorted by path.
    func files(under folder: String) throws(WorkspaceError) -> [FileTreeEntry]
    /// The bytes of a file, at most `limit`; a larger one is an error.
    func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8]
}

public struct FileTreeEntry: Sendable, Hashable {
    public enum Kind: Sendable {
        case file
        /// A symbolic link or a submodule: never followed.
        case other
    }

    /// Relative to the root, with `/` between components.
    public var path: String
    public var kind: Kind
    /// Where the tree finds the content again.
    public var handle: String

    public init(path: String, kind: Kind, handle: String) {
        self.path = path
        self.kind = kind
        self.handle = handle
    }
}

/// Why a repository's content cannot be read.
public struct WorkspaceError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        case tooLarge, unreadable
    }

    public let code: Code
    public let message: String
    public var description: String { message }

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
