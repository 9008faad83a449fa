internal import ArgumentParser
internal import Documents
internal import Workspace

/// `parapet tenants`
struct TenantsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenants",
        abstract: "Lists the tenants: as text, as JSON, or as a matrix for jobs of GitHub Actions.",
        discussion: """
            github-matrix is one line, {"include":[{"tenant":"prod"},…]}, for strategy.matrix. GitHub makes at most 256 \
            jobs of a matrix: more tenants are an error.
            """)

    @OptionGroup var repository: RepositoryOptions

    @Flag(name: .long, help: "Read the files as they are in the folder, uncommitted edits included.")
    var worktree = false

    @Option(name: .long, help: "text, json or github-matrix.")
    var format: TenantsFormat = .text

    func run() throws {
        let loaded = try ValidateCommand.load(repository, worktree: worktree, BuiltinContent.load())
        let console = Console.standard
        console.show(loaded.diagnostics.filter { $0.severity == .error })
        let errors = loaded.diagnostics.count { $0.severity == .error && !$0.isOfWaiver }
        guard errors == 0 else {
            throw CommandFailure(.configuration, "nothing is listed: \(count(errors, "error")) in the configuration")
        }
        let tenants = loaded.workspace.tenants
        guard !tenants.isEmpty else {
            throw CommandFailure(.configuration, "there are no tenants", help: "add one below tenants/")
        }
        switch format {
        case .text: for tenant in tenants { console.print("\(tenant.name)  \(tenant.account)") }
        case .json: console.print(.array(tenants.map(\.summary)))
        case .matrix:
            guard tenants.count <= Self.mostJobs else {
                throw CommandFailure(
                    .configuration,
                    "a matrix has at most \(Self.mostJobs) jobs, and there are \(tenants.count) tenants",
                    help: "scan them in one job: parapet scan --jobs 16")
            }
            console.print(JSON.object(["include": .array(tenants.map { ["tenant": .string($0.name)] })]).text())
        }
    }

    private static let mostJobs = 256
}

enum TenantsFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
    case matrix = "github-matrix"
}

extension Tenant {
    fileprivate var summary: JSON {
        [
            "tenant": .string(name), "account": .string(account),
            "labels": .object(JSONObject(labels.map { ($0.key, JSON.string($0.value)) })),
        ]
    }
}
