internal import Documents

extension TrafficRules {
    /// Reads `Entries` of a network ACL. Those for egress are left out; the entry `*`, which denies the rest, may be.
    init(networkACL entries: JSON) {
        guard let list = entries.array else {
            if !entries.isNull { unreadable(TrafficPlace(), "is not a list") }
            return
        }
        var certain: [Placed] = []
        var possible: [Placed] = []
        var actions: [Int64: Set<NetworkACLEntry.Action>] = [:]
        for (index, value) in list.enumerated() {
            guard value.object != nil else {
                let place = TrafficPlace(item: index)
                doubt(place, "is not a structure")
                certain.append(Placed(number: .min, rule: .everything(allows: false, place)))
                possible.append(Placed(number: .min, rule: .everything(allows: true, place)))
                continue
            }
            let entry = NetworkACLEntry(value, TrafficPlace(item: index))
            guard entry.egress != true else { continue }
            for fault in entry.faults { doubt(fault.place, fault.reason, entry.protocol, entry.ports) }
            if let number = entry.number {
                if !actions[number, default: [entry.action]].isSubset(of: [entry.action]) {
                    doubt(TrafficPlace(item: index, member: "RuleNumber"), "rule number \(number) stands twice")
                }
                actions[number, default: []].insert(entry.action)
            }
            certain += entry.strictly
            possible += entry.generously
        }
        self.certain += certain.sorted { Placed.precedes($0, $1, first: false) }.map(\.rule)
        self.possible += possible.sorted { Placed.precedes($0, $1, first: true) }.map(\.rule)
    }

    /// A rule with its number. Those that stand at one number are ordered by what they do.
    fileprivate struct Placed {
        var number: Int64
        var rule: TrafficRule

        /// `first`: which of allow and deny goes first.
        static func precedes(_ left: Placed, _ right: Placed, first: Bool) -> Bool {
            if left.number != right.number { return left.number < right.number }
            return left.rule.allows == first && right.rule.allows != first
        }
    }
}

/// One entry of a network ACL as far as it can be read.
private struct NetworkACLEntry {
    enum Action { case allow, deny, unknown }

    var egress: Bool?
    var number: Int64?
    var action = Action.unknown
    var `protocol` = IPProtocol.any
    var ports = IPProtocol.everyPort
    var faults: [(place: TrafficPlace, reason: String)] = []
    /// Whether its direction, protocol and ports are known.
    private var isCertain = true
    /// Blocks that it surely matches, and those that it might match.
    private var certain: [TrafficRule.Source] = []
    private var possible: [TrafficRule.Source] = []

    init(_ value: JSON, _ place: TrafficPlace) {
        egress = value["Egress"]?.bool
        number = value["RuleNumber"]?.integer
        if egress == true { return }
        func at(_ member: String) -> TrafficPlace { TrafficPlace(item: place.item, member: member) }
        if egress == nil {
            faults.append((at("Egress"), "is not true or false"))
            isCertain = false
        }
        if number == nil { faults.append((at("RuleNumber"), "is not a whole number")) }
        switch value["RuleAction"]?.string {
        case "allow": action = .allow
        case "deny": action = .deny
        default: faults.append((at("RuleAction"), "is neither allow nor deny"))
        }
        readTraffic(value, at)
        for member in ["CidrBlock", "Ipv6CidrBlock"] {
            guard let text = value[member], !text.isNull else { continue }
            if let block = text.string.flatMap({ AddressBlock($0) }) {
                let source = TrafficRule.Source(block: block, place: at(member))
                certain.append(source)
                possible.append(source)
            } else {
                faults.append((at(member), "is not an address block"))
                possible += TrafficRule.Source.any(at(member))
            }
        }
        if possible.isEmpty {
            faults.append((at("CidrBlock"), "is absent, and so is Ipv6CidrBlock"))
            possible += TrafficRule.Source.any(at("CidrBlock"))
        }
    }

    private mutating func readTraffic(_ value: JSON, _ at: (String) -> TrafficPlace) {
        guard let known = value["Protocol"]?.string.flatMap({ IPProtocol($0) }) else {
            faults.append((at("Protocol"), "is not a protocol"))
            isCertain = false
            return
        }
        `protocol` = known
        if known.hasPorts {
            let range = value["PortRange"]
            if let known = IPProtocol.ports(from: range?["From"], to: range?["To"]) {
                ports = known
            } else {
                faults.append((at("PortRange"), "is not a range of ports"))
                isCertain = false
            }
        } else if known.isICMP {
            let message = value["IcmpTypeCode"]
            if let known = IPProtocol.messages(type: message?["Type"], code: message?["Code"]) {
                ports = known
            } else {
                faults.append((at("IcmpTypeCode"), "is not a type and code of ICMP"))
                isCertain = false
            }
        }
    }

    private var surely: [TrafficRule.Source] { isCertain ? certain : [] }

    /// The reading that lets in the least: a doubtful allow does not match, a doubtful deny does, and comes first.
    var strictly: [TrafficRules.Placed] {
        action == .allow
            ? placed(allows: true, surely, at: number ?? .max) : placed(allows: false, possible, at: number ?? .min)
    }

    /// The reading that lets in the most.
    var generously: [TrafficRules.Placed] {
        action == .deny
            ? placed(allows: false, surely, at: number ?? .max) : placed(allows: true, possible, at: number ?? .min)
    }

    private func placed(
        allows: Bool, _ sources: [TrafficRule.Source], at number: Int64
    ) -> [TrafficRules.Placed] {
        let rule = TrafficRule(allows: allows, protocol: `protocol`, ports: ports, sources: sources)
        return sources.isEmpty ? [] : [TrafficRules.Placed(number: number, rule: rule)]
    }
}
