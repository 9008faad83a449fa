public import Posture
public import Rules

/// `parapet.yaml`.
public struct Settings: Sendable {
    /// The branch of findings and reports; snapshots and journal stand beside it.
    public var resultsBranch = "parapet/results"
    public var allowsPublic = false
    public var gate = Gate()
    public var waiverLimits = WaiverLimits()
    /// The accounts and teams that may approve waivers: `@alice`, `@acme/security`.
    public var waiverApprovers: [String] = []
    /// Of tenants that name none.
    public var ownerTags = OwnerTags()

    public struct Gate: Sendable {
        /// Findings of this severity or worse make a scan exit with 1; nil: none does.
        public var failOn: Severity? = .high
        /// How many unknown verdicts are accepted before a scan counts as incomplete.
        public var maxUnknown: Int64 = 0

        public init() {}
    }

    public init() {}

    public var snapshotsBranch: String { Self.sibling(resultsBranch, "snapshots") }
    public var journalBranch: String { Self.sibling(resultsBranch, "journal") }

    /// `parapet/results` → `parapet/snapshots`.
    private static func sibling(_ branch: String, _ name: String) -> String {
        guard let slash = branch.lastIndex(of: "/") else { return "\(branch)-\(name)" }
        return branch[...slash] + name
    }
}
