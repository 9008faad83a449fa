internal import Documents

extension TrafficRules {
    /// What is known of the entries of a prefix list; nil if nothing is.
    typealias PrefixLists = (_ id: String) -> [AddressBlock]?

    /// Reads `IpPermissions` of a security group. `groupsCount`: whether sources that are security groups could be
    /// among the addresses that are asked for.
    init(permissions: JSON, groupsCount: Bool, prefixList: PrefixLists) {
        guard let list = permissions.array else {
            if !permissions.isNull { unreadable(TrafficPlace(), "is not a list") }
            return
        }
        for (index, permission) in list.enumerated() {
            let place = TrafficPlace(item: index)
            guard permission.object != nil else {
                unreadable(place, "is not a structure")
                continue
            }
            add(permission, place, groupsCount: groupsCount, prefixList: prefixList)
        }
    }

    private mutating func add(
        _ permission: JSON, _ place: TrafficPlace, groupsCount: Bool, prefixList: PrefixLists
    ) {
        var sources = PermissionSources(item: place.item)
        sources.readBlocks(permission, "IpRanges", "CidrIp")
        sources.readBlocks(permission, "Ipv6Ranges", "CidrIpv6")
        sources.readPrefixLists(permission, prefixList)
        if groupsCount { sources.readGroups(permission) }
        guard !sources.possible.isEmpty else { return }

        let member = { (name: String) in TrafficPlace(item: place.item, member: name) }
        var isCertain = true
        var traffic = IPProtocol.any
        var ports = IPProtocol.everyPort
        if let known = permission["IpProtocol"]?.string.flatMap({ IPProtocol($0) }) {
            traffic = known
            let (from, to) = (permission["FromPort"], permission["ToPort"])
            if traffic.hasPorts || traffic.isICMP {
                if let known = traffic.hasPorts
                    ? IPProtocol.ports(from: from, to: to) : IPProtocol.messages(type: from, code: to)
                {
                    ports = known
                } else {
                    let wanted = traffic.hasPorts ? "a range of ports" : "a type and code of ICMP"
                    doubt(member("FromPort"), "is not \(wanted) together with ToPort", traffic)
                    isCertain = false
                }
            }
        } else {
            doubt(member("IpProtocol"), "is not a protocol")
            isCertain = false
        }
        for fault in sources.faults { doubt(fault.place, fault.reason, traffic, ports) }
        let rule = { TrafficRule(allows: true, protocol: traffic, ports: ports, sources: $0) }
        possible.append(rule(sources.possible))
        if isCertain, !sources.certain.isEmpty { certain.append(rule(sources.certain)) }
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
