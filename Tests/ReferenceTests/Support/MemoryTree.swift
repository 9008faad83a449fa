import Documents
import Workspace

/// A tree that stands nowhere.
struct MemoryTree: FileTree {
    var content: [String: String]

    init(_ content: [String: String]) { self.content = content }

    func file(at path: String) -> FileTreeEntry? {
        content[path] == nil ? nil : FileTreeEntry(path: path, kind: .file, handle: path)
    }

    func files(under folder: String) -> [FileTreeEntry] {
        content.keys.filter { folder.isEmpty || $0.hasPrefix(folder + "/") }.sorted { $0.precedesByBytes($1) }
            .compactMap(file)
    }

    func read(_ entry: FileTreeEntry, limit: Int) -> [UInt8] { Array((content[entry.handle] ?? "").utf8) }
}
