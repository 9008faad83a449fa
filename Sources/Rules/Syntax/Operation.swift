public import Documents

/// An operator with its operand.
public struct Operation: Sendable {
    public var name: OperatorName
    public var argument: Argument
    public var span: Span

    public enum Argument: Sendable {
        case flag(Bool)
        case operand(Operand)
        case quantified(Condition, binding: String?)
        case count(Condition?, [(name: OperatorName, operand: Operand)])
        case duration(Duration)
        case cidrClass(CIDRClass)
        /// An address block has to be within them, or overlap one.
        case blocks([AddressBlock])
        case prefixLength(PrefixLengthQuery)
        /// Addresses cover the world together.
        case coversWorld
        case ingress(IngressQuery)
        case grants(GrantQuery)
        /// A cell of the table's row for the value, and what must hold of it; within, `this` is the cell.
        case lookup(TableReference, Condition)
    }

    /// A span of time as rules write it: `90d`, `12h`, `4w`.
    public struct Duration: Sendable, Equatable {
        public var text: String
        public var seconds: Int64

        public init(text: String, seconds: Int64) {
            self.text = text
            self.seconds = seconds
        }

        /// Nil for text that is no span of time.
        public init?(_ text: String) {
            let units: [Character: Int64] = ["h": 3_600, "d": 86_400, "w": 604_800]
            guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
                (0...1_000_000).contains(number)
            else { return nil }
            self.init(text: text, seconds: number * unit)
        }
    }
}

/// A column of a table.
public struct TableReference: Sendable, Hashable {
    public var table: String
    public var column: String
    public var span: Span
}

/// What a value is compared with.
public enum Operand: Sendable {
    case literal(JSON)
    /// A parameter of the rule.
    case parameter(String, Span)
    /// A value elsewhere in the root resource.
    case reference(Path)
    /// All values of a table's column.
    case column(TableReference)
}

/// Classes of address blocks.
public enum CIDRClass: String, Sendable, CaseIterable {
    /// All addresses: 0.0.0.0/0 or ::/0.
    case world
    /// A block with an address that the internet routes.
    case `public`
    /// A block within private, shared, loopback or link-local space.
    case `private`
}
