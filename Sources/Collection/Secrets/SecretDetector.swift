public import Resources

/// Tells secrets in text of any origin. It knows shapes of tokens, names that call for secrets, and what looks random;
/// a secret that looks like a word, under a name that does not call for one, passes for a word.
public struct SecretDetector: Sendable {
    public init() {}

    /// What kind of secret a value is, or holds; nil where none is seen. The key's name counts: `hunter2` is a secret
    /// under `DB_PASSWORD` alone.
    public func kind(of value: String, key: String? = nil) -> SecretKind? {
        let bytes = Array(value.utf8)
        let whole = bytes[...].trimmed
        let isReference = whole.starts(with: "{{resolve:".utf8)
        guard isReference || !SecretValue.isPlaceholder(whole) else { return nil }
        let name = key.map { SecretKeyName($0) }
        let isWord = !whole.contains(where: ByteClass.space.contains)
        var scan = TextScan(bytes, judgesWords: !isWord && name?.isOfIdentifier != true)
        scan.run()
        let kinds = scan.found.map(\.kind)
        if let kind = kinds.first(where: { $0 != .reference }) { return kind }
        if kinds.contains(.reference) { return .reference }
        if isWord { return Self.kind(ofWord: whole, under: name) }
        guard let name, name.isPasswordLike, !SecretValue.isInnocuous(whole, under: name) else { return nil }
        return .passwordLikeKey
    }

    /// The secrets in a text, by where they begin. A command has a word in each line.
    func scan(_ text: [UInt8], isCommand: Bool = false) -> TextScan {
        var scan = TextScan(text, judgesWords: true, isCommand: isCommand)
        scan.run()
        return scan
    }

    /// Judges text without spaces that is a value as a whole.
    static func kind(ofWord word: ArraySlice<UInt8>, under name: SecretKeyName?) -> SecretKind? {
        guard !SecretValue.isPlaceholder(word) else { return nil }
        if name?.isOfIdentifier == true { return nil }
        if Randomness.isLikelySecretKey(word) { return .awsSecretKey }
        if word.count == 88, word.suffix(2).elementsEqual("==".utf8), Randomness.isLikely(word) { return .azureKey }
        guard let name, name.isPasswordLike else { return Randomness.isLikely(word) ? .highEntropy : nil }
        guard !SecretValue.isInnocuous(word, under: name) else { return nil }
        return Randomness.isLikely(word) || Randomness.isLongHex(word) ? .highEntropy : .passwordLikeKey
    }
}
