import Foundation
public import Testing

/// Files with what is expected, in the folder `Golden` of a test target. `UPDATE_GOLDEN=1 swift test` writes them anew.
public enum Golden {
    public static func expect(
        _ text: String, equals name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let golden = folder(of: file).appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(decoding: Data(contentsOf: golden), as: UTF8.self)
        #expect(text == expected, "UPDATE_GOLDEN=1 rewrites \(name)", sourceLocation: sourceLocation)
    }

    /// Of the target in which a source file stands: `.../Tests/TARGET/...`.
    private static func folder(of file: String) -> URL {
        var folder = URL(filePath: file)
        while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        return folder.appending(path: "Golden")
    }
}
