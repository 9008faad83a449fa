internal import Documents
internal import Glibc

/// The files of a directory: uncommitted edits, or rules on their own.
public struct DirectoryTree: FileTree {
    private let root: String

    public init(_ root: String) { self.root = root }

    public func file(at path: String) -> FileTreeEntry? {
        var status = stat()
        guard lstat("\(root)/\(path)", &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
        return FileTreeEntry(path: path, kind: status.st_mode & S_IFMT == S_IFREG ? .file : .other, handle: path)
    }

    public func files(under folder: String) throws(WorkspaceError) -> [FileTreeEntry] {
        // The folder's own entry where it is none: a link out of the tree is not followed.
        if !folder.isEmpty, let entry = file(at: folder) { return [entry] }
        var entries: [FileTreeEntry] = []
        try walk(folder, depth: 0, &entries)
        return entries.sorted { $0.path.precedesByBytes($1.path) }
    }

    private func walk(_ folder: String, depth: Int, _ entries: inout [FileTreeEntry]) throws(WorkspaceError) {
        guard depth < 16 else { throw WorkspaceError(.unreadable, "`\(folder)` is nested too deeply") }
        let place = folder.isEmpty ? root : "\(root)/\(folder)"
        guard let directory = opendir(place) else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw WorkspaceError(.unreadable, "cannot read the folder `\(folder)`: \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != "..", name != ".git" else { continue }
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var status = stat()
            guard lstat("\(root)/\(path)", &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try walk(path, depth: depth + 1, &entries)
            case S_IFREG: entries.append(FileTreeEntry(path: path, kind: .file, handle: path))
            default: entries.append(FileTreeEntry(path: path, kind: .other, handle: path))
            }
        }
    }

    public func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8] {
        let descriptor = open("\(root)/\(entry.path)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw WorkspaceError(.unreadable, "cannot read `\(entry.path)`: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw WorkspaceError(.unreadable, "cannot read `\(entry.path)`") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else {
                throw WorkspaceError(.tooLarge, "`\(entry.path)` has more than \(limit) bytes")
            }
        }
    }
}
