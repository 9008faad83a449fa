import Documents
import Foundation
import Testing

@testable import AWS

struct ProcessTests {
    private static let output =
        #"{"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": "SECRETSECRET", "SessionToken": "TOKENTOKEN", "Expiration": "2027-01-15T09:00:00Z"}"#

    private func world(_ script: String, arguments: String = "") throws -> CredentialWorld {
        let world = try CredentialWorld()
        let path = try world.script("bin/my program", script)
        try world.write(".aws/config", "[default]\ncredential_process = \"\(path)\" \(arguments)\n")
        return world
    }

    @Test func takesWhatAProgramPrints() async throws {
        let world = try world("echo '\(Self.output)'")
        #expect(
            try await world.credentials()
                == Credentials(
                    accessKeyID: "AKIA", secretAccessKey: "SECRETSECRET", sessionToken: "TOKENTOKEN",
                    expiry: Timestamp(CredentialWorld.later)))
        let longTerm = try self.world(#"echo '{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s"}'"#)
        #expect(try await longTerm.credentials() == Credentials(accessKeyID: "AKIA", secretAccessKey: "s"))
    }

    /// No shell is in between, the environment is passed on, and there is neither input nor a terminal.
    @Test func runsTheProgramAsItStands() async throws {
        let world = try world(
            """
            { printf '<%s>' "$@"; echo "$COLOUR"; cat; (: </dev/tty) 2>/dev/null && echo terminal
            ls /proc/self/fd | wc -l; } > "$HOME/seen"
            echo '\(Self.output)'
            """, arguments: #"$HOME '*' "a b" c\ d ~/x `id` ; |"#)
        world.environment["COLOUR"] = "blue"
        _ = try await world.credentials()
        let seen = try String(contentsOf: world.home.appending(path: "seen"), encoding: .utf8)
        #expect(seen.hasPrefix("<$HOME><*><a b><c d><~/x><`id`>"), "\(seen)")
        #expect(seen.contains(">blue\n") && !seen.contains("terminal"), "\(seen)")
        // Standard input, output and error, and the folder that `ls` reads.
        #expect(seen.split(separator: "\n").last == "4", "\(seen)")
    }

    @Test(arguments: [
        ("echo SECRETSECRET; echo SECRETSECRET >&2; exit 3", "the program failed with exit status 3"),
        ("echo SECRETSECRET", "what the program wrote is not a JSON object"),
        ("echo '[\"SECRETSECRET\"]'", "what the program wrote is not a JSON object"),
        (":", "what the program wrote is not a JSON object"),
        (#"echo '{"AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET"}'"#, "`Version` is not 1"),
        (#"echo '{"Version": "1", "AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET"}'"#, "`Version` is not 1"),
        (#"echo '{"Version": 2, "AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET"}'"#, "`Version` is not 1"),
        (#"echo '{"Version": 1, "SecretAccessKey": "SECRETSECRET"}'"#, "there is no `AccessKeyId`"),
        (#"echo '{"Version": 1, "AccessKeyId": "a"}'"#, "there is no `SecretAccessKey`"),
        (
            #"echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": ["SECRETSECRET"]}'"#,
            "`SecretAccessKey` is not a text, or is empty"
        ),
        (
            #"echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "SECRETSECRET", "Expiration": "soon"}'"#,
            "`Expiration` is not a moment"
        ),
        ("kill -9 $$", "the program was ended by signal 9"),
    ])
    func refuses(_ script: String, _ reason: String) async throws {
        #expect(
            await (try world(script)).failure()
                == "InvalidCredentials: the profile `default`: `credential_process` of profile `default`: \(reason)")
    }

    @Test(arguments: [
        ("/nonexistent/program", "the program does not start: No such file or directory"),
        ("'open", "the command has a quotation mark or a backslash without an end, or no program"),
        ("''", "the command has a quotation mark or a backslash without an end, or no program"),
    ])
    func refusesCommands(_ command: String, _ reason: String) async throws {
        let world = try CredentialWorld()
        try world.write(".aws/config", "[default]\ncredential_process = \(command)\n")
        #expect(await world.failure().hasSuffix(": \(reason)"))
    }

    /// The program's own children end with it.
    @Test func endsWhatHangs() async throws {
        let world = try world(
            "sleep 1000 & echo $! > \"$HOME/child\"; echo SECRETSECRET; wait")
        world.limits.time = .milliseconds(300)
        #expect(await world.failure().hasSuffix("the program did not end within 0.3 seconds"))
        let text = try String(contentsOf: world.home.appending(path: "child"), encoding: .utf8)
        let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        var isGone = false
        for _ in 0..<200 where !isGone {
            isGone = Self.hasEnded(child)
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(isGone)
    }

    /// Gone, or waiting for whoever is to read its status.
    private static func hasEnded(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        return status.contains(") Z ")
    }

    /// A program that closes its output goes on until its time is over; one that leaves a child behind does not wait.
    @Test func waitsForTheProgramAndNotForItsOutput() async throws {
        let silent = try world("echo '\(Self.output)'; exec >&-; sleep 1000")
        silent.limits.time = .milliseconds(300)
        #expect(await silent.failure().hasSuffix("did not end within 0.3 seconds"))
        let daemon = try world("sleep 20 & echo '\(Self.output)'")
        daemon.limits.time = .seconds(10)
        #expect(try await daemon.credentials().accessKeyID == "AKIA")
    }

    @Test func endsWhatNeverStopsWriting() async throws {
        let world = try world("yes SECRETSECRET")
        #expect(await world.failure().hasSuffix("the program wrote more than 65536 bytes"))
    }

    @Test(arguments: [
        ("a b", ["a", "b"]), ("  a\t b  ", ["a", "b"]), ("a''b", ["ab"]), ("'' a", ["", "a"]), ("'a \"b'", ["a \"b"]),
        (#""a \" \\ \n""#, [#"a " \ \n"#]), (#"a\ b\'"#, ["a b'"]), (#"'a\'"#, [#"a\"#]), ("", []), ("'a", nil),
        ("\"a", nil), ("a\\", nil), ("a#b", ["a#b"]), ("$HOME *", ["$HOME", "*"]),
    ])
    func partsWords(_ text: String, _ words: [String]?) {
        #expect(CommandWords.split(text) == words)
    }
}
