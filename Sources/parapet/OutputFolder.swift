internal import Git
internal import Glibc

/// A folder that a command fills.
struct OutputFolder {
    let path: String

    /// Refuses a folder that holds something: old files beside new ones would be a snapshot that never was.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
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

    /// Writes files with paths relative to the folder.
    func write(_ files: [TreeFile]) throws(CommandFailure) {
        for file in files {
            try OutputFile.create(String(decoding: file.bytes, as: UTF8.self), at: "\(path)/\(file.path)")
        }
    }
}
