internal import Documents

/// A line by which a program tells a GitHub runner to annotate a file.
public struct WorkflowCommand: Sendable, Equatable {
    public enum Level: String, Sendable, Hashable, CaseIterable { case error, warning, notice }

    public var level: Level
    public var message: String
    public var title: String?
    public var file: String?
    /// From 1.
    public var line: Int?
    public var column: Int?

    public init(
        _ level: Level, _ message: String, title: String? = nil, file: String? = nil, line: Int? = nil,
        column: Int? = nil
    ) {
        self.level = level
        self.message = message
        self.title = title
        self.file = file
        self.line = line
        self.column = column
    }

    /// The most UTF-16 code units of a message that are shown.
    static let longestMessage = 4_000

    /// `::error file=a.yaml,line=1,col=2,title=…::message`, without the line end.
    public var text: String {
        var properties: [(String, String)] = []
        if let file { properties.append(("file", file)) }
        if let line { properties.append(("line", String(max(1, line)))) }
        if let column { properties.append(("col", String(max(1, column)))) }
        if let title { properties.append(("title", title)) }
        let list = properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",")
        return "::\(level.rawValue)\(list.isEmpty ? "" : " \(list)")::\(Self.data(message))"
    }

    /// Tells the runner to hide a text in its log; nothing for an empty one.
    public static func mask(_ secret: String) -> String {
        secret.split(whereSeparator: \.isNewline).map { "::add-mask::\(escaped(String($0), forProperty: false))" }
            .joined(separator: "\n")
    }

    /// A message, its lines kept. The runner decodes it and prints it, and what its log then takes for a command of its own
    /// (`##[group]` anywhere, `::` at a line's start) gets a space.
    static func data(_ text: String) -> String {
        let lines = text.cut(to: longestMessage)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { neutral($0.inert) }
        return escaped(lines.joined(separator: "\n"), forProperty: false)
    }

    /// A property's value, on one line.
    static func property(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return escaped(neutral(line.inert.cut(to: 1_000)), forProperty: true)
    }

    /// Text that a runner's log takes for no command, its lines kept.
    public static func plain(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { neutral(String($0)) }
            .joined(separator: "\n")
    }

    /// By scalars, not by what people see as characters: the runner knows no more. It drops whatever space there is before
    /// `::`.
    private static func neutral(_ line: String) -> String {
        let scalars = line.unicodeScalars.replacing("##[".unicodeScalars, with: "## [".unicodeScalars)
        let text = scalars.drop { $0.properties.isWhitespace }
        guard text.starts(with: "::".unicodeScalars) else { return String(scalars) }
        return String(scalars[..<text.startIndex]) + ": " + String(text.dropFirst())
    }

    private static func escaped(_ text: String, forProperty: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { output, scalar in
            switch scalar {
            case "%": output += "%25"
            case "\r": output += "%0D"
            case "\n": output += "%0A"
            case ":" where forProperty: output += "%3A"
            case "," where forProperty: output += "%2C"
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}

extension WorkflowCommand {
    /// How many annotations of a level GitHub shows for a step.
    public static let mostOfALevel = 10

    /// The lines for a step: errors, then warnings, then notices, of each the first ten. What is left out is counted in one
    /// notice, which is among the ten.
    ///
    /// - Parameter commands: of each level the worst first.
    public static func lines(_ commands: [WorkflowCommand]) -> [String] {
        var lines: [String] = []
        var left: [String] = []
        func take(_ level: Level, _ most: Int) {
            let all = commands.filter { $0.level == level }
            lines += all.prefix(most).map(\.text)
            let rest = all.count - min(most, all.count)
            if rest > 0 { left.append("\(rest) more \(level.rawValue)\(rest == 1 ? "" : "s")") }
        }
        take(.error, mostOfALevel)
        take(.warning, mostOfALevel)
        let isFull = commands.count { $0.level == .notice } >= mostOfALevel
        take(.notice, !left.isEmpty || isFull ? mostOfALevel - 1 : mostOfALevel)
        if !left.isEmpty {
            let text = left.joined(separator: ", ")
            lines.append(
                WorkflowCommand(.notice, "not shown: \(text). GitHub shows ten annotations of a level for a step").text)
        }
        return lines
    }
}
