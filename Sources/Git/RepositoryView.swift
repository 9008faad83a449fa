internal import CLibgit2
internal import CShims
internal import Glibc

/// A bare repository in a folder of its own, whose objects are those of another one. Removed with the value.
struct RepositoryView: ~Copyable {
    let repository: Repository
    private let path: String

    init(of original: Repository) throws(GitError) {
        let path = original.commonDirectory + "parapet-" + String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let made =
            mkdir(path, 0o700) == 0 && mkdir(path + "/refs", 0o700) == 0
            && symlink(original.commonDirectory + "objects", path + "/objects") == 0
            && Self.write("ref: refs/heads/none\n", to: path + "/HEAD")
            && Self.write("[core]\n\trepositoryformatversion = 0\n\tbare = true\n", to: path + "/config")
        do throws(GitError) {
            guard made else {
                throw GitError(.readOnly, "cannot write to `\(original.commonDirectory)`")
            }
            let handle = try Handle(git_repository_free, "open `\(path)`") { git_repository_open_bare($0, path) }
            repository = try Repository(handle: handle)
        } catch {
            _ = parapet_remove_folder(path)
            throw error
        }
        self.path = path
    }

    deinit { _ = parapet_remove_folder(path) }

    private static func write(_ text: String, to path: String) -> Bool {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        return text.utf8.count == Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    }
}
