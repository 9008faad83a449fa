internal import CShims
internal import Git
internal import Glibc

/// A folder that a command fills: as a whole, or not at all.
struct OutputFolder {
    let path: String

    /// Refuses a folder that holds something: old files beside new ones would be a snapshot that never was.
    init(_ path: String) throws(CommandFailure) {
        self.path = Self.resolved(path)
        guard let directory = opendir(path) else {
            guard errno == ENOENT else {
                throw CommandFailure(
                    .configuration, "cannot write to `\(path)`: \(String(cString: strerror(errno)))")
            }
            return
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name == "." || name == ".." else {
                throw CommandFailure(.configuration, "the folder `\(path)` is not empty", help: "name a new one")
            }
        }
    }

    /// Without links and dots where it exists, and without a slash at its end.
    static func resolved(_ path: String) -> String {
        if let found = realpath(path, nil) {
            defer { free(found) }
            return String(cString: found)
        }
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }

    /// Writes files with paths relative to the folder: beside its place first, then moved there. What a killed run left
    /// there is replaced; interrupts wait.
    func write(_ files: [TreeFile]) throws(CommandFailure) {
        try Interrupts.shared.held(telling: "`\(path)` is written") { () throws(CommandFailure) in try fill(files) }
    }

    private func fill(_ files: [TreeFile]) throws(CommandFailure) {
        let unfinished = self.unfinished
        _ = parapet_remove_folder(unfinished)
        do throws(CommandFailure) {
            for file in files { try OutputFile.create(file.bytes, at: "\(unfinished)/\(file.path)") }
            guard rename(unfinished, path) == 0 else {
                throw CommandFailure(
                    .outside, "cannot put the folder at `\(path)`: \(String(cString: strerror(errno)))",
                    help: "name one that does not exist yet")
            }
        } catch {
            _ = parapet_remove_folder(unfinished)
            throw error
        }
    }

    /// `a/snapshot` is first written as `a/.snapshot.parapet-unfinished`.
    private var unfinished: String {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return "\(path[..<start]).\(path[start...]).parapet-unfinished"
    }
}
