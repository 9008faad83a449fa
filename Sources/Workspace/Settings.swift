public import Posture
public import Rules

/// `parapet.yaml`. Reviews take it from the base: a change never sets its own gate.
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
    public var gitHub = GitHub()

    public struct Gate: Sendable {
        /// Findings of this severity or worse make a scan or a review exit with 1; nil: none does.
        public var failOn: Severity? = .high
        /// How many unknown verdicts are accepted before a scan or a review counts as incomplete.
        public var maxUnknown: Int64 = 0
        /// Whether reviews count what the change opens alone, and not what is open anyway.
        public var newOnly = true
        /// Reviews on older snapshots count as incomplete; nil: none is too old. In seconds.
        public var maxSnapshotAge: Int64?

        public init() {}
    }

    /// What reviews say on pull requests.
    public struct GitHub: Sendable, Equatable {
        public var comment = Comment.update
        /// Whether there is a check run, or a commit status.
        public var check = true

        public init() {}

        public enum Comment: String, Sendable, CaseIterable {
            /// One comment, which changes in its place.
            case update
            /// A new comment for each review; the one before is hidden.
            case hide
            /// A new comment for each review; the one before is deleted.
            case recreate
            case off
        }
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
