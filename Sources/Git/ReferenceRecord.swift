internal import Glibc

/// Lets one process of Parapet at a time lock references of a repository, and notes what it is about to do, so that the
/// next one can put in order what a killed one left.
///
/// The file stays; its lock goes with the process that holds it. Empty means that nothing is under way.
struct ReferenceRecord: ~Copyable {
    /// A line of the file.
    enum Entry: Equatable {
        case locks(String)
        case moves(String, from: ObjectID?, to: ObjectID)
    }

    private static let longestWait = 120.0
    private static let pause: UInt32 = 20_000
    private static let largest = 1 << 20

    let path: String
    private let descriptor: Int32

    /// Waits for its turn. Throws `locked` after two minutes.
    init(_ repository: Repository) throws(GitError) {
        path = repository.commonDirectory + "parapet-references"
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            throw GitError(.readOnly, "cannot write `\(path)`: \(String(cString: strerror(errno)))")
        }
        var waited = 0.0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw GitError(.readOnly, "cannot lock `\(path)`: \(String(cString: strerror(errno)))")
            }
            guard waited < Self.longestWait else {
                throw GitError(
                    .locked, "another process has been landing results in this repository for two minutes",
                    help: "wait for it, or end it")
            }
            usleep(Self.pause)
            waited += Double(Self.pause) / 1_000_000
        }
    }

    /// What is noted; the last line may be cut off, and is left out then.
    var entries: [Entry] {
        var bytes = [UInt8](repeating: 0, count: Self.largest)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap(Entry.init)
    }

    /// When something was noted last, in seconds since 1970.
    var notedAt: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status.st_mtim.tv_sec : 0
    }

    func note(_ entries: [Entry]) throws(GitError) {
        let bytes = entries.flatMap { "\($0)\n".utf8 }
        guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
            throw GitError(.readOnly, "cannot write `\(path)`: \(String(cString: strerror(errno)))")
        }
    }

    func clear() { ftruncate(descriptor, 0) }

    deinit {
        guard descriptor >= 0 else { return }
        clear()
        close(descriptor)
    }
}

extension ReferenceRecord.Entry: CustomStringConvertible {
    private static let none = "-"

    var description: String {
        switch self {
        case .locks(let name): "lock \(name)"
        case .moves(let name, let from, let to): "move \(name) \(from?.description ?? Self.none) \(to)"
        }
    }

    init?(_ line: some StringProtocol) {
        let words = line.split(separator: " ")
        switch (words.first, words.count) {
        case ("lock", 2): self = .locks(String(words[1]))
        case ("move", 4):
            let from = ObjectID(hex: words[2])
            guard let to = ObjectID(hex: words[3]), from != nil || words[2] == Self.none else { return nil }
            self = .moves(String(words[1]), from: from, to: to)
        default: return nil
        }
    }
}
