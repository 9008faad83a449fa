internal import Documents
internal import Resources
internal import Workspace

/// A snapshot that stands in files.
struct SnapshotInput {
    var path: String
    var text: SnapshotText
    /// Nil where the files do not say.
    var types: Set<String>?
    var gaps: [CollectionGap] = []
    var collectedAt: Timestamp?
    /// The files of a folder, in the records' order.
    private var files: [String] = []

    static func read(_ path: String) throws(CommandFailure) -> SnapshotInput {
        do {
            let text = try SnapshotText(file: path)
            return SnapshotInput(path: path, text: text, collectedAt: firstMoment(text))
        } catch  where error.isFolder {
            return try readFolder(path)
        } catch {
            throw CommandFailure(.configuration, "cannot read the snapshot `\(path)`: \(error)")
        }
    }

    /// Where a fault stands, for messages.
    func place(of line: Int) -> String { files.isEmpty ? "\(path):\(line)" : path }

    /// The time of the first record.
    private static func firstMoment(_ text: SnapshotText) -> Timestamp? {
        guard let bytes = text.first, let record = try? JSON.parse(bytes) else { return nil }
        return record["collectedAt"]?.string.flatMap { Timestamp($0) }
    }

    private static func readFolder(_ path: String) throws(CommandFailure) -> SnapshotInput {
        let tree = DirectoryTree(path)
        var records: [[UInt8]] = []
        var files: [String] = []
        var types: Set<String>?
        var gaps: [CollectionGap] = []
        do {
            for entry in try tree.files(under: "") {
                let parts = entry.path.split(separator: "/")
                guard entry.path.hasSuffix(".json"), !parts.contains("_policy") else { continue }
                let bytes = try tree.read(entry, limit: 1 << 26)
                if parts.last == "_scan.json" {
                    guard let scan = (try? JSON.parse(bytes)).flatMap(ScanFacts.init) else {
                        throw CommandFailure(.configuration, "`\(path)/\(entry.path)` is no scan's `_scan.json`")
                    }
                    types = (types ?? []).union(scan.types)
                    gaps += scan.gaps
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
            throw CommandFailure(.configuration, "there are no resources in `\(path)`")
        }
        let text = SnapshotText(records: records)
        return SnapshotInput(
            path: path, text: text, types: types, gaps: gaps, collectedAt: firstMoment(text), files: files)
    }
}
