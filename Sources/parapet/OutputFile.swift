internal import Glibc

/// Files that the command line asks for.
enum OutputFile {
    /// Writes a file whole: beside its place first, then moved there.
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        guard fill(descriptor, bytes) else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
    }

    /// Makes a file and the folders that it needs. A file that is there already is not overwritten.
    static func create(_ bytes: some Sequence<UInt8>, at path: String) throws(CommandFailure) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += folder.isEmpty && !part.isEmpty ? String(part) : "/\(part)"
            guard folder.isEmpty || folder == "/" || mkdir(folder, 0o755) == 0 || errno == EEXIST else {
                throw CommandFailure(
                    .outside, "cannot make the folder `\(folder)`: \(String(cString: strerror(errno)))")
            }
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw CommandFailure(.configuration, "there is a file `\(path)` already", help: "nothing was written")
            }
            throw failure(path)
        }
        guard fill(descriptor, Array(bytes)) else { throw failure(path) }
    }

    /// Writes everything and closes the file. False where that fails: `errno` says why.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(descriptor)
                errno = code
                return false
            }
            rest = rest.dropFirst(count)
        }
        return close(descriptor) == 0
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.outside, "cannot write `\(path)`: \(String(cString: strerror(errno)))")
    }
}
