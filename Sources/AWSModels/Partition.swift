/// A part of AWS with accounts of its own: `aws`, `aws-cn`, `aws-us-gov`, ...
public struct Partition: Sendable, Equatable {
    public let id: String
    /// A regular expression for the names of its regions, also of those that do not exist yet.
    public let regionPattern: String
    public let dnsSuffix: String
    public let dualStackDNSSuffix: String
    public let supportsFIPS: Bool
    public let supportsDualStack: Bool
    /// The region in which global services sign.
    public let implicitGlobalRegion: String
    public let regions: [String]

    /// Whether a region of this name belongs here, known or new.
    public func has(region: String) -> Bool {
        if regions.contains(region) { return true }
        guard let pattern = try? Regex(regionPattern) else { return false }
        return region.wholeMatch(of: pattern) != nil
    }
}
