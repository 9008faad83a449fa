internal import Documents
internal import Git
internal import Resources
internal import Scanning
internal import Workspace

extension ResultsHistory {
    /// A tenant's snapshots as `RecordedScan` names them, oldest first: the commits at which its folder changed.
    ///
    /// - Parameter since: those before are left out.
    func snapshots(of tenant: String, since: Timestamp?) throws(CommandFailure) -> [(
        commit: ObjectID, moment: Timestamp
    )] {
        let scan = try newestScan(of: tenant)
        do throws(GitError) {
            var found: [(commit: ObjectID, moment: Timestamp)] = []
            for version in try repository.versions(of: tenant, from: scan.snapshot) where version.object != nil {
                let moment = Timestamp(seconds: try repository.time(of: version.commit))
                if let since, moment < since { break }
                found.append((version.commit, moment))
            }
            return found.reversed()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// A resource of a tenant's newest scan as scans found it, newest first.
    func versions(
        of resource: Resource, in snapshot: Snapshot, _ tenant: String
    ) throws(CommandFailure) -> [ResourceBlame.Version] {
        guard let path = SnapshotFiles.path(of: resource, in: snapshot) else { return [] }
        let scan = try newestScan(of: tenant)
        let found: [(moment: Timestamp, commit: ObjectID, bytes: [UInt8]?)]
        do throws(GitError) {
            found = try repository.versions(of: "\(tenant)/\(path)", from: scan.snapshot).map {
                version throws(GitError) in
                let bytes = try version.object.map { object throws(GitError) in
                    try repository.readBlob(object, limit: SnapshotFiles.largestResource)
                }
                return (Timestamp(seconds: try repository.time(of: version.commit)), version.commit, bytes)
            }
        } catch {
            throw CommandFailure(error)
        }
        return try found.map { version throws(CommandFailure) in
            let resource = version.bytes.flatMap { try? JSON.parse($0) }.flatMap(Resource.init(envelope:))
            // What cannot be read is not the same as nothing.
            guard resource != nil || version.bytes == nil else {
                throw CommandFailure(
                    .incomplete, "`\(tenant)/\(path)` at \(version.commit.short) is no file of a snapshot")
            }
            return ResourceBlame.Version(
                moment: version.moment, commit: version.commit.description, resource: resource)
        }
    }
}
