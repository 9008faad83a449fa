internal import Documents
public import Resources

/// Takes secrets out of resources before anything is kept of them.
public struct SecretRedaction: Sendable {
    let detector = SecretDetector()
    let digests: SecretDigests

    public init(digests: SecretDigests = SecretDigests()) {
        self.digests = digests
    }

    /// The resource with what its manifest calls free-form told of instead of kept, and with tags that hold no secrets.
    public func applied(to resource: Resource, _ manifest: Manifest) -> Resource {
        var result = resource
        let place = [resource.account, resource.region, resource.type, resource.id]
        for (path, form) in manifest.free {
            var walk = FreeFormWalk(redaction: self, form: form, place: place)
            result.config = walk.walk(result.config, path.segments[...], []) ?? .null
            result.uncollected.merge(walk.uncollected) { first, _ in first }
        }
        result.tags = [:]
        for (key, value) in resource.tags.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            let kind = detector.kind(of: value, key: key)
            result.tags[name(key)] =
                if let kind, kind != .reference { mark(kind, value, place + ["tags", key]) } else { value }
        }
        return result
    }

    /// A name as it may be kept: now and then a secret stands where its name should.
    func name(_ key: String) -> String {
        guard let kind = detector.kind(of: key), kind != .reference else { return key }
        return "(\(kind.rawValue))"
    }

    /// What stands in the place of a tag's value: `(secret github-token 0123456789abcdef)`. AWS allows no parentheses
    /// in tags.
    private func mark(_ kind: SecretKind, _ secret: String, _ place: [String]) -> String {
        let digest = digests.digest(of: secret.utf8, kind, at: place).map { " \($0)" } ?? ""
        return "(secret \(kind.rawValue)\(digest))"
    }
}
