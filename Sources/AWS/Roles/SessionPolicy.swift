internal import Documents

/// The policy that a session carries.
public enum SessionPolicy {
    /// How many characters STS takes, of the policy and of the ARNs of managed policies beside it.
    public static let longest = 2_048

    /// A policy that denies everything but `actions`; nil where there are none, where one is not an action's name, or
    /// where the text is too long beside `policyARNs`.
    ///
    /// Where it would be too long, actions that read become patterns such as `ec2:Describe*` and `s3:GetBucket*`, the most
    /// numerous first.
    ///
    /// It denies rather than allows because session policies add up: beside managed policies, an inline one that allows
    /// would widen what they allow. So it grants nothing, and what remains is what the managed policies allow of
    /// `actions`.
    public static func denyingAll(but actions: some Sequence<String>, beside policyARNs: [String]) -> String? {
        var names = Set(actions)
        guard !names.isEmpty, names.allSatisfy(isAction) else { return nil }
        let room = policyARNs.reduce(longest) { $0 - $1.utf8.count }
        while true {
            let text = policy(denyingAllBut: names)
            if text.utf8.count <= room { return text }
            guard let pattern = mostNumerous(in: names) else { return nil }
            names = names.filter { !$0.hasPrefix(pattern) }.union([pattern + "*"])
        }
    }

    private static func policy(denyingAllBut names: Set<String>) -> String {
        let sorted = names.sorted { $0.precedesByBytes($1) }.map { JSON.string($0) }
        let statement: JSON = ["Effect": "Deny", "NotAction": .array(sorted), "Resource": "*"]
        let policy: JSON = ["Version": "2012-10-17", "Statement": [statement]]
        return policy.text()
    }

    /// The beginning, `service:Verb`, that most actions share; nil where no two do. Of equals, the first. `Get` reads data
    /// too, as in `s3:GetObject`: there the word after it counts.
    private static func mostNumerous(in names: Set<String>) -> String? {
        var counts: [String: Int] = [:]
        for name in names where !name.hasSuffix("*") {
            for verb in [":Describe", ":Get", ":List"] {
                guard let found = name.firstRange(of: verb) else { continue }
                let end = verb == ":Get" ? endOfWord(in: name, from: found.upperBound) : found.upperBound
                counts[String(name[..<end]), default: 0] += 1
            }
        }
        return counts.filter { $0.value > 1 }
            .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// `GetBucketPolicy`: where `Bucket` ends.
    private static func endOfWord(in name: String, from start: String.Index) -> String.Index {
        name[start...].dropFirst().firstIndex { $0.isUppercase } ?? name.endIndex
    }

    /// `service:Action`
    private static func isAction(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                        default: false
                        }
                    }
            }
    }
}
