import Foundation
import Testing

@testable import Git

/// What killed processes leave behind.
@Suite struct ReferenceRecoveryTests {
    static let names = ["refs/heads/p/a", "refs/heads/p/b", "refs/heads/p/c"]

    struct Place {
        let sandbox: Sandbox
        let repository: Repository
        let old: ObjectID
        let new: ObjectID

        init() throws {
            sandbox = try Sandbox()
            try sandbox.makeRepository()
            repository = try sandbox.open()
            try sandbox.git("commit", "-q", "--allow-empty", "-m", "old", at: "work")
            old = try #require(ObjectID(hex: try sandbox.git("rev-parse", "HEAD", at: "work")))
            try sandbox.git("commit", "-q", "--allow-empty", "-m", "new", at: "work")
            new = try #require(ObjectID(hex: try sandbox.git("rev-parse", "HEAD", at: "work")))
            for name in names { try sandbox.git("update-ref", name, "\(old)", at: "work") }
        }

        var record: String { sandbox.path + "/work/.git/parapet-references" }

        func noted(_ entries: [ReferenceRecord.Entry], cut: Int = 0) throws {
            let text = entries.map { "\($0)\n" }.joined()
            try String(text.dropLast(cut)).write(toFile: record, atomically: false, encoding: .utf8)
        }

        func lockFile(_ name: String, at moment: Date = Date()) throws {
            try sandbox.write("", to: "work/.git/\(name).lock")
            try FileManager.default.setAttributes(
                [.modificationDate: moment], ofItemAtPath: sandbox.path + "/work/.git/\(name).lock")
        }

        func targets() throws -> [ObjectID?] { try names.map { try repository.target(ofReference: $0) } }

        func lockAndFree() throws { _ = try repository.lock(references: names) }
    }

    static func moves(_ place: Place) -> [ReferenceRecord.Entry] {
        names.map { .locks($0) } + names.map { .moves($0, from: place.old, to: place.new) }
    }

    @Test func nothingIsNotedAfterwards() throws {
        let place = try Place()
        do {
            let transaction = try place.repository.lock(references: Self.names)
            for name in Self.names { try transaction.setTarget(name, place.new, message: "test") }
            #expect(
                try String(contentsOfFile: place.record, encoding: .utf8)
                    == Self.moves(place).map { "\($0)\n" }.joined())
            try transaction.commit()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.record)).isEmpty)
        #expect(try place.targets() == [place.new, place.new, place.new])
    }

    @Test func locksOfAKilledProcessGo() throws {
        let place = try Place()
        try place.noted(Self.names.map { .locks($0) })
        for name in Self.names { try place.lockFile(name) }
        try place.lockAndFree()
        #expect(try place.targets() == [place.old, place.old, place.old])
    }

    @Test(arguments: [0, 60]) func locksOfOthersStay(minutesLater: Int) throws {
        let place = try Place()
        // Without a note, or long after it, the lock is somebody else's.
        if minutesLater > 0 { try place.noted([.locks(Self.names[1])]) }
        try place.lockFile(Self.names[1], at: Date(timeIntervalSinceNow: Double(minutesLater) * 60))
        let error = #expect(throws: GitError.self) { try place.lockAndFree() }
        #expect(error?.code == .locked)
    }

    @Test(arguments: 1...2) func whatWasBegunIsCompleted(moved: Int) throws {
        let place = try Place()
        try place.noted(Self.moves(place))
        for name in Self.names.prefix(moved) { try place.sandbox.git("update-ref", name, "\(place.new)", at: "work") }
        for name in Self.names.dropFirst(moved) { try place.lockFile(name) }
        try place.lockAndFree()
        #expect(try place.targets() == [place.new, place.new, place.new])
    }

    @Test func whatWasNotBegunIsLeft() throws {
        let place = try Place()
        try place.noted(Self.moves(place))
        try place.lockAndFree()
        #expect(try place.targets() == [place.old, place.old, place.old])
    }

    @Test func whoeverMovedAReferenceSinceKeepsIt() throws {
        let place = try Place()
        try place.noted(Self.moves(place))
        try place.sandbox.git("update-ref", Self.names[0], "\(place.new)", at: "work")
        try place.sandbox.git("commit", "-q", "--allow-empty", "-m", "theirs", at: "work")
        try place.sandbox.git("update-ref", Self.names[1], "HEAD", at: "work")
        let theirs = try place.repository.target(ofReference: Self.names[1])
        try place.lockAndFree()
        #expect(try place.targets() == [place.new, theirs, place.new])
    }

    @Test func aLineThatIsCutOffCountsForNothing() throws {
        let place = try Place()
        try place.noted(Self.moves(place), cut: 3)
        try place.sandbox.git("update-ref", Self.names[0], "\(place.new)", at: "work")
        try place.lockAndFree()
        #expect(try place.targets() == [place.new, place.new, place.old])
    }

    @Test func referencesMadeForAPushGo() throws {
        let place = try Place()
        try place.sandbox.git("update-ref", "refs/parapet/tmp/1", "HEAD", at: "work")
        try place.lockAndFree()
        #expect(try place.sandbox.git("for-each-ref", "refs/parapet", at: "work") == "")
    }

    @Test(arguments: ["", "lock", "move a b c", "move a - zz", "x y", "move refs/heads/a - 00"])
    func linesThatAreNone(line: String) { #expect(ReferenceRecord.Entry(line) == nil) }
}
