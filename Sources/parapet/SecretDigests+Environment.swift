internal import Collection
internal import Glibc

extension SecretDigests {
    /// Where the key of digests stands. Not in `parapet.yaml`: everyone who reads the digests can read that.
    static let variable = "PARAPET_DIGEST_KEY"

    /// With the environment's key, if it has one.
    static func fromEnvironment() throws(CommandFailure) -> SecretDigests {
        guard let value = getenv(variable).map({ String(cString: $0) }), !value.isEmpty else { return SecretDigests() }
        guard let digests = SecretDigests(key: value) else {
            throw CommandFailure(
                .configuration, "the key in \(variable) is shorter than \(shortestKey) bytes",
                help: "make one: openssl rand -hex 32")
        }
        return digests
    }
}
