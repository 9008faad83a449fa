internal import Documents

/// A remark on lines of a file.
public struct CheckAnnotation: Sendable, Equatable {
    public enum Level: String, Sendable, Hashable, CaseIterable { case notice, warning, failure }

    public let path: String
    public let startLine: Int
    public let endLine: Int
    /// From 1. GitHub takes columns within one line alone.
    public let columns: ClosedRange<Int>?
    public let level: Level
    public let title: String?
    public let message: String

    /// Nil where the path is not one inside the repository. Lines are put right, and what is too long is cut.
    public init?(
        path: String, startLine: Int = 1, endLine: Int? = nil, columns: ClosedRange<Int>? = nil, level: Level,
        title: String? = nil, message: String
    ) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }), path.utf8.count <= 4_096 else {
            return nil
        }
        self.path = path
        self.startLine = max(1, startLine)
        self.endLine = max(self.startLine, endLine ?? startLine)
        self.columns = self.startLine == self.endLine ? columns.flatMap { $0.lowerBound >= 1 ? $0 : nil } : nil
        self.level = level
        let line = title.map { TextLimit.prefix(of: $0.inert, bytes: 255) } ?? ""
        self.title = line.isEmpty ? nil : line
        let text = TextLimit.prefix(of: message, bytes: 16_384)
        self.message = text.isEmpty ? "no message" : text
    }

    var json: JSON {
        var members: JSONObject = [
            "path": .string(path), "start_line": .integer(Int64(startLine)), "end_line": .integer(Int64(endLine)),
            "annotation_level": .string(level.rawValue), "message": .string(message),
        ]
        if let title { members["title"] = .string(title) }
        if let columns {
            members["start_column"] = .integer(Int64(columns.lowerBound))
            members["end_column"] = .integer(Int64(columns.upperBound))
        }
        return .object(members)
    }
}
