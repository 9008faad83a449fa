internal import ArgumentParser
internal import Documents
internal import Git
internal import Glibc
internal import Workspace

/// `parapet init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes a Parapet repository: settings, an example tenant, workflows. Overwrites nothing.",
        discussion: """
            Workflows review pull requests and scan every day; two more show findings under code scanning and publish the \
            site, once a variable of the repository switches them on. CODEOWNERS says who has to approve changes of the \
            configuration. Of these files, those that are there already stay as they are. In a repository that has a \
            parapet.yaml, --github writes them alone.
            """)

    @Argument(help: ArgumentHelp("The folder; made where it is missing.", valueName: "dir"))
    var directory = "."

    @Flag(name: .long, help: "In a Parapet repository: add the files of GitHub that are missing.")
    var github = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The action that installs Parapet in the workflows, at a commit. Without it, runners need a parapet on their PATH.",
            valueName: "owner/repo@commit"),
        transform: { text in
            guard let action = ActionReference(text) else {
                throw ValidationError(
                    "`\(text)` is not of the form owner/repo@commit, with all 40 digits of the commit")
            }
            return action
        })
    var action: ActionReference?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Who has to approve changes: @user or @org/team, as often as you like.", valueName: "@org/team"),
        transform: { text in
            guard let owner = CodeOwner(text) else {
                throw ValidationError("`\(text)` is not of the form @user or @org/team")
            }
            return owner
        })
    var owners: [CodeOwner] = []

    @Flag(name: .long, help: "Scan each tenant in a job of its own.")
    var matrix = false

    func run() throws {
        let isThere = github && exists("parapet.yaml")
        let settings = isThere ? [] : RepositoryTemplate.files(externalID: RepositoryTemplate.externalID())
        let existing = settings.map(\.path).filter(exists)
        guard existing.isEmpty else {
            throw CommandFailure(
                .configuration,
                "would overwrite \(existing.map { "`\($0)`" }.joined(separator: ", ")) in `\(directory)`",
                help: existing.contains("parapet.yaml")
                    ? "--github adds what GitHub needs to a Parapet repository; nothing was written"
                    : "choose another folder, or move these files away; nothing was written")
        }
        do {
            if (try? Repository.open(at: directory)) == nil { _ = try Repository.create(at: directory) }
        } catch {
            throw CommandFailure(error)
        }
        for file in settings { try make(file) }
        let template = GitHubTemplate(action: action, owners: owners, isMatrix: matrix)
        for file in template.files() {
            if let reason = reasonToKeep(file.path) {
                Console.standard.print("  kept \(reason)")
            } else {
                let isUnowned = file.path == GitHubTemplate.codeOwnersPlaces[0] && owners.isEmpty
                try make(file, note: isUnowned ? ", which protects nothing before you name owners in it" : "")
            }
        }
        Console.standard.print(isThere ? Self.nextOnGitHub : next)
    }

    private func exists(_ path: String) -> Bool { access("\(directory)/\(path)", F_OK) == 0 }

    private func make(_ file: (path: String, text: String), note: String = "") throws {
        try OutputFile.create(file.text.utf8, at: "\(directory)/\(file.path)")
        Console.standard.print("  made \(file.path)\(note)")
    }

    /// What stands in place of a file of GitHub: the file itself, or code owners that it would put out of force.
    private func reasonToKeep(_ path: String) -> String? {
        if exists(path) { return "\(path), which is there already" }
        guard path == GitHubTemplate.codeOwnersPlaces[0],
            let other = GitHubTemplate.codeOwnersPlaces.first(where: exists)
        else { return nil }
        return "\(other): GitHub would no longer read it beside a \(path)"
    }

    private static let nextOnGitHub = """

        Next: docs/github-actions.md of Parapet says which variables the workflows need, and what each permission is for.
        """

    private var next: String {
        let place = directory == "." ? "" : "cd \(directory)\n       "
        return """

            Next:
              1. Make the role in your account: it trusts the principal that runs parapet, with the ExternalId that
                 stands in tenants/example.yaml, and has the policies SecurityAudit and ViewOnlyAccess.
              2. Edit tenants/example.yaml: account, role, regions, scanners.
              3. \(place)parapet validate --worktree
                 git add . && git commit -m 'Add Parapet' && parapet scan
            """
    }
}
