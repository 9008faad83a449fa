internal import ArgumentParser

/// How lines on standard error look.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json

    /// The format that a command line asks for. It is read before the command line is understood, so that what is wrong
    /// with that is told in the same format.
    init(asked words: [String]) {
        var asked: String?
        for (index, word) in words.enumerated() {
            if word == "--" { break }
            if word == "--log-format", index + 1 < words.count { asked = words[index + 1] }
            if word.hasPrefix("--log-format=") { asked = String(word.dropFirst("--log-format=".count)) }
        }
        self = asked.flatMap(LogFormat.init(rawValue:)) ?? .text
    }
}

/// The option of commands that work for long.
struct LogOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Lines on standard error: text, or json, one object with time, level and message a line.",
            valueName: "format"))
    var logFormat: LogFormat = .text
}
