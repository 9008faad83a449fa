internal import Documents
internal import Git
internal import Posture
internal import Reports
internal import Resources
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

    /// The newest commit of the results branch.
    func tip() throws(CommandFailure) -> ObjectID { try tip(of: branch) }

    /// The newest commit of a branch, here or as it was last fetched.
    private func tip(of branch: String) throws(CommandFailure) -> ObjectID {
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
        let tip = try tip(of: branches.journal)
        do throws(GitError) {
            if let entry = try JournalEntry.newest(of: tenant, at: tip, in: repository) {
                return RecordedScan(entry)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .configuration, "there is no scan of `\(tenant)` here",
            help: "scan first: parapet scan \(tenant); or fetch the branches: git fetch origin")
    }

    /// What the newest scan of a tenant found, judged by the policy that was recorded with it.
    func newestOutcome(of tenant: String, _ catalog: ResourceCatalog) throws(CommandFailure) -> ScanOutcome {
        let scan = try newestScan(of: tenant)
        do {
            return try scan.dated(in: repository, catalog)
        } catch {
            throw CommandFailure(
                .incomplete, "the newest scan of \(tenant) cannot be judged again: \(error.message)")
        }
    }

    /// The posture that the newest scan of a tenant wrote.
    func newestPosture(of tenant: String, _ catalog: ResourceCatalog) throws(CommandFailure) -> Posture {
        let scan = try newestScan(of: tenant)
        do {
            return try scan.posture(in: repository, catalog)
        } catch {
            throw CommandFailure(.incomplete, "the newest scan of \(tenant) cannot be read: \(error.message)")
        }
    }

    /// What the newest scan of a tenant has written under the beginning of an id.
    func matches(_ prefix: String, of tenant: String) throws(CommandFailure) -> RecordedFinding.Matches {
        let tip = try tip()
        do {
            guard let bytes = try PreviousResults(of: tenant, in: tip, repository, withOthers: false).findings else {
                return RecordedFinding.Matches()
            }
            if let matches = RecordedFinding.matches(bytes, beginning: prefix) { return matches }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(
            .incomplete, "`\(tenant)/findings.json` at \(tip.short) cannot be read", help: "scan \(tenant) again")
    }

    /// The tenant with a name, if there are results of it; all where none is named.
    func tenants(named name: String?) throws(CommandFailure) -> [String] {
        let known = try tenants(at: tip())
        guard let name else { return known }
        guard known.contains(name) else {
            throw CommandFailure(
                .configuration, "there are no results of `\(name)`", help: suggestion(for: name, among: known))
        }
        return [name]
    }

    /// A commit by its revision, or the newest one up to a day: `2026-10-01` is its end.
    func commit(_ text: String) throws(CommandFailure) -> ObjectID {
        guard text.utf8.count == 10, let day = Timestamp("\(text)T23:59:59Z") else {
            return try commits(from: text, all: false)[0]
        }
        let commits = try commits(from: nil, all: true)
        do throws(GitError) {
            for commit in commits where try repository.time(of: commit) <= day.seconds { return commit }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure(.configuration, "there are no results up to \(text)")
    }

    /// The tenants that a commit has results of.
    func tenants(at commit: ObjectID) throws(CommandFailure) -> [String] {
        do throws(GitError) {
            let entries = try repository.entries(ofCommit: commit)
            return entries.compactMap { entry -> String? in
                let parts = entry.path.split(separator: "/")
                return parts.count == 2 && parts[1] == "summary.json" ? String(parts[0]) : nil
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What a commit says of a tenant; nil where it says nothing, and, with a warning, where it cannot be read.
    func posture(_ tenant: String, at commit: ObjectID) throws(CommandFailure) -> RecordedPosture? {
        try postures(tenant, at: [commit]).first ?? nil
    }

    /// What each of several commits says of a tenant, as `posture` has it.
    func postures(_ tenant: String, at commits: [ObjectID]) throws(CommandFailure) -> [RecordedPosture?] {
        do {
            let postures = try RecordedPosture.read(tenant, at: commits, in: repository)
            for (commit, posture) in zip(commits, postures) where posture == nil {
                let files = try PreviousResults(of: tenant, in: commit, repository, withOthers: false)
                guard files.findings != nil || files.summary != nil else { continue }
                Console.standard.warning(
                    "what \(commit.short) says of \(tenant) is nothing that a scan writes: it is left out")
            }
            return postures
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The commits at which a tenant's results changed, newest first.
    ///
    /// - Parameter since: those before are left out, but for the last of them: with it a comparison begins.
    func commits(of tenant: String, since: Timestamp?) throws(CommandFailure) -> [ObjectID] {
        var found: [ObjectID] = []
        for commit in try commits(from: nil, all: true) {
            do throws(GitError) {
                guard let trailers = try ResultsTrailers(of: commit, in: repository), trailers.tenant == tenant else {
                    continue
                }
                found.append(commit)
                if let since, trailers.moment < since { break }
            } catch {
                throw CommandFailure(error)
            }
        }
        return found
    }
}
