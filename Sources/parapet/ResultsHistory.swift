internal import Documents
internal import Git
internal import Scanning
internal import Workspace

/// The results branch of a repository.
struct ResultsHistory {
    let repository: Repository
    let branches: Branches

    init(_ options: RepositoryOptions) throws(CommandFailure) {
        let opened = try OpenedRepository(options)
        repository = opened.repository
        do {
            let (settings, diagnostics) = try WorkspaceLoader.settings(of: opened.tree)
            Console.standard.show(diagnostics)
            guard !diagnostics.contains(where: { $0.severity == .error }) else {
                throw CommandFailure(.configuration, "parapet.yaml at \(options.revision) has faults")
            }
            branches = Branches(settings)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
    }

    var branch: String { branches.results }

    /// The newest commit of the branch, here or as it was last fetched.
    func tip() throws(CommandFailure) -> ObjectID {
        do {
            if let tip = try repository.target(ofReference: Branches.reference(branch)) { return tip }
            if let tip = try repository.target(ofReference: "refs/remotes/origin/\(branch)") { return tip }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .configuration, "there is no branch `\(branch)` here",
            help: "scan first: parapet scan; or fetch it: git fetch origin \(branch):\(branch)")
    }

    /// A commit, the branch's newest where none is named; with `all`, those before it too, newest first.
    func commits(from revision: String?, all: Bool) throws(CommandFailure) -> [ObjectID] {
        guard let revision else { return try commits(from: tip(), all: all) }
        do {
            return try commits(from: repository.resolveCommit(revision), all: all)
        } catch let error as GitError {
            throw CommandFailure(error)
        } catch {
            throw CommandFailure(.defect, "\(error)")
        }
    }

    private func commits(from start: ObjectID, all: Bool) throws(CommandFailure) -> [ObjectID] {
        var commits = [start]
        do throws(GitError) {
            while all, let last = commits.last, let parent = try repository.parents(of: last).first {
                commits.append(parent)
            }
        } catch {
            throw CommandFailure(error)
        }
        return commits
    }

    /// The scan that made a commit.
    func scan(of commit: ObjectID) throws(CommandFailure) -> RecordedScan {
        do throws(GitError) {
            if let trailers = try ResultsTrailers(of: commit, in: repository) {
                return RecordedScan(trailers, results: commit)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .configuration, "no scan made the commit \(commit.short): its message names no snapshot",
            help: "name a commit of \(branch): git log \(branch)")
    }

    /// The newest scan of a tenant.
    func newestScan(of tenant: String) throws(CommandFailure) -> RecordedScan {
        do throws(GitError) {
            if let entry = try JournalEntry.newest(of: tenant, in: repository, journal: branches.journal) {
                return RecordedScan(entry)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .configuration, "there is no scan of `\(tenant)` here",
            help: "scan first: parapet scan \(tenant); or fetch the branches: git fetch origin")
    }
}
