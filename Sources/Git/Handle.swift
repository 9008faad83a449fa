internal import CLibgit2

/// Owns one of libgit2's objects and frees it.
struct Handle: ~Copyable {
    typealias Release = @convention(c) (OpaquePointer?) -> Void

    let pointer: OpaquePointer
    private let release: Release

    /// Takes what `make` puts in its argument; throws if it returns an error.
    init(
        _ release: @escaping Release, _ action: @autoclosure () -> String,
        make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) {
        var pointer: OpaquePointer?
        try Libgit2.check(make(&pointer), action())
        guard let pointer else { throw GitError(.other, "cannot \(action()): nothing was returned") }
        self.pointer = pointer
        self.release = release
    }

    deinit { release(pointer) }
}
