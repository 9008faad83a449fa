internal import Documents

/// The policy that a session carries.
public enum SessionPolicy {
    /// How many characters STS takes, of the policy and of the ARNs of managed policies beside it.
    public static let longest = 2_048

    /// A policy that denies everything but `actions`; nil where there are none, where one is not an action's name, or
    /// where the text is too long beside `policyARNs`.
    ///
    /// It denies rather than allows because session policies add up: beside managed policies, an inline one that allows
    /// would widen what they allow. So it grants nothing, and what remains is what the managed policies allow of
    /// `actions`.
    public static func denyingAll(but actions: some Sequence<String>, beside policyARNs: [String]) -> String? {
        let names = Set(actions).sorted { $0.precedesByBytes($1) }
        guard !names.isEmpty, names.allSatisfy(isAction) else { return nil }
        let statement: JSON = ["Effect": "Deny", "NotAction": .array(names.map { .string($0) }), "Resource": "*"]
        let policy: JSON = ["Version": "2012-10-17", "Statement": [statement]]
        let text = policy.text()
        let length = policyARNs.reduce(text.utf8.count) { $0 + $1.utf8.count }
        return length <= longest ? text : nil
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
