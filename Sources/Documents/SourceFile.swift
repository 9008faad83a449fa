/// A text file by its path in the repository, kept to show excerpts of it.
public struct SourceFile: Sendable, Equatable {
    /// The path as a user knows it, relative to the repository's root.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The text of a line (from 1), without its end; invalid bytes show as U+FFFD.
    public func line(_ number: Int) -> String? {
        line(number, starts: lineStarts)
    }

    /// Where each line starts, for those who ask for many lines.
    var lineStarts: [Int] {
        [0] + bytes.indices.lazy.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    func line(_ number: Int, starts: [Int]) -> String? {
        guard starts.indices.contains(number - 1) else { return nil }
        let end = number < starts.count ? starts[number] - 1 : bytes.endIndex
        var line = bytes[starts[number - 1]..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }
}

/// A place within one line of a file: line and column from 1, the length in characters.
public struct Span: Sendable, Hashable {
    public var line: Int
    public var column: Int
    public var length: Int

    public init(line: Int, column: Int, length: Int = 1) {
        self.line = line
        self.column = column
        self.length = length
    }
}
