/// Whether and how text for a terminal is coloured.
public enum TextStyle: Sendable {
    case plain
    case ansi

    public enum Accent: String, Sendable {
        case strong = "1"
        case faint = "2"
        case error = "1;31"
        case warning = "1;33"
        case good = "32"
    }

    public func paint(_ text: String, _ accent: Accent) -> String {
        switch self {
        case .plain: text
        case .ansi: "\u{1B}[\(accent.rawValue)m\(text)\u{1B}[0m"
        }
    }
}
