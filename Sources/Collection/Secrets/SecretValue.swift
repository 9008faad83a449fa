internal import Documents

/// What a value by itself says of whether it can be a secret.
enum SecretValue {
    /// Whether the value stands for another: `${DB_PASSWORD}`, `<password>`, `{{ value }}`, `****`.
    static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first, let last = value.last else { return true }
        if value.allSatisfy({ $0 == first }) { return true }
        switch first {
        case UInt8(ascii: "$"):
            let rest = value.dropFirst()
            if rest.first.map({ $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "(") }) == true { return true }
            return rest.allAre(shellName) || rest.allAre(smallShellName) || rest.allAre(.digit)
        case UInt8(ascii: "`"): return true
        case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
        case UInt8(ascii: "%"): return value.count < 3 || last == UInt8(ascii: "%") || value.dropFirst().first == 0x28
        case UInt8(ascii: "{"): return value.starts(with: "{{".utf8) && value.suffix(2).elementsEqual("}}".utf8)
        case UInt8(ascii: "!"): return intrinsics.contains { value.starts(with: $0.utf8) }
        default: return false
        }
    }

    private static let shellName = ByteClass("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
    private static let smallShellName = ByteClass("abcdefghijklmnopqrstuvwxyz_")
    private static let intrinsics = ["!Ref ", "!Sub ", "!GetAtt ", "!ImportValue ", "!Join ", "!FindInMap "]

    /// Whether the value is a setting, a place or a ciphertext, so that even under a name like `API_TOKEN` it is no
    /// secret.
    static func isInnocuous(_ value: ArraySlice<UInt8>, under name: SecretKeyName) -> Bool {
        guard value.count > 2 else { return true }
        if settings.contains(value.lowercasedText) { return true }
        if prefixes.contains(where: { value.starts(with: $0.utf8) }) { return true }
        if isPath(value) { return true }
        if name.isPassword { return false }
        if value.contains(where: ByteClass.space.contains) { return true }
        if value.allAre(number) || isDuration(value) || Timestamp(String(decoding: value, as: UTF8.self)) != nil {
            return true
        }
        // `prod/db`: what a secret is called.
        let parts = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy(isWordy)
    }

    private static let number = ByteClass("0123456789.,-")
    private static let wordy = ByteClass("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+=")
    private static let settings: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "null", "none", "nil", "undefined", "enabled", "disabled",
        "required",
        "optional", "unset", "empty", "n/a", "always", "never", "string", "str", "text", "bytes", "int", "integer",
        "number", "boolean", "bool", "basic", "bearer", "prompt", "auto", "redacted", "[redacted]", "sensitive",
        "(sensitive)", "hidden", "tbd", "todo",
    ]
    /// Places, public keys, and what is encrypted already.
    private static let prefixes = [
        "arn:", "alias/", "http://", "https://", "s3://", "file:", "ssh-rsa ", "ssh-ed25519 ", "ecdsa-",
        "-----BEGIN PUBLIC", "-----BEGIN CERTIFICATE", "AQICAH", "AQECAH", "ENC[", "{cipher}", "vault:", "secret://",
    ]

    /// `/run/secrets/db`, `./key.pem`: parts that people could have named.
    private static func isPath(_ value: ArraySlice<UInt8>) -> Bool {
        guard ["/", "./", "../", "~/"].contains(where: { value.starts(with: $0.utf8) }) else { return false }
        return value.split(separator: UInt8(ascii: "/")).allSatisfy { $0 == [UInt8(ascii: "~")] || isWordy($0) }
    }

    private static func isWordy(_ part: ArraySlice<UInt8>) -> Bool {
        !part.isEmpty && part.allAre(wordy) && !Randomness.isLikely(part)
    }

    /// `30d`, `3600s`
    private static func isDuration(_ value: ArraySlice<UInt8>) -> Bool {
        let rest = value.drop(while: ByteClass.digit.contains)
        return rest.count < value.count && rest.count <= 2 && rest.allAre(.lower)
    }
}
