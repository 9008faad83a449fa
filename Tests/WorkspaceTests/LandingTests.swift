import Foundation
import Git
import Testing

@testable import Workspace

/// Landings in a repository without a remote.
@Suite struct LandingTests {
    static let names = ["parapet/journal", "parapet/results", "parapet/snapshots"]

    static func tips(_ sandbox: Sandbox, _ folder: String) throws -> [String: String] {
        let lines = try sandbox.git(
            folder, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/parapet")
        return Dictionary(lines.map { ($0.components(separatedBy: " ")[0], $0.components(separatedBy: " ")[1]) }) {
            first, _ in first
        }
    }

    @Test func theFirstLandingMakesThreeBranches() throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        let landed = try Scans.land(path, Scans.record("prod", "one"))
        #expect(landed.changedSnapshot && landed.changedResults && !landed.wasPushed)
        let tips = try Self.tips(sandbox, "work")
        #expect(
            tips == [
                "parapet/snapshots": "\(landed.snapshot)", "parapet/results": "\(landed.results)",
                "parapet/journal": "\(landed.journal)",
            ])
        #expect(
            try sandbox.git("work", "ls-tree", "-r", "--name-only", "parapet/snapshots") == [
                "prod/_scan.json", "prod/eu-west-1/T/one.json",
            ])
        #expect(
            try sandbox.git("work", "ls-tree", "-r", "--name-only", "parapet/results") == [
                "README.md", "prod/findings.json", "prod/summary.json",
            ])
        #expect(try sandbox.git("work", "ls-tree", "-r", "--name-only", "parapet/journal") == ["prod/2026-11.ndjson"])
        #expect(try sandbox.git("work", "fsck", "--strict", "--full", "--no-dangling") == [])
        #expect(try sandbox.git("work", "status", "--porcelain") == [])
        #expect(try sandbox.git("work", "for-each-ref", "refs/parapet") == [])
        #expect(try sandbox.git("work", "log", "-1", "--format=%ct", "parapet/results") == ["1795000000"])
    }

    @Test func anEqualLandingAddsOneLineToTheJournal() throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        let first = try Scans.land(path, Scans.record("prod", "one"))
        let second = try Scans.land(path, Scans.record("prod", "one", run: "2"))
        #expect(!second.changedSnapshot && !second.changedResults)
        #expect(second.snapshot == first.snapshot && second.results == first.results && second.journal != first.journal)
        let journal = try sandbox.git("work", "show", "parapet/journal:prod/2026-11.ndjson")
        #expect(journal.count == 2 && journal[0].contains("\"run\":\"1\"") && journal[1].contains("\"run\":\"2\""))
        #expect(journal.allSatisfy { $0.contains("\(first.snapshot)") && $0.contains("\(first.results)") })
        #expect(try sandbox.git("work", "rev-list", "--count", "parapet/journal") == ["2"])
    }

    @Test func otherTenantsStayAsTheyAre() throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        try Scans.land(path, Scans.record("prod", "one"))
        try Scans.land(path, Scans.record("prod-eu", "two"))
        let before = try Self.names.map { try sandbox.git("work", "rev-parse", "\($0):prod") }
        try Scans.land(path, Scans.record("prod-eu", "three"))
        #expect(try Self.names.map { try sandbox.git("work", "rev-parse", "\($0):prod") } == before)
        #expect(try sandbox.git("work", "show", "parapet/results:README.md") == ["prod-eu=three", "prod=one"])
        let files = try sandbox.git("work", "ls-tree", "-r", "--name-only", "parapet/snapshots", "prod-eu/")
        #expect(files == ["prod-eu/_scan.json", "prod-eu/eu-west-1/T/three.json"])
        #expect(
            try sandbox.git("work", "log", "--format=%s", "parapet/snapshots") == [
                "snapshot(prod-eu)", "snapshot(prod-eu)", "snapshot(prod)",
            ])
    }

    @Test func trailersAreReadable() throws {
        let sandbox = try Sandbox()
        let landed = try Scans.land(sandbox.repository("work"), Scans.record("prod", "one"))
        let message = try Git.run(["log", "-1", "--format=%B", "parapet/results"], in: sandbox.path + "/work").text
        let trailers = try Git.run(["interpret-trailers", "--parse"], in: sandbox.path + "/work", input: message).lines
        #expect(trailers == ["Parapet-Tenant: prod", "Parapet-Run: 1", "Parapet-Snapshot: \(landed.snapshot)"])
    }

    @Test(arguments: names) func aLockedReferenceStopsAll(name: String) throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        try Scans.land(path, Scans.record("prod", "one"))
        let before = try Self.tips(sandbox, "work")
        try sandbox.write("", to: "work/.git/refs/heads/\(name).lock")
        let error = #expect(throws: GitError.self) { try Scans.land(path, Scans.record("prod", "two")) }
        #expect(error?.code == .locked)
        #expect(error?.description.contains("refs/heads/\(name).lock") == true)
        #expect(throws: GitError.self) { try Scans.landing(path).check() }
        #expect(try Self.tips(sandbox, "work") == before)
        let locks = try FileManager.default.subpathsOfDirectory(atPath: path + "/.git").filter { $0.hasSuffix(".lock") }
        #expect(locks == ["refs/heads/\(name).lock"])
    }

    @Test(arguments: names) func aCheckedOutBranchIsRefused(name: String) throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        try Scans.landing(path).check()
        try Scans.land(path, Scans.record("prod", "one"))
        try sandbox.git("work", "switch", "-q", name)
        let error = #expect(throws: GitError.self) { try Scans.landing(path).check() }
        #expect(error?.code == .conflict)
    }

    @Test(arguments: names) func aBranchCheckedOutInAnotherWorktreeIsRefused(name: String) throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        try Scans.land(path, Scans.record("prod", "one"))
        try sandbox.git("work", "worktree", "add", "-q", "../other", name)
        let error = #expect(throws: GitError.self) { try Scans.landing(path).check() }
        #expect(error?.code == .conflict)
    }

    @Test func aBareRepositoryTakesLandings() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.repository("work")
        try sandbox.git(".", "clone", "-q", "--bare", "work", "bare.git")
        try Scans.landing(sandbox.path + "/bare.git").check()
        try Scans.land(sandbox.path + "/bare.git", Scans.record("prod", "one"))
        #expect(try Self.tips(sandbox, "bare.git").keys.sorted() == Self.names)
    }

    @Test func severalAtOnceInOneRepositoryAllLand() throws {
        let sandbox = try Sandbox()
        let path = try sandbox.repository("work")
        try Together.run(6) { number in try Scans.land(path, Scans.record("t\(number)", "x", run: "\(number)")) }
        let files = try sandbox.git("work", "ls-tree", "-r", "--name-only", "parapet/journal")
        #expect(files == (0..<6).map { "t\($0)/2026-11.ndjson" })
        #expect(try sandbox.git("work", "show", "parapet/results:README.md").count == 6)
        #expect(try sandbox.git("work", "fsck", "--strict", "--no-dangling") == [])
    }
}

/// Runs things at once, each on a thread of its own.
enum Together {
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        let group = DispatchGroup()
        let errors = Errors()
        for number in 0..<count {
            group.enter()
            Thread {
                do { try body(number) } catch { errors.add(error) }
                group.leave()
            }.start()
        }
        group.wait()
        #expect(errors.all.map { "\($0)" } == [])
    }

    private final class Errors: @unchecked Sendable {
        private let lock = NSLock()
        private var list: [any Error] = []
        func add(_ error: any Error) { lock.withLock { list.append(error) } }
        var all: [any Error] { lock.withLock { list } }
    }
}
