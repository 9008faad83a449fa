import Foundation
import Git
import TestSupport
import Testing

@testable import Workspace

/// Landings on a remote, which is served by git itself.
@Suite struct LandingRemoteTests {
    /// A bare remote with one commit on `main`, and clones of it.
    private final class Shared {
        let sandbox: Sandbox
        let daemon: GitDaemon
        let clones: [String]

        init(clones count: Int) throws {
            sandbox = try Sandbox()
            _ = try sandbox.repository("seed")
            try sandbox.git(".", "clone", "-q", "--bare", "seed", "remote.git")
            daemon = try GitDaemon(serving: sandbox.path, environment: Git.environment)
            for number in 0..<count {
                try sandbox.git(".", "clone", "-q", "\(daemon.url)/remote.git", "clone\(number)")
            }
            let path = sandbox.path
            clones = (0..<count).map { "\(path)/clone\($0)" }
        }

        func remoteTips() throws -> [String: String] { try LandingTests.tips(sandbox, "remote.git") }
        func tips(_ number: Int) throws -> [String: String] { try LandingTests.tips(sandbox, "clone\(number)") }

        func hook(_ name: String, _ script: String) throws {
            try sandbox.write("#!/bin/sh\n\(script)\n", to: "remote.git/hooks/\(name)")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: sandbox.path + "/remote.git/hooks/\(name)")
        }

        func journal(_ tenant: String) throws -> [String] {
            try sandbox.git("remote.git", "show", "parapet/journal:\(tenant)/2026-11.ndjson")
        }
    }

    @Test func aLandingIsPushed() throws {
        let shared = try Shared(clones: 1)
        let landed = try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        #expect(landed.wasPushed)
        #expect(try shared.remoteTips().keys.sorted() == LandingTests.names)
        #expect(try shared.remoteTips() == shared.tips(0))
        try Scans.land(shared.clones[0], Scans.record("prod", "one", run: "2"), pushing: true)
        #expect(try shared.remoteTips() == shared.tips(0))
        #expect(try shared.journal("prod").count == 2)
        #expect(try shared.sandbox.git("remote.git", "fsck", "--strict", "--no-dangling") == [])
    }

    @Test func whatAnotherCloneLandedMeanwhileIsKept() throws {
        let shared = try Shared(clones: 2)
        var races = 2
        let record = Scans.record("prod", "one") {
            guard races > 0 else { return }
            races -= 1
            do {
                try Scans.land(shared.clones[1], Scans.record("dev", "d\(races)", run: "dev\(races)"), pushing: true)
            } catch {
                Issue.record(error)
            }
        }
        try Scans.land(shared.clones[0], record, pushing: true)
        #expect(races == 0)
        #expect(try shared.journal("prod").count == 1)
        #expect(try shared.journal("dev").count == 2)
        #expect(try shared.sandbox.git("remote.git", "show", "parapet/results:README.md") == ["dev=d0", "prod=one"])
        #expect(try shared.remoteTips() == shared.tips(0))
    }

    @Test func theSameTenantFromTwoClonesLosesNoLine() throws {
        let shared = try Shared(clones: 2)
        try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        try Scans.land(shared.clones[1], Scans.record("prod", "two", run: "2"), pushing: true)
        try Scans.land(shared.clones[0], Scans.record("prod", "one", run: "3"), pushing: true)
        #expect(try shared.journal("prod").count == 3)
        #expect(try shared.sandbox.git("remote.git", "rev-list", "--count", "parapet/snapshots") == ["3"])
    }

    @Test func aHookThatDeclinesStopsAll() throws {
        let shared = try Shared(clones: 1)
        try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        let before = try shared.tips(0)
        try shared.hook("pre-receive", "echo no entry >&2; exit 1")
        var attempts = 0
        let error = #expect(throws: GitError.self) {
            try Scans.land(shared.clones[0], Scans.record("prod", "two") { attempts += 1 }, pushing: true)
        }
        #expect(error?.code == .rejected)
        #expect(error?.message.contains("pre-receive hook declined") == true)
        #expect(attempts == 3, "trying again and again does not help")
        #expect(try shared.tips(0) == before)
        #expect(try shared.remoteTips() == before)
        try FileManager.default.removeItem(atPath: shared.sandbox.path + "/remote.git/hooks/pre-receive")
        try Scans.land(shared.clones[0], Scans.record("prod", "two", run: "2"), pushing: true)
        #expect(try shared.journal("prod").count == 2)
    }

    @Test func aRemoteThatTakesSomeBranchesIsMetAgain() throws {
        let shared = try Shared(clones: 1)
        try shared.hook("update", "case $1 in refs/heads/parapet/journal) exit 1;; esac")
        let error = #expect(throws: GitError.self) {
            try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        }
        #expect(error?.message.contains("refs/heads/parapet/journal") == true)
        #expect(try shared.tips(0) == [:])
        try FileManager.default.removeItem(atPath: shared.sandbox.path + "/remote.git/hooks/update")
        try Scans.land(shared.clones[0], Scans.record("prod", "one", run: "2"), pushing: true)
        #expect(try shared.remoteTips() == shared.tips(0))
        #expect(try shared.sandbox.git("remote.git", "rev-list", "--count", "parapet/snapshots") == ["1"])
        #expect(try shared.journal("prod").count == 1)
    }

    @Test func aBranchThatSomebodyElseIsMovingIsWaitedFor() throws {
        let shared = try Shared(clones: 1)
        let lock = "remote.git/refs/heads/parapet/snapshots.lock"
        try shared.sandbox.write("", to: lock)
        var attempts = 0
        let record = Scans.record("prod", "one") {
            attempts += 1
            guard attempts == 5 else { return }
            do { try FileManager.default.removeItem(atPath: "\(shared.sandbox.path)/\(lock)") } catch {
                Issue.record(error)
            }
        }
        try Scans.land(shared.clones[0], record, pushing: true)
        #expect(attempts == 5)
        #expect(try shared.remoteTips() == shared.tips(0))
        #expect(try shared.journal("prod").count == 1)
    }

    @Test func branchesThatWentDifferentWaysAreAClearError() throws {
        let shared = try Shared(clones: 2)
        try Scans.land(shared.clones[0], Scans.record("prod", "one"))
        try Scans.land(shared.clones[1], Scans.record("dev", "two"), pushing: true)
        let before = try (shared.tips(0), shared.remoteTips())
        let error = #expect(throws: GitError.self) {
            try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("`parapet/snapshots`") == true)
        #expect(error?.help?.contains("git branch -f parapet/snapshots origin/parapet/snapshots") == true)
        #expect(try shared.tips(0) == before.0 && shared.remoteTips() == before.1)
    }

    @Test func landingsWithoutPushingFollowLater() throws {
        let shared = try Shared(clones: 1)
        try Scans.land(shared.clones[0], Scans.record("prod", "one"))
        try Scans.land(shared.clones[0], Scans.record("prod", "two", run: "2"))
        try Scans.land(shared.clones[0], Scans.record("prod", "two", run: "3"), pushing: true)
        #expect(try shared.remoteTips() == shared.tips(0))
        #expect(try shared.journal("prod").count == 3)
    }

    @Test func aBranchThatWasDeletedOnTheRemoteIsPushedAgain() throws {
        let shared = try Shared(clones: 1)
        try Scans.land(shared.clones[0], Scans.record("prod", "one"), pushing: true)
        try shared.sandbox.git("remote.git", "branch", "-q", "-D", "parapet/snapshots")
        try Scans.land(shared.clones[0], Scans.record("prod", "one", run: "2"), pushing: true)
        let (there, here) = try (shared.remoteTips(), shared.tips(0))
        #expect(there == here)
    }

    @Test func sixAtOnceAllLand() throws {
        let shared = try Shared(clones: 6)
        let clones = shared.clones
        try Together.run(6) { number in
            for round in 0..<2 {
                let record = Scans.record(
                    number < 3 ? "same" : "t\(number)", "s\(number)-\(round)", run: "\(number)-\(round)")
                try Scans.land(clones[number], record, pushing: true)
            }
        }
        #expect(try shared.journal("same").count == 6)
        for number in 3..<6 { #expect(try shared.journal("t\(number)").count == 2) }
        let lines = try ["same", "t3", "t4", "t5"].flatMap { try shared.journal($0) }
        let runs = Set(lines.compactMap { $0.firstMatch(of: /"run":"([^"]*)"/)?.output.1 })
        #expect(runs.count == 12)
        #expect(try shared.sandbox.git("remote.git", "rev-list", "--count", "parapet/journal") == ["12"])
        #expect(try shared.sandbox.git("remote.git", "fsck", "--strict", "--no-dangling") == [])
    }
}
