internal import Documents

extension TrafficRules {
    /// What is known of the entries of a prefix list; nil if nothing is.
    typealias PrefixLists = (_ id: String) -> [AddressBlock]?

    /// Reads `IpPermissions` of a security group, as far as they bear on what is asked.
    init(permissions: JSON, for query: IngressQuery, prefixList: PrefixLists) {
        guard let list = permissions.array else {
            if !permissions.isNull { unreadable(TrafficPlace(), "is not a list") }
            return
        }
        let scope = query.scope
        for (index, permission) in list.enumerated() {
            let place = TrafficPlace(item: index)
            guard permission.object != nil else {
                unreadable(place, "is not a structure")
                continue
            }
            let traffic = PermittedTraffic(permission)
            guard scope.includes(traffic.protocol, traffic.ports) else { continue }
            var sources = PermissionSources(item: index)
            sources.readBlocks(permission, "IpRanges", "CidrIp")
            sources.readBlocks(permission, "Ipv6Ranges", "CidrIpv6")
            sources.readPrefixLists(permission, prefixList)
            if case .addresses = query.from { sources.readGroups(permission) }
            add(traffic, sources, place)
        }
    }

    private mutating func add(_ traffic: PermittedTraffic, _ sources: PermissionSources, _ place: TrafficPlace) {
        guard !sources.possible.isEmpty else { return }
        if let fault = traffic.fault {
            doubt(
                TrafficPlace(item: place.item, member: fault.member), fault.reason, traffic.protocol, traffic.ports)
        }
        for fault in sources.faults { doubt(fault.place, fault.reason, traffic.protocol, traffic.ports) }
        let rule = TrafficRule(
            allows: true, protocol: traffic.protocol, ports: traffic.ports, sources: sources.possible)
        possible.append(rule)
        guard traffic.fault == nil, !sources.certain.isEmpty else { return }
        var known = rule
        known.sources = sources.certain
        certain.append(known)
    }
}

/// The protocol and the ports of one permission: all that they might be, where they cannot be read.
private struct PermittedTraffic {
    var `protocol` = IPProtocol.any
    var ports = IPProtocol.everyPort
    var fault: (member: String, reason: String)?

    init(_ permission: JSON) {
        guard let known = permission["IpProtocol"]?.string.flatMap({ IPProtocol($0) }) else {
            fault = ("IpProtocol", "is not a protocol")
            return
        }
        `protocol` = known
        let (from, to) = (permission["FromPort"], permission["ToPort"])
        if known.hasPorts {
            if let range = IPProtocol.ports(from: from, to: to) {
                ports = range
            } else {
                fault = ("FromPort", "is not a range of ports together with ToPort")
            }
        } else if known.isICMP {
            if let range = IPProtocol.messages(type: from, code: to) {
                ports = range
            } else {
                fault = ("FromPort", "is not a type and code of ICMP together with ToPort")
            }
        }
    }
}

/// Reads the sources of one permission.
private struct PermissionSources {
    var item: Int?
    var certain: [TrafficRule.Source] = []
    var possible: [TrafficRule.Source] = []
    var faults: [(place: TrafficPlace, reason: String)] = []

    init(item: Int?) { self.item = item }

    mutating func readBlocks(_ permission: JSON, _ list: String, _ member: String) {
        each(permission, list, member) { value, place, sources in
            if let block = value?.string.flatMap({ AddressBlock($0) }) {
                sources.add(CollectionOfOne(block), place)
            } else {
                sources.fault(place, "is not an address block")
            }
        }
    }

    mutating func readPrefixLists(_ permission: JSON, _ prefixList: TrafficRules.PrefixLists) {
        each(permission, "PrefixListIds", "PrefixListId") { value, place, sources in
            guard let id = value?.string else {
                return sources.fault(place, "is not the id of a prefix list")
            }
            if let blocks = prefixList(id) {
                sources.add(blocks, place)
            } else {
                sources.fault(place, "the entries of prefix list `\(id)` are not known")
            }
        }
    }

    /// A group stands for the addresses of its members, which its id does not tell.
    mutating func readGroups(_ permission: JSON) {
        each(permission, "UserIdGroupPairs", "GroupId") { value, place, sources in
            let name = value?.string.map { "security group `\($0)`" } ?? "the security group"
            sources.fault(place, "the addresses of \(name) are not known")
        }
    }

    /// Hands over each element's member, nil where there is none.
    private mutating func each(
        _ permission: JSON, _ list: String, _ member: String,
        _ body: (JSON?, TrafficPlace, inout PermissionSources) -> Void
    ) {
        guard let value = permission[list], !value.isNull else { return }
        guard let elements = value.array else {
            return fault(TrafficPlace(item: item, list: list), "is not a list")
        }
        for (index, element) in elements.enumerated() {
            body(element[member], TrafficPlace(item: item, list: list, element: index, member: member), &self)
        }
    }

    private mutating func add(_ blocks: some Collection<AddressBlock>, _ place: TrafficPlace) {
        let sources = blocks.map { TrafficRule.Source(block: $0, place: place) }
        certain += sources
        possible += sources
    }

    private mutating func fault(_ place: TrafficPlace, _ reason: String) {
        faults.append((place, reason))
        possible += TrafficRule.Source.any(place)
    }
}
