import Foundation

/// An empty file, deleted with this value.
final class TemporaryFile {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "parapet-\(UUID().uuidString)")
        try Data().write(to: url)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
