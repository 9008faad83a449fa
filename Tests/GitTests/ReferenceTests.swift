import Foundation
import Git
import Testing

@Suite struct ReferenceTests {
    let sandbox: Sandbox
    let repository: Repository
    let head: ObjectID

    init() throws {
        sandbox = try Sandbox()
        try sandbox.makeRepository()
        repository = try sandbox.open()
        head = try repository.resolveCommit("HEAD")
    }

    private func target(_ name: String) throws -> ObjectID? { try repository.target(ofReference: name) }

    private func set(_ names: String...) throws(GitError) {
        let transaction = try repository.lock(references: names)
        for name in names { try transaction.setTarget(name, head, message: "test") }
        try transaction.commit()
    }

    @Test func twoReferencesAreSet() throws {
        try set("refs/heads/parapet/snapshots", "refs/heads/parapet/results")
        #expect(try sandbox.git("rev-parse", "parapet/snapshots", at: "work") == head.description)
        #expect(try sandbox.git("rev-parse", "parapet/results", at: "work") == head.description)
        #expect(
            try repository.references(matching: "refs/heads/parapet/*")
                == ["refs/heads/parapet/results", "refs/heads/parapet/snapshots"])
        #expect(!sandbox.exists("work/.git/refs/heads/parapet/results.lock"))
        #expect(try target("refs/heads/none") == nil)
    }

    @Test func whatIsLockedIsNamedAndNothingChanges() throws {
        try sandbox.write("", to: "work/.git/refs/heads/x.lock")
        let error = try #require(failure { () throws(GitError) in try set("refs/heads/a", "refs/heads/x") })
        #expect(error.code == .locked)
        #expect(error.message == "the reference `refs/heads/x` is locked by another process")
        #expect(error.help?.contains("/work/.git/refs/heads/x.lock` if no other git process runs") == true)
        #expect(try target("refs/heads/a") == nil)
        #expect(!sandbox.exists("work/.git/refs/heads/a.lock"))
        try FileManager.default.removeItem(atPath: sandbox.path + "/work/.git/refs/heads/x.lock")
        try set("refs/heads/a", "refs/heads/x")
        #expect(try target("refs/heads/a") == head)
    }

    @Test func abandonedTransactionsChangeNothing() throws {
        do {
            let transaction = try repository.lock(references: ["refs/heads/a"])
            try transaction.setTarget("refs/heads/a", head, message: "test")
            #expect(sandbox.exists("work/.git/refs/heads/a.lock"))
            _ = consume transaction
        }
        #expect(!sandbox.exists("work/.git/refs/heads/a.lock"))
        #expect(try target("refs/heads/a") == nil)
    }

    @Test func gitRespectsTheLock() throws {
        let transaction = try repository.lock(references: ["refs/heads/a"])
        try sandbox.git("update-ref", "refs/heads/a", head.description, at: "work", status: 128)
        try transaction.setTarget("refs/heads/a", head, message: "test")
        #expect(
            code { () throws(GitError) in
                try transaction.setTarget("refs/heads/b", head, message: "test")
            } == .invalid)
        try transaction.commit()
        try sandbox.git("update-ref", "-d", "refs/heads/a", at: "work")
        #expect(try target("refs/heads/a") == nil)
    }

    @Test(arguments: ["", "heads", "refs/heads/a..b", "refs/heads/.x", "refs/heads/a\0b"])
    func refusedNames(_ name: String) {
        #expect(code { () throws(GitError) in try set(name) } == .invalid)
    }

    @Test(arguments: [true, false]) func folderOfAnotherReference(packed: Bool) throws {
        try set("refs/heads/parapet/results/prod")
        if packed { try sandbox.git("pack-refs", "--all", at: "work") }
        let above = try #require(failure { () throws(GitError) in try set("refs/heads/parapet/results") })
        #expect(above.code == .conflict)
        #expect(above.help == "rename or delete `refs/heads/parapet/results/prod`")
        #expect(code { () throws(GitError) in try set("refs/heads/main/x") } == .conflict)
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "work") == "")
    }

    @Test func packedReferencesMove() throws {
        try set("refs/heads/a")
        try sandbox.git("pack-refs", "--all", at: "work")
        let tree = try repository.tree(of: head)
        let next = try repository.createCommit(tree: tree, parents: [head], message: "two", author: .ada)
        let transaction = try repository.lock(references: ["refs/heads/a"])
        try transaction.setTarget("refs/heads/a", next, message: "test")
        try transaction.commit()
        #expect(try sandbox.git("rev-parse", "a", at: "work") == next.description)
    }

    /// Every writer adds a line of its own, as scans do to the journal; none may be lost.
    @Test func concurrentWriters() async throws {
        let path = sandbox.path + "/work"
        let name = "refs/heads/parapet/journal"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let repository = try Repository.open(at: path)
                    for line in 0..<3 {
                        while true {
                            do throws(GitError) {
                                try Self.add("\(writer)-\(line)", to: name, in: repository)
                                break
                            } catch {
                                guard error.code == .locked else { throw error }
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let tip = try #require(try target(name))
        #expect(try repository.entries(ofCommit: tip).count == 24)
        #expect(try sandbox.git("rev-list", "--count", "parapet/journal", at: "work") == "24")
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "work") == "")
    }

    private static func add(_ line: String, to name: String, in repository: Repository) throws(GitError) {
        let transaction = try repository.lock(references: [name])
        let parent = try repository.target(ofReference: name)
        var base: ObjectID?
        if let parent { base = try repository.tree(of: parent) }
        let tree = try repository.writeTree(base: base, changes: [.file(path: line, bytes: Array(line.utf8))])
        let commit = try repository.createCommit(
            tree: tree, parents: parent.map { [$0] } ?? [], message: line, author: .ada)
        try transaction.setTarget(name, commit, message: "test")
        try transaction.commit()
    }
}
