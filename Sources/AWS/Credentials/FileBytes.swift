internal import Documents
internal import Glibc

/// Small files, read whole.
enum FileBytes {
    enum Outcome: Equatable {
        case bytes([UInt8])
        case missing
        /// Why it cannot be read.
        case failed(String)
    }

    static func read(_ path: String, limit: Int = 1 << 20) -> Outcome {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return errno == ENOENT || errno == ENOTDIR ? .missing : .failed(cause()) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= limit {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count == 0 { return .bytes(bytes) }
            guard count > 0 else { return .failed(cause()) }
            bytes += buffer[..<count]
        }
        return .failed("it is larger than \(limit) bytes")
    }

    private static func cause() -> String { String(cString: strerror(errno)) }

    /// The text of a file that holds a token. `what` names the setting that says where it is.
    static func token(_ path: String, what: String) throws(AWSError) -> String {
        switch read(path, limit: 1 << 16) {
        case .missing: throw .unfit("\(what) names \(path.inert), which is not there")
        case .failed(let cause): throw .unfit("\(what) names \(path.inert), which cannot be read: \(cause)")
        case .bytes(let bytes):
            guard !bytes.isEmpty else { throw .unfit("\(what) names \(path.inert), which is empty") }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
