public import Documents
public import Posture
public import Rules

/// What a change of the configuration, from a base revision to a head, does to the live posture: the value of which
/// comments, checks, texts and exit codes are made.
public struct Review: Sendable {
    /// The commits, as full ids.
    public var base: String
    public var head: String
    /// Of the head's configuration. With errors among them, no tenant is compared.
    public var diagnostics: [Diagnostic]
    /// What the head says of gates and does not get: those of the base hold until the change is merged.
    public var gateChanges: [GateChange]
    /// Waivers that the head adds or changes.
    public var waivers: [ReviewedWaiver]
    /// The tests of rules that the head adds or changes.
    public var tests: TestSummary
    /// By name; tenants that either revision has.
    public var tenants: [TenantReview]
    /// Where what the head changes is written.
    public var places = ReviewPlaces()

    public init(
        base: String, head: String, diagnostics: [Diagnostic] = [], gateChanges: [GateChange] = [],
        waivers: [ReviewedWaiver] = [], tests: TestSummary = TestSummary(), tenants: [TenantReview] = []
    ) {
        self.base = base
        self.head = head
        self.diagnostics = diagnostics
        self.gateChanges = gateChanges
        self.waivers = waivers
        self.tests = tests
        self.tenants = tenants
    }

    /// A setting that only the base decides.
    public struct GateChange: Sendable, Equatable {
        /// `gate.fail_on`
        public var key: String
        /// As written in YAML; nil where it is not there.
        public var base: String?
        public var head: String?

        public init(key: String, base: String?, head: String?) {
            self.key = key
            self.base = base
            self.head = head
        }
    }

    /// How the tests of rules went.
    public struct TestSummary: Sendable {
        public var passed: Int
        public var failures: [Failure]

        public init(passed: Int = 0, failures: [Failure] = []) {
            self.passed = passed
            self.failures = failures
        }

        public struct Failure: Sendable {
            public var rule: String
            public var path: String
            public var line: Int
            /// `expected fail, got pass`
            public var fault: String

            public init(rule: String, path: String, line: Int, fault: String) {
                self.rule = rule
                self.path = path
                self.line = line
                self.fault = fault
            }
        }
    }
}

/// A waiver that the head adds or changes, and whether it counts in the review.
public struct ReviewedWaiver: Sendable {
    public var waiver: Waiver
    public var isNew: Bool
    public var standing: Standing

    public enum Standing: Sendable, Equatable {
        /// An approver of the base, who is not the author, has approved the head commit.
        case approved
        /// It waives nothing yet, for the reason given: nobody approved the head, the approver is the author, is none of
        /// the base's, or nobody could be asked.
        case waiting(String)
    }

    public init(waiver: Waiver, isNew: Bool, standing: Standing) {
        self.waiver = waiver
        self.isNew = isNew
        self.standing = standing
    }
}

/// What becomes of one tenant.
public struct TenantReview: Sendable {
    public var name: String
    public var state: State

    public enum State: Sendable {
        case compared(TenantChange)
        /// The head adds it, or it was never scanned: nothing is known of it.
        case neverScanned
        /// The head does not have it any more.
        case removed
        /// Its snapshot or results cannot be read, for the reason given.
        case unreadable(String)
    }

    public init(name: String, state: State) {
        self.name = name
        self.state = state
    }
}

/// What two policies say of one snapshot of a tenant. Lists are worst first, then by rule and resource.
public struct TenantChange: Sendable {
    /// When the snapshot was collected, and its commit.
    public var collectedAt: Timestamp
    public var snapshot: String
    /// Older than the base's `max_snapshot_age` at the moment of the review.
    public var isStale: Bool
    public var scoreBefore: Int
    public var scoreAfter: Int
    /// Open under the head, and not under the base.
    public var opened: [Finding]
    /// Open under the base, and passed under the head.
    public var resolved: [Finding]
    /// Open under the base, and of rules that the head does not run.
    public var withdrawn: [Finding]
    /// Waived under the head, and open or not there under the base.
    public var waived: [Finding]
    /// Open under the head, and waived under the base.
    public var lapsed: [Finding]
    /// Open or waived under both, with another severity or evidence.
    public var changed: [Change]
    /// Unknown under the head, and not under the base.
    public var unknown: [UnknownCheck]
    /// Verdicts that are unknown, in all.
    public var unknownBefore: Int
    public var unknownAfter: Int
    /// Open findings in all, by severity, under the head.
    public var openAfter: [Severity: Int]
    /// Controls whose status changes, and percentages of frameworks.
    public var frameworks: [FrameworkChange]

    public struct Change: Sendable {
        public var before: Finding
        public var after: Finding

        public init(before: Finding, after: Finding) {
            self.before = before
            self.after = after
        }
    }

    public struct FrameworkChange: Sendable {
        /// The framework's.
        public var id: String
        public var title: String
        public var percentageBefore: Int?
        public var percentageAfter: Int?
        public var controls: [Control]

        public struct Control: Sendable {
            public var id: String
            public var title: String
            /// Nil where the framework does not have it.
            public var before: Compliance.Status?
            public var after: Compliance.Status?

            public init(id: String, title: String, before: Compliance.Status?, after: Compliance.Status?) {
                self.id = id
                self.title = title
                self.before = before
                self.after = after
            }
        }

        public init(
            id: String, title: String, percentageBefore: Int?, percentageAfter: Int?, controls: [Control]
        ) {
            self.id = id
            self.title = title
            self.percentageBefore = percentageBefore
            self.percentageAfter = percentageAfter
            self.controls = controls
        }
    }

    public init(
        collectedAt: Timestamp, snapshot: String, isStale: Bool = false, scoreBefore: Int, scoreAfter: Int,
        opened: [Finding] = [], resolved: [Finding] = [], withdrawn: [Finding] = [], waived: [Finding] = [],
        lapsed: [Finding] = [], changed: [Change] = [], unknown: [UnknownCheck] = [], unknownBefore: Int = 0,
        unknownAfter: Int = 0, openAfter: [Severity: Int] = [:], frameworks: [FrameworkChange] = []
    ) {
        self.collectedAt = collectedAt
        self.snapshot = snapshot
        self.isStale = isStale
        self.scoreBefore = scoreBefore
        self.scoreAfter = scoreAfter
        self.opened = opened
        self.resolved = resolved
        self.withdrawn = withdrawn
        self.waived = waived
        self.lapsed = lapsed
        self.changed = changed
        self.unknown = unknown
        self.unknownBefore = unknownBefore
        self.unknownAfter = unknownAfter
        self.openAfter = openAfter
        self.frameworks = frameworks
    }
}
