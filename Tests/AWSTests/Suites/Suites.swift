import Documents
import Foundation

/// The conformance suites of others: SigV4 of aws-c-auth, protocols of botocore. They are not part of this repository.
enum Suites {
    static let folder: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let given = ProcessInfo.processInfo.environment["PARAPET_SUITES"]
        let candidates =
            given.map { [$0] } ?? [
                root.appending(path: "../shared/aws/conformance").standardizedFileURL.path
            ]
        return candidates.first { FileManager.default.fileExists(atPath: $0 + "/sigv4.json") }
    }()

    static let isPresent = folder != nil
    static let missing = "the conformance suites are missing: set PARAPET_SUITES to their folder"

    static func load(_ path: String) throws -> JSON {
        guard let folder else { return .null }
        return try JSON.parse([UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(path)"))))
    }

    /// Names of the files of a protocol folder, such as `protocols/input`.
    static func files(_ path: String) throws -> [String] {
        guard let folder else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").filter { $0.hasSuffix(".json") }
            .sorted()
    }
}
