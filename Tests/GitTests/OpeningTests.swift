import Foundation
import Git
import Testing

@Suite struct OpeningTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test func discoversUpward() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open("work/rules/deep")
        #expect(repository.workingDirectory?.hasSuffix("/work/") == true)
        #expect(repository.gitDirectory.hasSuffix("/work/.git/"))
        #expect(!repository.isBare && !repository.isShallow && !repository.isPartial)
        #expect(repository.checkedOutBranch() == "refs/heads/main")
        #expect(try repository.resolveCommit("HEAD").description == sandbox.git("rev-parse", "HEAD", at: "work"))
    }

    @Test func bare() throws {
        try sandbox.makeRepository()
        try sandbox.git("clone", "-q", "--bare", "work", "bare.git")
        let repository = try sandbox.open("bare.git")
        #expect(repository.isBare)
        #expect(repository.workingDirectory == nil)
        #expect(try repository.changedPaths(limit: 10) == [])
        #expect(try repository.entries(ofCommit: repository.resolveCommit("main")).count == 5)
    }

    @Test func linkedWorktree() throws {
        try sandbox.makeRepository()
        try sandbox.git("config", "extensions.worktreeConfig", "true", at: "work")
        try sandbox.git("config", "core.repositoryformatversion", "1", at: "work")
        try sandbox.git("worktree", "add", "-q", "-b", "side", "../linked", at: "work")
        let repository = try sandbox.open("linked")
        #expect(repository.checkedOutBranch() == "refs/heads/side")
        #expect(repository.gitDirectory.contains("/worktrees/linked/"))
        #expect(try repository.target(ofReference: "refs/heads/main") == repository.resolveCommit("HEAD"))
    }

    @Test func shallowClone() throws {
        try sandbox.makeRepository()
        try sandbox.commitAll(at: "work", "two")
        let old = try sandbox.open().resolveCommit("HEAD~1")
        try sandbox.git("clone", "-q", "--depth", "1", "file://\(sandbox.path)/work", "shallow")
        let repository = try sandbox.open("shallow")
        #expect(repository.isShallow)
        let head = try repository.resolveCommit("HEAD")
        #expect(try repository.entries(ofCommit: head).count == 5)
        let missing = try #require(failure { () throws(GitError) in try repository.tree(of: old) })
        #expect(missing.code == .missingObject)
        #expect(missing.help?.contains("fetch-depth: 0") == true)
        let walk = try #require(failure { () throws(GitError) in try repository.isAncestor(old, of: head) })
        #expect(walk.code == .missingObject, "\(walk)")
        #expect(walk.help?.contains("--unshallow") == true)
        let unknown = try #require(failure { () throws(GitError) in try repository.resolveCommit("HEAD~1") })
        #expect(unknown.code == .unknownRevision)
        #expect(unknown.help?.contains("--unshallow") == true)
    }

    @Test func partialClone() throws {
        try sandbox.makeRepository()
        try sandbox.git("config", "uploadpack.allowFilter", "true", at: "work")
        try sandbox.git(
            "clone", "-q", "--no-checkout", "--filter=blob:none", "file://\(sandbox.path)/work", "partial")
        let repository = try sandbox.open("partial")
        #expect(repository.isPartial)
        let entries = try repository.entries(ofCommit: repository.resolveCommit("HEAD"))
        let first = try #require(entries.first)
        let error = try #require(failure { () throws(GitError) in try repository.readBlob(first.id, limit: 100) })
        #expect(error.code == .missingObject)
        #expect(error.message.contains("not fetched"))
    }

    @Test func otherObjectNames() throws {
        try sandbox.git("init", "-q", "--object-format=sha256", "new")
        let error = try #require(failure { () throws(GitError) in try Repository.open(at: sandbox.path + "/new") })
        #expect(error.code == .unsupportedRepository)
        #expect(error.message.contains("SHA-256"))
    }

    @Test func unknownExtension() throws {
        try sandbox.makeRepository()
        try sandbox.git("config", "core.repositoryformatversion", "1", at: "work")
        try sandbox.git("config", "extensions.fromTheFuture", "true", at: "work")
        #expect(
            code { () throws(GitError) in _ = try Repository.open(at: sandbox.path + "/work") }
                == .unsupportedRepository)
    }

    @Test(arguments: ["", "/missing"]) func notARepository(_ suffix: String) throws {
        let error = try #require(
            failure { () throws(GitError) in try Repository.open(at: sandbox.path + suffix) })
        #expect(error.code == .notARepository)
        #expect(error.message == "`\(sandbox.path)\(suffix)` is not in a git repository")
    }

    @Test(.enabled(if: getuid() == 0, "only root can give a folder away"))
    func anothersRepository() throws {
        try sandbox.makeRepository()
        for folder in ["work", "work/.git"] { #expect(chown(sandbox.path + "/" + folder, 12_345, 12_345) == 0) }
        let error = try #require(failure { () throws(GitError) in try Repository.open(at: sandbox.path + "/work") })
        #expect(error.code == .notOwned, "\(error)")
        #expect(error.help?.contains("PARAPET_GIT_TRUST_ALL_OWNERS=1") == true)
    }

    @Test func noCommits() throws {
        let repository = try Repository.create(at: sandbox.path + "/new")
        #expect(repository.checkedOutBranch() == "refs/heads/main")
        let error = try #require(failure { () throws(GitError) in try repository.resolveCommit("HEAD") })
        #expect(error.code == .noCommits)
        #expect(error.message == "the repository has no commits")
        try sandbox.write("x", to: "new/x")
        try sandbox.commitAll(at: "new")
        #expect(try repository.resolveCommit("main").description == sandbox.git("rev-parse", "HEAD", at: "new"))
    }

    @Test(arguments: ["nope", "HEAD~7", "HEAD:README.md", "HEAD\0", "", "--all", "v1..v2", "@{9}"])
    func unknownRevision(_ revision: String) throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        #expect(code { () throws(GitError) in _ = try repository.resolveCommit(revision) } == .unknownRevision)
    }

    @Test func tagsAndAbbreviations() throws {
        try sandbox.makeRepository()
        try sandbox.git("tag", "-a", "-m", "first", "v1", at: "work")
        let repository = try sandbox.open()
        let head = try repository.resolveCommit("HEAD")
        #expect(try repository.resolveCommit("v1") == head)
        #expect(try repository.resolveCommit(String(head.description.prefix(8))) == head)
        #expect(try repository.message(of: head) == "one\n")
        #expect(try repository.parents(of: head) == [])
    }

    @Test func changedPaths() throws {
        try sandbox.makeRepository()
        let repository = try sandbox.open()
        #expect(try repository.changedPaths(limit: 10) == [])
        try sandbox.write("new\n", to: "work/rules/new/c.yaml")
        try sandbox.write("hi\n", to: "work/README.md")
        try sandbox.git("rm", "-q", "rules/a.yaml", at: "work")
        #expect(try repository.changedPaths(limit: 10) == ["README.md", "rules/a.yaml", "rules/new/c.yaml"])
        #expect(try repository.changedPaths(limit: 2).count == 2)
    }

    @Test func identity() throws {
        try sandbox.makeRepository()
        try sandbox.git("config", "user.name", "Grace", at: "work")
        try sandbox.git("config", "user.email", "grace@example.com", at: "work")
        let identity = try #require(try sandbox.open().configuredIdentity())
        #expect(identity == (name: "Grace", email: "grace@example.com"))
    }

    @Test func ancestors() throws {
        try sandbox.makeRepository()
        try sandbox.commitAll(at: "work", "two")
        let repository = try sandbox.open()
        let (old, new) = (try repository.resolveCommit("HEAD~1"), try repository.resolveCommit("HEAD"))
        #expect(try repository.isAncestor(old, of: new))
        #expect(try !repository.isAncestor(new, of: old))
        #expect(try repository.isAncestor(new, of: new))
    }
}
