internal import ArgumentParser
internal import Documents
internal import Git
internal import Glibc
internal import Workspace

/// `parapet init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes a Parapet repository: settings, an example tenant, a workflow. Overwrites nothing.")

    @Argument(help: ArgumentHelp("The folder; made where it is missing.", valueName: "dir"))
    var directory = "."

    func run() throws {
        let files = RepositoryTemplate.files(externalID: RepositoryTemplate.externalID())
        let console = Console.standard
        let existing = files.map(\.path).filter { access("\(directory)/\($0)", F_OK) == 0 }
        guard existing.isEmpty else {
            throw CommandFailure(
                .configuration,
                "would overwrite \(existing.map { "`\($0)`" }.joined(separator: ", ")) in `\(directory)`",
                help: "choose another folder, or move these files away; nothing was written")
        }
        do {
            if (try? Repository.open(at: directory)) == nil { _ = try Repository.create(at: directory) }
        } catch {
            throw CommandFailure(error)
        }
        for file in files {
            try OutputFile.create(file.text.utf8, at: "\(directory)/\(file.path)")
            console.print("  made \(file.path)")
        }
        let place = directory == "." ? "" : "cd \(directory)\n       "
        console.print(
            """

            Next:
              1. Make the role in your account: it trusts the principal that runs parapet, with the ExternalId that
                 stands in tenants/example.yaml, and has the policies SecurityAudit and ViewOnlyAccess.
              2. Edit tenants/example.yaml: account, role, regions, scanners.
              3. \(place)parapet validate --worktree
                 git add . && git commit -m 'Add Parapet' && parapet scan
            """)
    }
}
