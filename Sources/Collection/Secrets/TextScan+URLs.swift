internal import Resources

extension TextScan {
    /// URLs with a user and a password: `postgres://app:hunter2@db/app`.
    mutating func findURLs() {
        let mark = Array("://".utf8)
        var start = 0
        while let found = bytes[start...].firstRange(of: mark) {
            start = found.upperBound
            let scheme = bytes[..<found.lowerBound].suffix(32).reversed().prefix(while: Self.schemeByte.contains)
            let first = found.lowerBound - scheme.count
            guard !scheme.isEmpty, let end = endOfUser(behind: found.upperBound, isWeb: isWeb(first..<found.lowerBound))
            else { continue }
            let range = first..<end
            guard isFree(range) else { continue }
            note(isWeb(first..<found.lowerBound) ? .basicAuthURL : .connectionString, range)
        }
    }

    private static let schemeByte = ByteClass("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")
    private static let authorityEnd = ByteClass("/?#")
    private static let urlEnd = ByteClass(" \t\r\n\"'`<>")

    private func isWeb(_ scheme: Range<Int>) -> Bool {
        let name = bytes[scheme].lowercasedText
        return ["http", "https", "ftp", "ftps", "sftp", "ssh", "git", "wss", "ws"].contains(name)
            || name.hasSuffix("+https")
    }

    /// Where the password ends, if there is one: an `@` with a colon before it.
    private func endOfUser(behind start: Int, isWeb: Bool) -> Int? {
        let url = bytes[start...].prefix(2048).prefix { !Self.urlEnd.contains($0) }
        let authority = url.prefix { !Self.authorityEnd.contains($0) }
        // Passwords of databases often stand there as they are, with slashes.
        let at = authority.lastIndex(of: UInt8(ascii: "@")) ?? (isWeb ? nil : url.firstIndex(of: UInt8(ascii: "@")))
        guard let at, let colon = url[..<at].firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let password = url[(colon + 1)..<at]
        guard !SecretValue.isPlaceholder(password), !password.starts(with: "{{".utf8) else { return nil }
        return at
    }
}
