/// A path that a tree can hold.
struct TreePath {
    let text: String
    let names: [[UInt8]]

    /// Throws `invalid` for a path that is empty, too deep, or has a name that git refuses.
    init(_ text: String) throws(GitError) {
        self.text = text
        names = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Array($0) }
        guard names.count <= Repository.maximumDepth, names.allSatisfy(Self.isAllowed) else {
            throw GitError(.invalid, "`\(text)` is not a path that git can store")
        }
    }

    private static func isAllowed(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty, !name.contains(0), name != [UInt8](".".utf8), name != [UInt8]("..".utf8) else {
            return false
        }
        return String(decoding: name, as: UTF8.self).lowercased() != ".git"
    }

    var conflict: GitError {
        GitError(.conflict, "`\(text)`, or a folder on its way, would be a file and a folder at once")
    }
}
