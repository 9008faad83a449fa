import Foundation
import Git
import Testing

@testable import Workspace

/// The tree of a commit and that of a checkout of it show the same files.
@Suite struct FileTreeTests {
    private static func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        for (file, text) in [
            ("parapet.yaml", "version: 1\n"), ("policies/a.yaml", "a"), ("policies/a/b.yaml", "b"),
            ("policies/a-b.yaml", "c"),
            ("policies/a.b/c.yaml", "d"), ("policies/caf\u{E9}.yaml", "e"), ("policies/.hidden.yaml", "f"),
            ("policies/with space.yaml", "g"), ("tenants/x.yaml", "h"), ("deep/1/2/3/4/5/6/7/8/9/x.yaml", "i"),
            ("outside/s.yaml", "s"),
        ] { try sandbox.write(text, to: "work/\(file)") }
        let work = sandbox.path + "/work"
        try FileManager.default.createSymbolicLink(
            atPath: work + "/policies/link.yaml", withDestinationPath: "/etc/passwd")
        try FileManager.default.createSymbolicLink(atPath: work + "/policies/linked", withDestinationPath: "../outside")
        try FileManager.default.createSymbolicLink(atPath: work + "/frameworks", withDestinationPath: "outside")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: work + "/tenants/x.yaml")
        try sandbox.git("work", "init", "-q", "-b", "main")
        try sandbox.git("work", "add", "-A")
        try sandbox.git("work", "commit", "-q", "-m", "first")
        return sandbox
    }

    @Test func bothSeeTheSameFiles() throws {
        let sandbox = try Self.sandbox()
        let repository = try Repository.open(at: sandbox.path + "/work")
        let revision = RevisionTree(repository, at: try repository.resolveCommit("HEAD"))
        let directory = DirectoryTree(sandbox.path + "/work")
        let listed = try sandbox.git("work", "-c", "core.quotePath=false", "ls-files")
        #expect(try revision.files(under: "").map(\.path) == listed)
        for folder in ["", "policies", "policies/a", "tenants", "frameworks", "parapet.yaml", "none", "deep"] {
            let committed = try revision.files(under: folder)
            let present = try directory.files(under: folder)
            #expect(committed.map(\.path) == present.map(\.path), "`\(folder)`")
            #expect(committed.map(\.kind) == present.map(\.kind), "`\(folder)`")
            for (one, other) in zip(committed, present) where one.kind == .file {
                #expect(try revision.read(one, limit: 100) == directory.read(other, limit: 100))
            }
        }
        for path in ["parapet.yaml", "policies", "policies/link.yaml", "none", "tenants/x.yaml", "frameworks"] {
            #expect(try revision.file(at: path)?.kind == directory.file(at: path)?.kind, "`\(path)`")
        }
        #expect(try directory.files(under: "frameworks").map(\.kind) == [.other])
    }

    @Test func readingIsLimited() throws {
        let sandbox = try Self.sandbox()
        let repository = try Repository.open(at: sandbox.path + "/work")
        let trees: [any FileTree] = [
            RevisionTree(repository, at: try repository.resolveCommit("HEAD")), DirectoryTree(sandbox.path + "/work"),
        ]
        for tree in trees {
            let entry = try #require(try tree.file(at: "parapet.yaml"))
            #expect(try tree.read(entry, limit: 11).count == 11)
            let error = #expect(throws: WorkspaceError.self) { try tree.read(entry, limit: 10) }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test func linksAreNotRead() throws {
        let sandbox = try Self.sandbox()
        let directory = DirectoryTree(sandbox.path + "/work")
        let entry = FileTreeEntry(path: "policies/link.yaml", kind: .file, handle: "policies/link.yaml")
        #expect(throws: WorkspaceError.self) { try directory.read(entry, limit: 1 << 20) }
    }
}
