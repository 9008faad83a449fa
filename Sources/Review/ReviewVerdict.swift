/// What follows from a review by the base's gate.
public struct ReviewVerdict: Sendable, Equatable {
    public enum Conclusion: String, Sendable, CaseIterable {
        /// Nothing at or above the threshold.
        case passed
        /// Findings at or above it, or failed tests.
        case findings
        /// The head's configuration has errors.
        case configuration
        /// More is unknown than allowed, or a snapshot is stale or missing.
        case incomplete
    }

    public var conclusion: Conclusion
    /// Sentences, lower-case, without full stop; what users wrote stands in backticks. The worst first.
    public var reasons: [String]

    public init(_ conclusion: Conclusion, reasons: [String] = []) {
        self.conclusion = conclusion
        self.reasons = reasons
    }
}
