import Documents

@testable import Workspace

/// A tree that stands nowhere.
struct MemoryTree: FileTree {
    private var content: [String: [UInt8]] = [:]
    private var links: Set<String> = []

    init(_ files: [String: String], links: Set<String> = []) {
        content = files.mapValues { Array($0.utf8) }
        self.links = links
    }

    subscript(path: String) -> [UInt8]? {
        get { content[path] }
        set { content[path] = newValue }
    }

    func file(at path: String) -> FileTreeEntry? {
        if links.contains(path) { return FileTreeEntry(path: path, kind: .other, handle: path) }
        return content[path] == nil ? nil : FileTreeEntry(path: path, kind: .file, handle: path)
    }

    func files(under folder: String) -> [FileTreeEntry] {
        Set(content.keys).union(links).filter { folder.isEmpty || $0 == folder || $0.hasPrefix(folder + "/") }
            .sorted { $0.precedesByBytes($1) }.compactMap(file)
    }

    func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8] {
        let bytes = content[entry.handle] ?? []
        guard bytes.count <= limit else { throw WorkspaceError(.tooLarge, "too large") }
        return bytes
    }
}
