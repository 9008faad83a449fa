/// What a list of filter rules says to a question.
public struct NetworkAnswer: Sendable, Equatable {
    public var truth: Truth
    /// Why it is unknown: "is not an address block", "the entries of prefix list `pl-1` are not known". Else empty.
    public var reasons: [String]
    /// Segments of JSON pointers, relative to the list: `["2", "IpRanges", "0", "CidrIp"]`. If true, the blocks that
    /// make it so; each suffices alone where one does. If unknown, one place for each reason, in the same order.
    public var witnesses: [[String]]
}
