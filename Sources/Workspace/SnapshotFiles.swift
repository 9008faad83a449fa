internal import Documents
public import Git
public import Resources
internal import Rules

/// A snapshot as files: one canonical file a resource, so that `git log -p` is its history.
public enum SnapshotFiles {
    /// The files of a tenant's folder, with paths relative to it. No moment stands in them: equal accounts make equal
    /// files.
    public static func files(of snapshot: Snapshot, policy: EffectivePolicy) -> [TreeFile] {
        var files = files(of: snapshot, scan(snapshot))
        files += PolicyBundle.files(of: policy).map { file in
            TreeFile(path: "\(PolicyBundle.folder)/\(file.path)", bytes: file.bytes)
        }
        return files.sorted { $0.path.precedesByBytes($1.path) }
    }

    /// The files of a folder that stands by itself: it says when it was collected.
    public static func files(of snapshot: Snapshot) -> [TreeFile] {
        var facts = scan(snapshot)
        facts["collectedAt"] = .string(snapshot.collectedAt.description)
        return files(of: snapshot, facts).sorted { $0.path.precedesByBytes($1.path) }
    }

    private static func files(of snapshot: Snapshot, _ facts: JSONObject) -> [TreeFile] {
        var files = [TreeFile(path: "_scan.json", bytes: JSON.object(facts).bytes(.indented))]
        for (_, resources) in snapshot.resources {
            for (_, group) in Dictionary(grouping: resources, by: \.region) {
                for (resource, path) in zip(group, paths(of: group)) {
                    files.append(TreeFile(path: path, bytes: resource.envelope.bytes(.indented)))
                }
            }
        }
        return files
    }

    /// Where resources stand in a tenant's folder.
    ///
    /// - Parameter group: all of one type in one region.
    private static func paths(of group: [Resource]) -> [String] {
        guard let first = group.first else { return [] }
        let folder = "\(ResultPath.component(first.region))/\(ResultPath.component(first.type))"
        return ResultPath.components(group.map(\.id)).map { "\(folder)/\($0).json" }
    }

    /// Where a resource of a snapshot stands in a tenant's folder; nil where the snapshot does not have it.
    public static func path(of resource: Resource, in snapshot: Snapshot) -> String? {
        let group = (snapshot.resources[resource.type] ?? []).filter { $0.region == resource.region }
        return zip(group, paths(of: group)).first { $0.0 == resource }?.1
    }

    /// What was asked for, and which lists could not be read.
    private static func scan(_ snapshot: Snapshot) -> JSONObject {
        [
            "version": 1, "account": .string(snapshot.account), "partition": .string(snapshot.partition),
            "regions": .array(snapshot.regions.map(JSON.string)),
            "types": .array(snapshot.types.sorted().map(JSON.string)),
            "gaps": .array(
                snapshot.gaps.map { gap in
                    [
                        "type": .string(gap.type), "region": .string(gap.region), "operation": .string(gap.operation),
                        "code": .string(gap.code),
                    ]
                }),
        ]
    }
}
