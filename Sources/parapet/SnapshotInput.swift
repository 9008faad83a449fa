internal import Documents
internal import Git
internal import Resources
internal import Workspace

/// A snapshot that stands in files.
struct SnapshotInput {
    var path: String
    var text: SnapshotText
    /// Nil where the files do not say.
    var types: Set<String>?
    /// Nil where the files do not say.
    var regions: Set<String>?
    var gaps: [CollectionGap] = []
    var collectedAt: Timestamp?
    /// The files of a folder, in the records' order.
    private var files: [String] = []

    /// Reads a file, a folder, or `REV:FOLDER` in a repository.
    static func read(_ path: String, in repository: RepositoryOptions) throws(CommandFailure) -> SnapshotInput {
        do {
            let text = try SnapshotText(file: path)
            return SnapshotInput(path: path, text: text, collectedAt: firstMoment(text))
        } catch  where error.isFolder {
            return try read(DirectoryTree(path), "", path)
        } catch  where path.contains(":") {
            let parts = path.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var options = repository
            options.revision = String(parts[0])
            let opened = try OpenedRepository(options)
            var input = try read(opened.tree, String(parts[1]), path)
            if input.collectedAt == nil {
                input.collectedAt = (try? opened.repository.time(of: opened.commit)).map { Timestamp(seconds: $0) }
            }
            return input
        } catch {
            throw CommandFailure(.configuration, "cannot read the snapshot `\(path)`: \(error)")
        }
    }

    /// Where a fault stands, for messages.
    func place(of line: Int) -> String { files.isEmpty ? "\(path):\(line)" : path }

    /// The moment that ages are counted to.
    func moment(_ option: String?) throws(CommandFailure) -> Timestamp {
        if let option {
            guard let moment = Timestamp(option) else {
                throw CommandFailure(
                    .configuration, "`\(option)` is no moment", help: "write it like 2026-01-15T00:00:00Z")
            }
            return moment
        }
        guard let collectedAt else {
            throw CommandFailure(
                .configuration, "the snapshot does not say when it was collected",
                help: "say to which moment ages are counted: --now 2026-01-15T00:00:00Z")
        }
        return collectedAt
    }

    /// The whole snapshot in memory.
    func snapshot(at moment: Timestamp) throws(CommandFailure) -> Snapshot {
        var resources: [Resource] = []
        var fault: CommandFailure?
        for chunk in text.chunks(1) {
            text.forEachRecord(in: chunk) { start, bytes in
                guard let resource = (try? JSON.parse(bytes)).flatMap(Resource.init(envelope:)) else {
                    fault =
                        fault ?? CommandFailure(.configuration, "\(place(of: text.line(of: start))): is no resource")
                    return
                }
                resources.append(resource)
            }
        }
        if let fault { throw fault }
        return Snapshot(
            account: resources.first?.account ?? "", partition: "aws",
            regions: (regions ?? Set(resources.map(\.region))).sorted(),
            collectedAt: moment, types: types ?? Set(resources.map(\.type)), gaps: gaps, resources: resources)
    }

    /// The time of the first record.
    private static func firstMoment(_ text: SnapshotText) -> Timestamp? {
        guard let bytes = text.first, let record = try? JSON.parse(bytes) else { return nil }
        return record["collectedAt"]?.string.flatMap { Timestamp($0) }
    }

    private static func read(
        _ tree: some FileTree, _ folder: String, _ path: String
    ) throws(CommandFailure) -> SnapshotInput {
        var records: [[UInt8]] = []
        var files: [String] = []
        var types: Set<String>?
        var regions: Set<String>?
        var gaps: [CollectionGap] = []
        var moments: [Timestamp] = []
        do {
            for entry in try tree.files(under: folder) {
                let parts = entry.path.split(separator: "/")
                guard entry.path.hasSuffix(".json"), !parts.contains("_policy") else { continue }
                let bytes = try tree.read(entry, limit: 1 << 26)
                if parts.last == "_scan.json" {
                    guard let scan = (try? JSON.parse(bytes)).flatMap(ScanFacts.init) else {
                        throw CommandFailure(.configuration, "`\(entry.path)` in \(path) is no scan's `_scan.json`")
                    }
                    // What one scan left out is not known of all.
                    types = types.map { $0.intersection(scan.types) } ?? scan.types
                    regions = regions.map { $0.intersection(scan.regions) } ?? Set(scan.regions)
                    gaps += scan.gaps
                    if let moment = scan.collectedAt { moments.append(moment) }
                } else {
                    records.append(bytes)
                    files.append(entry.path)
                }
            }
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.configuration, "cannot read the snapshot `\(path)`: \(error)")
        }
        guard !records.isEmpty || types != nil else {
            throw CommandFailure(.configuration, "there is no snapshot at `\(path)`")
        }
        let text = SnapshotText(records: records)
        return SnapshotInput(
            path: path, text: text, types: types, regions: regions, gaps: gaps,
            collectedAt: firstMoment(text) ?? moments.min(), files: files)
    }
}
