extension DiagnosticReport {
    /// Commands to a GitHub Actions runner, a line each; they become annotations of the files.
    public var github: String {
        var lines = shown.map(\.githubCommand)
        if let remainder { lines.append("::notice::\(Diagnostic.githubData(remainder))") }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Diagnostic {
    /// `::error file=a.yaml,line=1,col=2,endColumn=5,title=rule/type::message`, the help on a line of its own.
    var githubCommand: String {
        var properties = [("file", path.inert)]
        if let region = span?.region {
            properties += [
                ("line", String(region.line)), ("col", String(region.column)), ("endColumn", String(region.endColumn)),
            ]
        }
        properties.append(("title", code.inert))
        let list = properties.map { "\($0.0)=\(Self.githubProperty($0.1))" }.joined(separator: ",")
        let text = message.inert + (help.map { "\nhelp: \($0.inert)" } ?? "")
        return "::\(severity.rawValue) \(list)::\(Self.githubData(text))"
    }

    /// What a runner reads as the command's text.
    static func githubData(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    /// What a runner reads as one property's value.
    static func githubProperty(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.reduce(into: "") { output, scalar in
            if let escape = escapes[scalar] { output += escape } else { output.unicodeScalars.append(scalar) }
        }
    }
}
