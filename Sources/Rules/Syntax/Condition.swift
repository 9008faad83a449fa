public import Documents

/// A condition of the rule language.
public indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    /// A named fragment.
    case use(String, Span)
    case test(Test)

    /// One path and what must hold of its value.
    public struct Test: Sendable {
        public var path: Path
        public var operations: [Operation]
        /// Stands in where the value is absent.
        public var ifAbsent: JSON?
        public var span: Span
    }
}
