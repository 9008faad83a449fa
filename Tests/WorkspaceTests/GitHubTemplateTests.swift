import Testing
import Workspace

struct GitHubTemplateTests {
    private static let commit = "0123456789abcdef0123456789abcdef01234567"

    @Test(arguments: ["acme/parapet", "A-1/b.c_d", "a_b/x"]) func actionsAreNamedAtACommit(place: String) throws {
        let text = "\(place)@\(Self.commit)"
        #expect(try #require(ActionReference(text)).description == text)
    }

    @Test(arguments: [
        "", "acme/parapet", "acme/parapet@v1", "acme/parapet@\(commit)0", "acme/parapet@\(commit.uppercased())",
        "acme/parapet@\(commit)@\(commit)", "parapet@\(commit)", "acme/a/b@\(commit)", "./a@\(commit)",
        "acme/..@\(commit)",
        "-a/b@\(commit)", "acme/@\(commit)", "acme/b c@\(commit)", "acme/b\n@\(commit)", "acme/b@\(commit)\n",
        "ácme/b@\(commit)",
        "acme/parapet@\u{FF10}\(commit.dropFirst())",
    ])
    func otherReferencesAreNone(text: String) { #expect(ActionReference(text) == nil) }

    @Test(arguments: ["@ann", "@acme/security", "@a-b/c_d.e"]) func ownersAreUsersAndTeams(text: String) throws {
        #expect(try #require(CodeOwner(text)).description == text)
    }

    @Test(arguments: [
        "", "@", "ann", "@acme/", "@/a", "@a/b/c", "@a b", "@a\n", "@a #", "@\(String(repeating: "a", count: 40))",
    ])
    func othersAreNone(text: String) { #expect(CodeOwner(text) == nil) }

    @Test(arguments: [false, true], [nil, ActionReference("acme/parapet@\(commit)")])
    func nothingIsLeftToFillIn(isMatrix: Bool, action: ActionReference?) {
        for owner in [[], [CodeOwner("@ann")].compactMap(\.self)] {
            let files = GitHubTemplate(action: action, owners: owner, isMatrix: isMatrix).files()
            #expect(files.count == 5)
            for file in files {
                #expect(!file.text.isEmpty && file.text.hasSuffix("\n"), "\(file.path)")
                for mark in ["{container}", "{install}", "{owners}"] {
                    #expect(!file.text.contains(mark), "\(file.path)")
                }
            }
        }
    }
}
