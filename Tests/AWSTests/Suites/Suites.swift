import Documents
import Foundation

/// The conformance suites of others: SigV4 of aws-c-auth, protocols of botocore. They are not part of this repository.
enum Suites {
    /// `PARAPET_SUITES` says where they are.
    static let folder: String? = ProcessInfo.processInfo.environment["PARAPET_SUITES"].flatMap {
        FileManager.default.fileExists(atPath: $0 + "/sigv4.json") ? $0 : nil
    }

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

    /// The cases of the protocol suites that botocore leaves out, by the protocol's file or for all of them.
    static let ignored: JSON = (try? load("protocols/protocol-tests-ignore-list.json")) ?? .null

    /// Whether a case is left out. `direction` is `input` or `output`.
    static func isIgnored(_ direction: String, file: String, suite: JSON, id: String?) -> Bool {
        let general = ignored["general"]?[direction]
        let own = ignored["protocols"]?[file]?[direction]
        func has(_ list: JSON?, _ text: String?) -> Bool {
            text.map { text in (list?.array ?? []).contains { $0.string == text } } ?? false
        }
        return [general, own].contains { list in
            has(list?["suites"], suite["description"]?.string) || has(list?["cases"], id)
        }
    }
}
