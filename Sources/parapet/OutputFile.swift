internal import Glibc

/// Files that the command line asks for.
enum OutputFile {
    /// Writes a file whole: beside its place first, then moved there.
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let parts = try Parts(path)
        parts.append(bytes)
        try parts.finish()
    }

    /// A file that is written part by part, beside its place, and moved there when it is whole.
    final class Parts {
        private let path: String
        private let temporary: String
        private var descriptor: Int32
        /// Why it could not be written; what came after is dropped.
        private var fault: CommandFailure?

        init(_ path: String) throws(CommandFailure) {
            self.path = path
            temporary = "\(path).\(getpid()).tmp"
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw OutputFile.failure(path) }
        }

        deinit { if descriptor >= 0 { discard() } }

        func append(_ bytes: [UInt8]) {
            guard fault == nil else { return }
            if !OutputFile.fill(descriptor, bytes) { fault = OutputFile.failure(path) }
        }

        func finish() throws(CommandFailure) {
            let isClosed = close(descriptor) == 0
            if fault == nil, !isClosed || rename(temporary, path) != 0 { fault = OutputFile.failure(path) }
            descriptor = -1
            guard let fault else { return }
            unlink(temporary)
            throw fault
        }

        private func discard() {
            close(descriptor)
            unlink(temporary)
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
        let isWritten = fill(descriptor, Array(bytes))
        let fault = failure(path)
        guard close(descriptor) == 0, isWritten else { throw isWritten ? failure(path) : fault }
    }

    /// Writes everything. False where that fails: `errno` says why.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.outside, "cannot write `\(path)`: \(String(cString: strerror(errno)))")
    }
}
