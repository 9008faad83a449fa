/// Why nothing can be read in a whole region; its name stands in gaps and as the code of what is uncollected.
public enum RegionState: String, Sendable, CaseIterable {
    /// The account has not enabled the region: no service there takes its credentials.
    case notEnabled = "RegionNotEnabled"
    /// A policy of the organisation denies every call in the region.
    case denied = "RegionDenied"
}
