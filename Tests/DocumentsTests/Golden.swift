import Foundation
import Testing

/// Files with what is expected. `UPDATE_GOLDEN=1 swift test` writes them anew.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func expect(_ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        #expect(text == expected, "UPDATE_GOLDEN=1 rewrites \(name)", sourceLocation: sourceLocation)
    }
}
