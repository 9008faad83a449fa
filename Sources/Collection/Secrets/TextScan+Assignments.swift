internal import Resources

extension TextScan {
    /// Values that stand behind names: `PASSWORD=x`, `password: x`, `"password": "x"`, `--password x`, and what
    /// programs take as a user's password.
    mutating func findAssignments(_ line: ArraySlice<UInt8>) {
        for index in line.indices where Self.signs.contains(bytes[index]) {
            guard let name = name(before: index, in: line), let value = value(behind: index, in: line) else { continue }
            judge(value, under: SecretKeyName(String(decoding: bytes[name], as: UTF8.self)), at: name.lowerBound, line)
        }
        let words = line.split(whereSeparator: { ByteClass.space.contains($0) || ByteClass.quote.contains($0) })
        findFlags(words)
        findHeaders(words)
        findUsers(line, words)
    }

    /// `--password x`
    mutating func findFlags(_ words: [ArraySlice<UInt8>]) {
        for (word, next) in zip(words, words.dropFirst()) where !next.starts(with: "-".utf8) {
            guard word.starts(with: "--".utf8), word.allAre(.name) else { continue }
            let name = SecretKeyName(String(decoding: word, as: UTF8.self))
            judge(next.startIndex..<next.endIndex, under: name, at: word.startIndex, word)
        }
    }

    private static let signs = ByteClass("=:>")
    /// Longer values are cut.
    private static let longestValue = 1024

    /// The name before a sign: at most 128 bytes, perhaps in quotes.
    private func name(before sign: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        var end = sign
        // `:=` is one sign; `<name>` has no space.
        let passed = bytes[sign] == UInt8(ascii: "=") ? " :" : bytes[sign] == UInt8(ascii: ":") ? " " : ""
        while end > line.startIndex, passed.utf8.contains(bytes[end - 1]) { end -= 1 }
        // An escaped quote has a backslash before it.
        while end > line.startIndex, ByteClass.quote.contains(bytes[end - 1]) || bytes[end - 1] == 0x5C { end -= 1 }
        var start = end
        while start > line.startIndex, end - start < 128, ByteClass.name.contains(bytes[start - 1]) { start -= 1 }
        guard start < end else { return nil }
        if bytes[sign] == UInt8(ascii: ">") {
            guard start > line.startIndex, bytes[start - 1] == UInt8(ascii: "<"), end == sign else { return nil }
        }
        return start..<end
    }

    /// The value behind a sign; nil where the sign is no assignment.
    private func value(behind sign: Int, in line: ArraySlice<UInt8>) -> Range<Int>? {
        let line = line[(sign + 1)...].prefix(Self.longestValue)
        if bytes[sign] == UInt8(ascii: ">") {
            let end = line.firstIndex(of: UInt8(ascii: "<")) ?? line.startIndex
            return line.startIndex < end ? line.startIndex..<end : nil
        }
        let isColon = bytes[sign] == UInt8(ascii: ":")
        guard let next = line.first, !isColon || !":=/".utf8.contains(next) else { return nil }
        let rest = line.dropFirst("=>".utf8.contains(next) ? 1 : 0).drop { ByteClass.space.contains($0) || $0 == 0x5C }
        guard let first = rest.first else { return nil }
        if ByteClass.quote.contains(first) { return quoted(rest) }
        let ends = isColon ? Self.plainEnd : Self.valueEnd
        let word = rest.prefix { !ends.contains($0) }
        guard !word.isEmpty, !Self.isCode(word) else { return nil }
        if isColon {
            // In prose a colon ends nothing: a value stands alone and behind a space, as in YAML, or the name in quotes.
            let behind = line[word.endIndex...].trimmed.first
            let isAlone = behind.map { ",}#".utf8.contains($0) } ?? true
            guard isAlone, ByteClass.space.contains(next) || isQuoted(before: sign) else { return nil }
        }
        return word.startIndex..<word.endIndex
    }

    /// What stands between quotes; to the end of the line where they are not closed. Of shells, `` `command` `` is none.
    private func quoted(_ text: ArraySlice<UInt8>) -> Range<Int>? {
        guard let quote = text.first, quote != UInt8(ascii: "`") else { return nil }
        var content = text.dropFirst().prefix { $0 != quote }
        while content.last == 0x5C { content = content.dropLast() }
        return content.isEmpty ? nil : content.startIndex..<content.endIndex
    }

    private func isQuoted(before sign: Int) -> Bool {
        sign > 0 && ByteClass.quote.contains(bytes[sign - 1])
    }

    private static let valueEnd = ByteClass(" \t\r\n;&\"'`")
    private static let plainEnd = ByteClass(" \t\r\n,}")

    /// Expressions of programs: `os.environ["X"]`, `var.password`, `read()`.
    private static func isCode(_ word: ArraySlice<UInt8>) -> Bool {
        let starts = ["var.", "local.", "data.", "module.", "os.", "process.", "env.", "config.", "settings.", "self."]
        if starts.contains(where: { word.starts(with: $0.utf8) }) { return true }
        return word.contains(UInt8(ascii: "(")) && word.contains(UInt8(ascii: ")"))
            || word.starts(with: "[".utf8) || word.starts(with: "{".utf8)
    }

    private mutating func judge(
        _ value: Range<Int>, under name: SecretKeyName, at start: Int, _ line: ArraySlice<UInt8>
    ) {
        guard isFree(value) else { return }
        let bytes = bytes[value].trimmed
        let kind: SecretKind?
        if bytes.contains(where: ByteClass.space.contains) {
            let isSecret = name.isPassword && !SecretValue.isInnocuous(bytes, under: name)
            kind = isSecret && !SecretValue.isPlaceholder(bytes) ? .passwordLikeKey : nil
        } else if name.isPasswordLike {
            kind = SecretDetector.kind(ofWord: bytes, under: name)
        } else {
            // What looks random without a name is judged as a word.
            if name.isOfIdentifier { cover(value) }
            return
        }
        guard let kind else { return }
        note(kind == .passwordLikeKey && isInConnection(start, line) ? .connectionString : kind, value)
    }

    /// Whether an assignment stands among those of a connection string: `Server=db;User Id=app;Password=x`.
    private func isInConnection(_ start: Int, _ line: ArraySlice<UInt8>) -> Bool {
        let before = line[..<start].suffix(512).trimmed
        guard let last = before.last, ";?&".utf8.contains(last) else { return false }
        let text = before.lowercasedText
        if text.contains("://"), !text.contains("http") { return true }
        return ["jdbc:", "server=", "data source=", "host="].contains { text.contains($0) }
    }

    /// `Authorization: Bearer …`
    private mutating func findHeaders(_ words: [ArraySlice<UInt8>]) {
        for (word, next) in zip(words, words.dropFirst()) {
            let scheme = word.lowercasedText
            guard scheme == "bearer" || scheme == "basic", next.count >= 12, isFree(next.startIndex..<next.endIndex),
                next.allSatisfy({ ByteClass.base64.contains($0) || "=.~".utf8.contains($0) }),
                next.contains(where: ByteClass.digit.contains) || next.contains(where: ByteClass.upper.contains)
            else { continue }
            note(.authorizationHeader, next.startIndex..<next.endIndex)
        }
    }

    /// `curl -u user:password`, `echo user:password | chpasswd`, `sshpass -p password`
    private mutating func findUsers(_ line: ArraySlice<UInt8>, _ words: [ArraySlice<UInt8>]) {
        guard words.count > 1 else { return }
        let text = line.lowercasedText
        let isCurl = text.contains("curl ") || text.contains("wget ")
        let isList = text.contains("chpasswd")
        let isPass = text.contains("sshpass ")
        guard isCurl || isList || isPass else { return }
        for (index, word) in words.enumerated() {
            let range = word.startIndex..<word.endIndex
            guard isFree(range), index > 0 else { continue }
            let flag = words[index - 1]
            let parts = word.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            let isPair = parts.count == 2 && parts[0].allAre(.name) && !SecretValue.isPlaceholder(parts[1])
            let isUser = isCurl && (flag.elementsEqual("-u".utf8) || flag.elementsEqual("--user".utf8))
            if isPair, isUser || isList && !text.contains("://") { note(.passwordLikeKey, range) }
            if isPass, flag.elementsEqual("-p".utf8), !SecretValue.isPlaceholder(word) { note(.passwordLikeKey, range) }
        }
    }
}
