public import Documents
public import Resources

extension SnapshotFiles {
    /// No file of a resource has more bytes.
    public static let largestResource = 64 << 20

    /// Reads a tenant's folder.
    ///
    /// - Parameter moment: when it was collected, which its files do not say.
    /// - Throws: `unreadable` where a file is none that a scan writes.
    public static func snapshot(
        _ tree: some FileTree, _ folder: String, at moment: Timestamp
    ) throws(WorkspaceError) -> Snapshot {
        try snapshot(tree, try tree.files(under: folder), folder, at: moment)
    }

    /// Reads the resources of some types alone; what was asked for, and what could not be read, stays that of all.
    public static func snapshot(
        _ tree: RevisionTree, _ folder: String, types: Set<String>, at moment: Timestamp
    ) throws(WorkspaceError) -> Snapshot {
        let names = Set(types.map(ResultPath.component))
        let entries = try tree.files(under: folder) { path in
            let parts = path.dropFirst(folder.utf8.count + 1).split(separator: "/")
            return parts.count != 2 || names.contains(String(parts[1]))
        }
        return try snapshot(tree, entries, folder, at: moment)
    }

    private static func snapshot(
        _ tree: some FileTree, _ entries: [FileTreeEntry], _ folder: String, at moment: Timestamp
    ) throws(WorkspaceError) -> Snapshot {
        var facts: ScanFacts?
        var resources: [Resource] = []
        resources.reserveCapacity(entries.count)
        for part in try parts(tree, entries, folder) {
            facts = part.facts ?? facts
            resources += part.resources
        }
        guard let facts, let account = facts.account, let partition = facts.partition else {
            throw WorkspaceError(.unreadable, "`\(folder)/_scan.json` is missing: there is no snapshot")
        }
        return Snapshot(
            account: account, partition: partition, regions: facts.regions, collectedAt: moment, types: facts.types,
            gaps: facts.gaps, resources: resources)
    }

    /// What stands in some of a folder's files.
    private struct Part: Sendable {
        var facts: ScanFacts?
        var resources: [Resource] = []

        init(_ tree: some FileTree, _ entries: ArraySlice<FileTreeEntry>, _ folder: String) throws(WorkspaceError) {
            for entry in entries {
                let parts = entry.path.dropFirst(folder.utf8.count + 1).split(separator: "/")
                guard parts.first.map(String.init) != PolicyBundle.folder else { continue }
                let document = try? JSON.parse(try tree.read(entry, limit: largestResource))
                if parts == ["_scan.json"], let scan = document.flatMap(ScanFacts.init) {
                    facts = scan
                } else if parts.count == 3, let resource = document.flatMap(Resource.init(envelope:)) {
                    resources.append(resource)
                } else {
                    throw WorkspaceError(.unreadable, "`\(entry.path)` is no file of a snapshot")
                }
            }
        }
    }

    /// Reads a commit's files on several threads.
    private static func parts(
        _ tree: some FileTree, _ entries: [FileTreeEntry], _ folder: String
    ) throws(WorkspaceError) -> [Part] {
        guard let place = (tree as? RevisionTree)?.place, entries.count > fewFiles else {
            return [try Part(tree, entries[...], folder)]
        }
        let size = max(fewFiles, entries.count / 8)
        let read = concurrentMap(entries.indices.parts(of: size)) { range in
            Result { () throws(WorkspaceError) in try Part(place.open(), entries[range], folder) }
        }
        var parts: [Part] = []
        for part in read { parts.append(try part.get()) }
        return parts
    }

    /// What one thread reads faster than several get started.
    private static let fewFiles = 500

    /// What a tenant's folder says of the scan as a whole.
    public static func facts(_ tree: some FileTree, _ folder: String) throws(WorkspaceError) -> ScanFacts {
        guard let entry = try tree.file(at: "\(folder)/_scan.json"),
            let document = try? JSON.parse(try tree.read(entry, limit: largestResource)),
            let facts = ScanFacts(document)
        else {
            throw WorkspaceError(.unreadable, "`\(folder)/_scan.json` is missing: there is no snapshot")
        }
        return facts
    }

    /// Reads the policy that was recorded in a tenant's folder: see `EffectivePolicy`.
    public static func policy(
        _ tree: some FileTree, _ folder: String, catalog: ResourceCatalog, at moment: Timestamp
    ) throws(WorkspaceError) -> EffectivePolicy {
        try PolicyBundle.read(tree, "\(folder)/\(PolicyBundle.folder)", catalog: catalog, at: moment)
    }

    /// As `policy`, with these of its rules alone; the others are not looked at.
    public static func policy(
        _ tree: some FileTree, _ folder: String, rules: Set<String>, catalog: ResourceCatalog, at moment: Timestamp
    ) throws(WorkspaceError) -> EffectivePolicy {
        try PolicyBundle.read(
            tree, "\(folder)/\(PolicyBundle.folder)", only: rules, catalog: catalog, at: moment)
    }

    /// The policy that was recorded in a tenant's folder, as far as it can be told without reading a rule.
    public static func outline(_ tree: RevisionTree, _ folder: String) throws(WorkspaceError) -> PolicyOutline {
        try PolicyBundle.outline(tree, "\(folder)/\(PolicyBundle.folder)")
    }
}
