import Foundation
import Git
import Testing

@Suite struct ReadingTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test func entriesAreThoseOfGit() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        let entries = try repository.entries(ofCommit: head)
        let listed = try sandbox.git("ls-tree", "-r", "--format=%(objectname) %(path)", "HEAD", at: "work")
        #expect(entries.map { "\($0.id) \($0.path)" }.joined(separator: "\n") == listed)
        #expect(entries.map(\.kind) == [.file, .symlink, .file, .file, .executable])
        #expect(try repository.tree(of: head).description == sandbox.git("rev-parse", "HEAD^{tree}", at: "work"))
    }

    @Test func entriesUnderAFolder() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        func paths(_ folder: String) throws -> [String] {
            try repository.entries(ofCommit: head, under: folder).map(\.path)
        }
        #expect(try paths("rules") == ["rules/a.yaml", "rules/deep/b.yaml"])
        #expect(try paths("rules/deep/") == ["rules/deep/b.yaml"])
        #expect(try paths("README.md") == ["README.md"])
        #expect(try paths("nothing") == [])
        #expect(try paths("rules/a.yaml/x") == [])
        #expect(code { () throws(GitError) in _ = try repository.entries(ofCommit: head, limit: 4) } == .tooLarge)
    }

    @Test func foldersThatAreNotEntered() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        var asked: [String] = []
        let entries = try repository.entries(ofCommit: head, under: "rules") { path in
            asked.append(path)
            return false
        }
        #expect(entries.map(\.path) == ["rules/a.yaml"] && asked == ["rules/deep"])
    }

    @Test func whereTwoCommitsPart() throws {
        try sandbox.makeRepository()
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "on the trunk", at: "work")
        try sandbox.git("switch", "-q", "-c", "side", "HEAD^", at: "work")
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "two", at: "work")
        try sandbox.git("switch", "-q", "--orphan", "other", at: "work")
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "three", at: "work")
        let repository = try sandbox.open()
        let (side, other) = (try repository.resolveCommit("side"), try repository.resolveCommit("other"))
        let main = try repository.resolveCommit("side^")
        #expect(try repository.mergeBase(of: side, and: main) == main)
        let tip = try sandbox.git("log", "--all", "--format=%H", "--grep=on the trunk", at: "work")
        #expect(try repository.mergeBase(of: side, and: repository.resolveCommit(tip)) == main)
        #expect(try repository.mergeBase(of: side, and: other) == nil)
    }

    @Test(arguments: ["", "0123", String(repeating: "g", count: 40), String(repeating: "0", count: 39) + "\u{E9}"])
    func noNamesOfObjects(text: String) { #expect(ObjectID(hex: text) == nil) }

    @Test(arguments: ["0123456789abcdef0123456789abcdef01234567", "FEDCBA9876543210fedcba9876543210fedcba98"])
    func namesOfObjects(text: String) { #expect(ObjectID(hex: text)?.description == text.lowercased()) }

    @Test func oneEntry() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        #expect(try repository.entry(at: "link", inCommit: head)?.kind == .symlink)
        #expect(try repository.entry(at: "rules", inCommit: head)?.kind == .directory)
        #expect(try repository.entry(at: "rules/none", inCommit: head) == nil)
        #expect(try repository.entry(at: "", inCommit: head) == nil)
    }

    @Test func versionsOfAPath() throws {
        try sandbox.makeRepository()
        func commit(_ text: String?, _ other: String) throws -> String {
            if let text {
                try sandbox.write(text, to: "work/folder/file")
            } else {
                try sandbox.git("rm", "-q", "folder/file", at: "work")
            }
            try sandbox.write(other, to: "work/other")
            try sandbox.git("add", ".", at: "work")
            try sandbox.git("commit", "-q", "-m", "x", at: "work")
            return try sandbox.git("rev-parse", "HEAD", at: "work")
        }
        let first = try sandbox.git("rev-list", "--max-parents=0", "HEAD", at: "work")
        let one = try commit("1", "a")
        _ = try commit("1", "b")
        let two = try commit("2", "b")
        let none = try commit(nil, "b")
        let again = try commit("1", "b")
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        for (path, expected) in [("folder/file", [again, none, two, one, first]), ("none", [first])] {
            let versions = try repository.versions(of: path, from: head)
            #expect(versions.map(\.commit.description) == expected)
            #expect(versions.map { $0.object == nil } == expected.map { $0 == none || $0 == first })
        }
        // A folder has a version for each state of what is in it.
        #expect(try repository.versions(of: "folder", from: head).count == 5)
        #expect(
            try repository.versions(of: "folder/file", from: head).map(\.object)[0]
                == repository.versions(of: "folder/file", from: head).map(\.object)[3])
    }

    @Test func submodule() throws {
        try sandbox.makeRepository()
        let id = String(repeating: "1", count: 40)
        try sandbox.git("update-index", "--add", "--cacheinfo", "160000,\(id),sub", at: "work")
        try sandbox.git("commit", "-q", "-m", "sub", at: "work")
        let repository = try sandbox.open()
        let entry = try repository.entry(at: "sub", inCommit: repository.resolveCommit("HEAD"))
        #expect(entry == ObjectID(hex: id).map { TreeEntry(path: "sub", id: $0, kind: .submodule) })
    }

    @Test func blobs() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        let entry = try #require(try repository.entry(at: "README.md", inCommit: head))
        #expect(try repository.blobSize(entry.id) == 6)
        #expect(try repository.readBlob(entry.id, limit: 6) == Array("hello\n".utf8))
        #expect(code { () throws(GitError) in _ = try repository.readBlob(entry.id, limit: 5) } == .tooLarge)
        #expect(code { () throws(GitError) in _ = try repository.readBlob(head, limit: 5_000) } == .invalid)
        let link = try #require(try repository.entry(at: "link", inCommit: head))
        #expect(try repository.readBlob(link.id, limit: 100) == Array("/etc/passwd".utf8))
        let none = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
        #expect(code { () throws(GitError) in _ = try repository.blobSize(none) } == .missingObject)
    }

    /// A blob whose bytes are not what its name says cannot be read.
    @Test(arguments: [0, 1, 70_000]) func names(count: Int) throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        let text = String(repeating: "x", count: count)
        try sandbox.write(text, to: "work/file")
        let id = try #require(ObjectID(hex: try sandbox.git("hash-object", "-w", "file", at: "work")))
        #expect(try Repository.blobID(of: Array(text.utf8)) == id)
        #expect(try repository.readBlob(id, limit: count) == Array(text.utf8))

        let other = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
        func file(_ id: ObjectID) -> String {
            "\(sandbox.path)/work/.git/objects/\(id.description.prefix(2))/\(id.description.dropFirst(2))"
        }
        try FileManager.default.createDirectory(
            atPath: URL(filePath: file(other)).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: file(id), toPath: file(other))
        let error = failure { () throws(GitError) in _ = try repository.readBlob(other, limit: count) }
        #expect(error?.message.contains("hash mismatch") == true, "\(String(describing: error))")
    }

    @Test func tooDeep() throws {
        try sandbox.git("init", "-q", "-b", "main", "work")
        try sandbox.write("x", to: "work/" + String(repeating: "d/", count: 70) + "x")
        try sandbox.commitAll(at: "work")
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        #expect(code { () throws(GitError) in _ = try repository.entries(ofCommit: head) } == .tooLarge)
    }

    @Test func objectIDs() {
        let hex = "0123456789abcdef00000000deadbeef0000000f"
        #expect(ObjectID(hex: hex)?.description == hex)
        #expect(ObjectID(hex: hex.uppercased())?.description == hex)
        for wrong in ["", "abc", hex + "0", String(hex.dropLast()) + "g", String(hex.dropLast(2)) + "é"] {
            #expect(ObjectID(hex: wrong) == nil, "\(wrong)")
        }
    }
}
