internal import ArgumentParser
internal import Documents
internal import Git
internal import Resources
internal import Workspace

/// The options of every command that reads a repository.
struct RepositoryOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .long], help: ArgumentHelp("The repository, or a folder in it.", valueName: "dir"))
    var repository = "."

    @Option(name: .long, help: ArgumentHelp("The revision whose configuration is read.", valueName: "rev"))
    var revision = "HEAD"
}

/// A repository opened at a revision.
struct OpenedRepository {
    let repository: Repository
    let commit: ObjectID

    init(_ options: RepositoryOptions) throws(CommandFailure) {
        do {
            repository = try Repository.open(at: options.repository)
            commit = try repository.resolveCommit(options.revision)
        } catch {
            throw CommandFailure(Self.status(of: error), error.message, help: error.help ?? Self.help(for: error))
        }
    }

    var tree: RevisionTree { RevisionTree(repository, at: commit) }

    static func status(of error: GitError) -> ExitStatus {
        switch error.code {
        case .network, .authentication, .rejected, .outrun, .locked, .readOnly, .other: .outside
        default: .configuration
        }
    }

    private static func help(for error: GitError) -> String? {
        switch error.code {
        case .noCommits: "commit the configuration first: git add . && git commit"
        case .notARepository: "go to a repository, name one with --repository, or make one: parapet init"
        default: nil
        }
    }
}

extension CommandFailure {
    init(_ error: GitError) {
        self.init(OpenedRepository.status(of: error), error.message, help: error.help)
    }
}
