public import Documents

/// What keeps failures of a tenant from counting: waivers, and rules that are switched off.
public struct Exceptions: Sendable {
    /// Those that concern the tenant.
    public var waivers: [Waiver]
    public var malformed: [MalformedWaiver]
    public var limits: WaiverLimits
    /// All rules that there are, run or not.
    public var knownRules: Set<String>
    /// The rules that the tenant switches off, whether that still holds or not.
    public var disabled: [DisabledRule]

    public init(
        waivers: [Waiver] = [], malformed: [MalformedWaiver] = [], limits: WaiverLimits = WaiverLimits(),
        knownRules: Set<String> = [], disabled: [DisabledRule] = []
    ) {
        self.waivers = waivers
        self.malformed = malformed
        self.limits = limits
        self.knownRules = knownRules
        self.disabled = disabled
    }
}

/// A rule that a tenant switches off.
public struct DisabledRule: Sendable, Equatable {
    public var rule: String
    public var reason: String
    /// The moment from which the rule runs again: midnight UTC at the start of a day.
    public var expires: Timestamp
    /// The file that says so.
    public var path: String

    public init(rule: String, reason: String, expires: Timestamp, path: String) {
        self.rule = rule
        self.reason = reason
        self.expires = expires
        self.path = path
    }

    /// Whether the rule is off at a moment: the snapshot's, never the clock's.
    public func holds(at moment: Timestamp) -> Bool { moment < expires }
}
