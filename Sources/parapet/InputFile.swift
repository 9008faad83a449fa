internal import Glibc

/// Files that the command line names.
enum InputFile {
    /// The whole file, at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw CommandFailure(.configuration, "`\(path)` is larger than \(limit >> 20) MiB")
            }
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.configuration, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
}
