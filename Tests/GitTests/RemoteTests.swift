import Foundation
import Git
import TestSupport
import Testing

@Suite struct RemoteTests {
    static let tracking = "+refs/heads/parapet/*:refs/remotes/origin/parapet/*"
    static let results = "refs/heads/parapet/results"

    let sandbox: Sandbox
    let daemon: GitDaemon
    let repository: Repository
    let head: ObjectID

    init() throws {
        sandbox = try Sandbox()
        try sandbox.makeRepository()
        try sandbox.commitAll(at: "work", "two")
        try sandbox.git("clone", "-q", "--bare", "work", "remote.git")
        daemon = try GitDaemon(serving: sandbox.path, environment: Sandbox.environment)
        try sandbox.git("remote", "add", "origin", daemon.url + "/remote.git", at: "work")
        repository = try sandbox.open()
        head = try repository.resolveCommit("HEAD")
    }

    private func commit(_ text: String, on parent: ObjectID?, in repository: Repository) throws -> ObjectID {
        let tree = try repository.writeTree(base: nil, changes: [.file(path: "x", bytes: Array(text.utf8))])
        return try repository.createCommit(
            tree: tree, parents: parent.map { [$0] } ?? [], message: text, author: .ada)
    }

    private func onRemote(_ name: String) throws -> String {
        try sandbox.git("for-each-ref", "--format=%(objectname)", name, at: "remote.git")
    }

    private func push(_ updates: (id: ObjectID, reference: String)...) throws -> [String: PushStatus] {
        try repository.push(remote: "origin", updates: updates, credentials: .none)
    }

    @Test func remotes() throws {
        try sandbox.git("remote", "add", "secret", "https://user:pass@example.com/a/b.git", at: "work")
        #expect(try repository.remoteNames() == ["origin", "secret"])
        #expect(repository.remoteURL("secret") == "https://example.com/a/b.git")
        #expect(repository.remoteURL("none") == nil)
    }

    @Test func accepted() throws {
        let first = try commit("1", on: nil, in: repository)
        let other = "refs/heads/parapet/journal"
        #expect(try push((first, Self.results), (head, other)) == [Self.results: .accepted, other: .accepted])
        #expect(try onRemote(Self.results) == first.description)
        #expect(try onRemote(other) == head.description)
        #expect(try push((first, Self.results)) == [Self.results: .accepted])
        let second = try commit("2", on: first, in: repository)
        #expect(try push((second, Self.results)) == [Self.results: .accepted])
        #expect(try onRemote(Self.results) == second.description)
        #expect(try repository.references(matching: "refs/parapet/*") == [])
        #expect(try repository.target(ofReference: "refs/remotes/origin/parapet/results") == second)
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "remote.git") == "")
    }

    @Test func declinedByAHook() throws {
        let hook = "remote.git/hooks/pre-receive"
        try sandbox.write("#!/bin/sh\necho protected branch >&2\nexit 1\n", to: hook)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sandbox.path + "/" + hook)
        let first = try commit("1", on: nil, in: repository)
        #expect(
            try push((first, Self.results))
                == [Self.results: .rejected("pre-receive hook declined: protected branch")])
        #expect(try onRemote(Self.results) == "")
        #expect(try repository.target(ofReference: "refs/remotes/origin/parapet/results") == nil)
    }

    @Test func oneOfTwoDeclined() throws {
        let hook = "remote.git/hooks/update"
        try sandbox.write("#!/bin/sh\ntest $1 != \(Self.results)\n", to: hook)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sandbox.path + "/" + hook)
        let other = "refs/heads/parapet/journal"
        let statuses = try push((head, Self.results), (head, other))
        #expect(statuses[other] == .accepted)
        guard case .rejected(let reason) = statuses[Self.results] else {
            Issue.record("\(statuses)")
            return
        }
        #expect(reason.hasPrefix("hook declined"))
        #expect(try onRemote(Self.results) == "")
    }

    @Test func notAFastForward() throws {
        let theirs = try commit("theirs", on: nil, in: repository)
        #expect(try push((theirs, Self.results)) == [Self.results: .accepted])
        let mine = try commit("mine", on: nil, in: repository)
        let reason = PushStatus.outrun("the remote has commits that are not in what was pushed")
        #expect(try push((mine, Self.results)) == [Self.results: reason])
        // The other case: a tip that is not even here.
        try sandbox.git("clone", "-q", "--bare", "--single-branch", "-b", "main", "work", "second.git")
        let second = try sandbox.open("second.git")
        let foreign = try commit("foreign", on: nil, in: second)
        #expect(
            try second.push(
                remote: daemon.url + "/remote.git", updates: [(foreign, Self.results)], credentials: .none)
                == [Self.results: reason])
        #expect(try onRemote(Self.results) == theirs.description)
    }

    @Test func fetched() throws {
        let url = daemon.url + "/remote.git"
        try repository.fetch(remote: "origin", refspecs: [Self.tracking], credentials: .none)
        #expect(try repository.references(matching: "refs/remotes/*") == [])
        try sandbox.git("clone", "-q", url, "second")
        let second = try sandbox.open("second")
        let first = try commit("1", on: nil, in: second)
        #expect(try second.push(remote: "origin", updates: [(first, Self.results)], credentials: .none).count == 1)
        try repository.fetch(remote: "origin", refspecs: [Self.tracking], credentials: .none)
        #expect(try repository.target(ofReference: "refs/remotes/origin/parapet/results") == first)
        #expect(try repository.entries(ofCommit: first).map(\.path) == ["x"])
        try repository.fetch(
            remote: url, refspecs: ["+refs/heads/none:refs/remotes/origin/none"], credentials: .none)
        // libgit2 empties it whatever it is asked.
        #expect(try String(contentsOfFile: sandbox.path + "/work/.git/FETCH_HEAD", encoding: .utf8) == "")
    }

    /// What the remote no longer has is no longer taken for its own; what was not asked for stays.
    @Test(arguments: [false, true]) func fetchedAfterADeletion(shallow: Bool) throws {
        let first = try commit("1", on: nil, in: repository)
        let other = "refs/heads/other/branch"
        #expect(try push((first, Self.results), (first, other)).count == 2)
        let url = daemon.url + "/remote.git"
        try sandbox.git("clone", "-q", shallow ? "--depth=1" : "--quiet", "--no-single-branch", url, "second")
        let second = try sandbox.open("second")
        #expect(second.isShallow == shallow)
        for name in [Self.results, other] { try sandbox.git("update-ref", "-d", name, at: "remote.git") }
        try second.fetch(remote: "origin", refspecs: [Self.tracking], credentials: .none)
        #expect(
            try second.references(matching: "refs/remotes/origin/*")
                == ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/other/branch"])
    }

    /// What a scan does in a checkout of depth 1: fetch the branches, add to them, push.
    @Test func shallowRoundTrip() throws {
        let root = try commit("1", on: nil, in: repository)
        let first = try commit("2", on: root, in: repository)
        #expect(try push((first, Self.results)) == [Self.results: .accepted])
        try sandbox.git("clone", "-q", "--depth", "1", "--single-branch", daemon.url + "/remote.git", "shallow")
        let shallow = try sandbox.open("shallow")
        for text in ["3", "4"] {
            try shallow.fetch(remote: "origin", refspecs: [Self.tracking], credentials: .none)
            let tip = try #require(try shallow.target(ofReference: "refs/remotes/origin/parapet/results"))
            #expect(try shallow.isAncestor(root, of: tip))
            let next = try commit(text, on: tip, in: shallow)
            #expect(
                try shallow.push(remote: "origin", updates: [(next, Self.results)], credentials: .none)
                    == [Self.results: .accepted])
            #expect(try onRemote(Self.results) == next.description)
            // Another writer is faster the next time.
            let faster = try commit("between " + text, on: next, in: shallow)
            #expect(
                try shallow.push(
                    remote: daemon.url + "/remote.git", updates: [(faster, Self.results)], credentials: .none)
                    == [Self.results: .accepted])
        }
        let branch = "refs/heads/parapet/fresh"
        let fresh = try commit("fresh", on: nil, in: shallow)
        #expect(
            try shallow.push(remote: "origin", updates: [(fresh, branch)], credentials: .none)
                == [branch: .accepted])
        #expect(shallow.isShallow)
        #expect(try sandbox.git("rev-list", "--count", Self.results, at: "remote.git") == "6")
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "remote.git") == "")
        #expect(try sandbox.git("fsck", "--strict", "--no-dangling", at: "shallow") == "")
        let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/shallow/.git")
        #expect(!left.contains { $0.hasPrefix("parapet-") })
    }

    /// A branch whose own history was cut off becomes whole.
    @Test func shallowBranch() throws {
        let root = try commit("1", on: nil, in: repository)
        let first = try commit("2", on: root, in: repository)
        #expect(try push((first, Self.results)) == [Self.results: .accepted])
        try sandbox.git("clone", "-q", "--depth", "1", "--no-single-branch", daemon.url + "/remote.git", "shallow")
        let second = try commit("3", on: first, in: repository)
        #expect(try push((second, Self.results)) == [Self.results: .accepted])
        let shallow = try sandbox.open("shallow")
        try shallow.fetch(remote: "origin", refspecs: [Self.tracking], credentials: .none)
        #expect(try shallow.isAncestor(root, of: second))
    }

    @Test func unreachable() throws {
        let secret = Credentials(username: "user", token: "s3cret")
        let url = "https://user:s3cret@127.0.0.1:1/a.git"
        let error = try #require(
            failure { () throws(GitError) in
                try repository.fetch(remote: url, refspecs: [Self.tracking], credentials: secret)
            })
        #expect(error.code == .network, "\(error)")
        #expect(!error.description.contains("s3cret"))
        #expect(error.message.contains("https://127.0.0.1:1/a.git"))
        #expect(!"\(secret)".contains("s3cret"))
        let none = failure { () throws(GitError) in
            try repository.fetch(remote: "nowhere", refspecs: [], credentials: .none)
        }
        #expect(none?.message == "the repository has no remote `nowhere`")
    }

    @Test(arguments: [nil, "s3cret"]) func refusedCredentials(_ token: String?) throws {
        let server = try RefusingServer()
        let error = try #require(
            failure { () throws(GitError) in
                try repository.fetch(
                    remote: server.url, refspecs: [Self.tracking], credentials: Credentials(token: token))
            })
        #expect(error.code == .authentication, "\(error)")
        #expect(!error.description.contains("s3cret"))
        #expect(error.message.contains(token == nil ? "none are given" : "refused the credentials"), "\(error)")
        #expect(server.authorizations == (token == nil ? 0 : 1))
    }
}
