import Foundation
import Git
import Testing

@Suite struct WritingTests {
    let sandbox: Sandbox
    let repository: Repository
    let base: ObjectID

    init() throws {
        sandbox = try Sandbox()
        try sandbox.makeRepository()
        repository = try sandbox.open()
        base = try repository.tree(of: repository.resolveCommit("HEAD"))
    }

    private func paths(_ tree: ObjectID) throws -> [String] {
        let text = try sandbox.git("ls-tree", "-r", "--name-only", tree.description, at: "work")
        return text.split(separator: "\n").map(String.init)
    }

    private func file(_ path: String, _ text: String = "x") -> TreeChange { .file(path: path, bytes: Array(text.utf8)) }

    private func failure(_ changes: TreeChange...) -> GitError.Code? {
        code { () throws(GitError) in _ = try repository.writeTree(base: base, changes: changes) }
    }

    @Test func nothingChangesNothing() throws {
        #expect(try repository.writeTree(base: base, changes: []) == base)
        #expect(try repository.writeTree(base: base, changes: [file("README.md", "hello\n")]) == base)
        #expect(try repository.writeTree(base: base, changes: [.remove(path: "none/at/all")]) == base)
        #expect(try repository.writeTree(base: base, changes: [.remove(path: "README.md/x")]) == base)
    }

    @Test func filesAreAddedAndSiblingsStay() throws {
        let tree = try repository.writeTree(base: base, changes: [file("rules/deep/c.yaml"), file("new/d/e")])
        #expect(
            try paths(tree) == [
                "README.md", "link", "new/d/e", "rules/a.yaml", "rules/deep/b.yaml", "rules/deep/c.yaml", "run.sh",
            ])
        let kinds = try repository.entries(ofTree: tree).filter { $0.kind != .file }
        #expect(kinds.map(\.path) == ["link", "run.sh"])
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "work") == "")
    }

    @Test func replacedFoldersLoseWhatIsGone() throws {
        let change = TreeChange.replaceDirectory(
            path: "rules", files: [TreeFile(path: "z/y", bytes: [1]), TreeFile(path: "x", bytes: [])])
        let tree = try repository.writeTree(base: base, changes: [change])
        #expect(try paths(tree) == ["README.md", "link", "rules/x", "rules/z/y", "run.sh"])
        let root = TreeChange.replaceDirectory(path: "", files: [TreeFile(path: "only", bytes: [2])])
        #expect(try paths(repository.writeTree(base: base, changes: [root])) == ["only"])
    }

    @Test func emptyFoldersVanish() throws {
        let emptied = try repository.writeTree(base: base, changes: [.replaceDirectory(path: "rules", files: [])])
        #expect(try paths(emptied) == ["README.md", "link", "run.sh"])
        let removed = try repository.writeTree(base: base, changes: [.remove(path: "rules/deep/b.yaml")])
        #expect(try repository.entry(at: "rules/deep", inTree: removed) == nil)
        let empty = try repository.writeTree(base: base, changes: [.replaceDirectory(path: "", files: [])])
        #expect(empty.description == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        #expect(try repository.entries(ofTree: empty) == [])
        #expect(try repository.writeTree(base: nil, changes: []) == empty)
    }

    @Test func filesAndFoldersTakeEachOthersPlace() throws {
        #expect(try paths(repository.writeTree(base: base, changes: [file("rules")])).contains("rules"))
        #expect(try paths(repository.writeTree(base: base, changes: [file("link/x")])).contains("link/x"))
        let changes: [TreeChange] = [.remove(path: "rules"), file("rules/new")]
        #expect(try paths(repository.writeTree(base: base, changes: changes)).contains("rules/a.yaml") == false)
        #expect(failure(file("a"), file("a/b")) == .conflict)
        #expect(failure(file("a/b"), file("a")) == .conflict)
        let twice = [TreeFile(path: "x", bytes: []), TreeFile(path: "x/y", bytes: [])]
        #expect(failure(.replaceDirectory(path: "d", files: twice)) == .conflict)
    }

    @Test func laterChangesWin() throws {
        let changes: [TreeChange] = [
            file("a", "1"), file("a", "2"), file("b"), .remove(path: "b"), file("rules/q"),
            .replaceDirectory(path: "rules", files: [TreeFile(path: "r", bytes: [])]), file("rules/s"),
        ]
        let tree = try repository.writeTree(base: base, changes: changes)
        #expect(try paths(tree) == ["README.md", "a", "link", "rules/r", "rules/s", "run.sh"])
        #expect(try sandbox.git("cat-file", "-p", "\(tree):a", at: "work") == "2")
    }

    @Test(arguments: ["", "/a", "a/", "a//b", "../a", "a/./b", ".git/config", "x/.GIT/y", "a\0b"])
    func refusedPaths(_ path: String) {
        #expect(failure(file(path)) == .invalid)
        if !path.isEmpty { #expect(failure(.replaceDirectory(path: path, files: [])) == .invalid) }
    }

    @Test func namesAreBytes() throws {
        let tree = try repository.writeTree(base: nil, changes: [file("e\u{301}", "1"), file("\u{e9}", "2")])
        #expect(try repository.entries(ofTree: tree).count == 2)
    }

    @Test func tenThousandFiles() throws {
        let files = (0..<10_000).map { number in
            TreeFile(path: "t\(number % 40)/\(number).json", bytes: Array("{\"number\": \(number)}\n".utf8))
        }
        let tree = try repository.writeTree(
            base: base,
            changes: [
                .replaceDirectory(path: "prod", files: files), file("big", String(repeating: "a", count: 3_000_000)),
            ])
        #expect(try paths(tree).count == 10_006)
        #expect(try sandbox.git("cat-file", "-p", "\(tree):prod/t39/9999.json", at: "work") == "{\"number\": 9999}")
        #expect(try sandbox.git("cat-file", "-s", "\(tree):big", at: "work") == "3000000")
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "work") == "")
        let packs = try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/work/.git/objects/pack")
        #expect(packs.count { $0.hasSuffix(".pack") } == 1)
        let again = try repository.writeTree(base: tree, changes: [.replaceDirectory(path: "prod", files: files)])
        #expect(again == tree)
        let after = try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/work/.git/objects/pack")
        #expect(packs.count == after.count)
    }

    @Test func commits() throws {
        let head = try repository.resolveCommit("HEAD")
        let tree = try repository.writeTree(base: base, changes: [file("new")])
        let commit = try repository.createCommit(
            tree: tree, parents: [head], message: "posture(prod): 83 → 79\n\nParapet-Run: 1", author: .ada)
        let shown = try sandbox.git("log", "-1", "--format=%T %P %an <%ae> %ai|%B", commit.description, at: "work")
        #expect(
            shown == """
                \(tree) \(head) Ada <ada@example.com> 2023-11-14 23:13:20 +0100|posture(prod): 83 → 79

                Parapet-Run: 1
                """)
        #expect(try repository.resolveCommit("HEAD") == head)
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "work") == "")
        #expect(try repository.parents(of: commit) == [head])
    }

    @Test func refusedCommits() throws {
        let none = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
        let odd = Signature(name: "<>", email: "", seconds: 0)
        #expect(
            code { () throws(GitError) in
                _ = try repository.createCommit(tree: base, parents: [], message: "x", author: odd)
            } == .invalid)
        #expect(
            code { () throws(GitError) in
                _ = try repository.createCommit(tree: base, parents: [], message: "x\0y", author: .ada)
            } == .invalid)
        #expect(
            code { () throws(GitError) in
                _ = try repository.createCommit(tree: none, parents: [], message: "x", author: .ada)
            } != nil)
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere")) func readOnlyRepository() throws {
        let objects = sandbox.path + "/work/.git/objects"
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: objects)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: objects) }
        #expect(failure(file("new", "something new")) == .readOnly)
    }

    @Test func unwritableRepository() throws {
        let id = try Repository.blobID(of: Array("something new".utf8))
        // A file stands where the object's folder would be made: what root cannot pass, either.
        try sandbox.write("", to: "work/.git/objects/" + id.description.prefix(2))
        let error = GitTests.failure { () throws(GitError) in
            try repository.writeTree(base: base, changes: [file("new", "something new")])
        }
        #expect(error != nil)
    }
}
