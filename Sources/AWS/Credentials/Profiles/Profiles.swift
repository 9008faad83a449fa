internal import Documents

/// What AWS's shared files say: `~/.aws/config`, and `~/.aws/credentials` over it.
struct Profiles {
    /// The settings of a profile, by lower-case key.
    struct Profile {
        let name: String
        let settings: [String: String]

        subscript(key: String) -> String? { settings[key] }
    }

    private(set) var profiles: [String: Profile] = [:]
    /// The settings of each `[sso-session …]`.
    private(set) var sessions: [String: [String: String]] = [:]
    /// Both files, in words.
    let place: String

    private static let keys = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]

    /// Reads `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or the files where they usually are. A file that is not
    /// there says nothing; one that cannot be read is an error.
    init(environment: [String: String]) throws(AWSError) {
        let config = Self.path("AWS_CONFIG_FILE", or: "config", environment)
        let credentials = Self.path("AWS_SHARED_CREDENTIALS_FILE", or: "credentials", environment)
        place = "\(config.shown) and \(credentials.shown)"
        var settings: [String: [String: String]] = [:]
        for (section, values) in try Self.sections(config.path) {
            let (kind, name) = Self.parts(section)
            switch kind {
            case "profile": settings[name, default: [:]].merge(values) { $1 }
            case "sso-session": sessions[name, default: [:]].merge(values) { $1 }
            // `[profile default]` stands before `[default]`.
            case "default": settings[kind, default: [:]].merge(values) { old, _ in old }
            default: continue
            }
        }
        for (section, values) in try Self.sections(credentials.path) {
            // Halves of two pairs of keys make no pair.
            if Self.keys.contains(where: { values[$0] != nil }) {
                for key in Self.keys { settings[section]?[key] = nil }
            }
            settings[section, default: [:]].merge(values) { $1 }
        }
        for (name, settings) in settings { profiles[name] = Profile(name: name, settings: settings) }
    }

    private static func path(
        _ variable: String, or file: String, _ environment: [String: String]
    ) -> (path: String?, shown: String) {
        if let path = environment.filled(variable) {
            return (expanded(path, environment), path.inert)
        }
        return (environment.filled("HOME").map { "\($0)/.aws/\(file)" }, "~/.aws/\(file)")
    }

    /// A path whose `~/` is the user's folder.
    static func expanded(_ path: String, _ environment: [String: String]) -> String {
        guard path.hasPrefix("~/"), let home = environment.filled("HOME") else { return path }
        return home + path.dropFirst()
    }

    private static func sections(_ path: String?) throws(AWSError) -> [String: [String: String]] {
        guard let path else { return [:] }
        switch FileBytes.read(path) {
        case .missing: return [:]
        case .failed(let cause): throw .unfit("\(path.inert) cannot be read: \(cause)")
        case .bytes(let bytes): return SharedFile(text: String(decoding: bytes, as: UTF8.self)).sections
        }
    }

    /// `profile a` and `profile "a b"`, parted into kind and name.
    private static func parts(_ section: String) -> (kind: String, name: String) {
        guard let space = section.firstIndex(where: \.isWhitespace) else { return (section, "") }
        var name = ResponseDecoder.trim(String(section[space...]))
        if name.count >= 2, let quote = name.first, "\"'".contains(quote), name.last == quote {
            name = String(name.dropFirst().dropLast())
        }
        return (String(section[..<space]), name)
    }
}
