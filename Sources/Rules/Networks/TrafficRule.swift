internal import Documents

/// One rule of a packet filter: what it matches, and whether that may come in.
struct TrafficRule {
    struct Source {
        var block: AddressBlock
        var place: TrafficPlace

        /// Any address, for a place that cannot be read.
        static func any(_ place: TrafficPlace) -> [Source] {
            AddressBlock.everything.map { Source(block: $0, place: place) }
        }
    }

    var allows: Bool
    var `protocol`: IPProtocol
    /// Ports, or types and codes of ICMP, see `IPProtocol`.
    var ports: ClosedRange<UInt16>
    /// Sorted so that those of one place stand together.
    var sources: [Source]

    /// Matches whatever comes, for a rule that cannot be read.
    static func everything(allows: Bool, _ place: TrafficPlace) -> TrafficRule {
        TrafficRule(allows: allows, protocol: .any, ports: IPProtocol.everyPort, sources: Source.any(place))
    }

    func concerns(_ number: UInt8) -> Bool {
        switch `protocol` {
        case .any: true
        case .number(let own): own == number
        }
    }
}

/// A place within the list of rules that is judged. Kept in parts: most are never written out.
struct TrafficPlace: Hashable {
    var item: Int?
    var list: String?
    var element: Int?
    var member: String?

    var segments: [String] {
        [item.map { String($0) }, list, element.map { String($0) }, member].compactMap { $0 }
    }

    static func inReadingOrder(_ left: TrafficPlace, _ right: TrafficPlace) -> Bool {
        if left.item != right.item { return (left.item ?? -1) < (right.item ?? -1) }
        let (a, b) = (left.list ?? left.member ?? "", right.list ?? right.member ?? "")
        if !a.hasSameBytes(as: b) { return a.precedesByBytes(b) }
        return (left.element ?? -1) < (right.element ?? -1)
    }
}

/// Rules in the order in which they apply, in two readings: where something cannot be read, the truth lies between.
struct TrafficRules {
    /// Something that cannot be judged.
    struct Doubt {
        var place: TrafficPlace
        var reason: String
        /// What it could bear on.
        var `protocol`: IPProtocol = .any
        var ports: ClosedRange<UInt16> = IPProtocol.everyPort
    }

    /// Lets in what surely comes in.
    var certain: [TrafficRule] = []
    /// Lets in what might come in, whatever the doubtful values are.
    var possible: [TrafficRule] = []
    var doubts: [Doubt] = []

    mutating func doubt(
        _ place: TrafficPlace, _ reason: String, _ protocol: IPProtocol = .any,
        _ ports: ClosedRange<UInt16> = IPProtocol.everyPort
    ) {
        doubts.append(Doubt(place: place, reason: reason, protocol: `protocol`, ports: ports))
    }

    /// Anything might be let in.
    mutating func unreadable(_ place: TrafficPlace, _ reason: String) {
        doubt(place, reason)
        possible.append(.everything(allows: true, place))
    }
}
