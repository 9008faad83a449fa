/// Searching rules for what a query asks. Ports are not looked at one by one: between two borders of rules, all ports
/// are alike.
extension IngressQuery {
    func holds(under rules: [TrafficRule]) -> Bool {
        lanes(rules).contains { answers($0) }
    }

    /// The places of the blocks that make it hold; empty where it does not.
    func witnesses(under rules: [TrafficRule]) -> [TrafficPlace] {
        var places: Set<TrafficPlace> = []
        for lane in lanes(rules) where ports != .all || answers(lane) {
            for port in lane.firstPorts { places.formUnion(witnesses(in: lane.rules, port)) }
        }
        return places.sorted(by: TrafficPlace.inReadingOrder)
    }

    /// The rules that bear on one protocol, and the ports at which a new stretch of equal ports begins.
    private struct Lane {
        var rules: [TrafficRule]
        var firstPorts: [UInt16]
    }

    private func lanes(_ rules: [TrafficRule]) -> some Sequence<Lane> {
        let asked = askedPorts
        return askedProtocols(named: Set(rules.compactMap(\.protocol.number))).lazy.compactMap { number -> Lane? in
            let own = rules.filter { rule in rule.concerns(number) && asked.contains { $0.overlaps(rule.ports) } }
            // Most filters have nothing to do with the question; all that is let in to any port shows it.
            let upperBound = AddressSet(own.lazy.filter(\.allows).flatMap(\.sources).map(\.block))
            return accepts(upperBound) ? Lane(rules: own, firstPorts: Self.firstPorts(own, asked)) : nil
        }
    }

    private func answers(_ lane: Lane) -> Bool {
        let test = { (port: UInt16) in accepts(Self.allowed(lane.rules, port)) }
        return ports == .all ? lane.firstPorts.allSatisfy(test) : lane.firstPorts.contains(where: test)
    }

    private static func firstPorts(_ rules: [TrafficRule], _ asked: [ClosedRange<UInt16>]) -> [UInt16] {
        var borders = rules.map(\.ports.lowerBound)
        borders += rules.compactMap { $0.ports.upperBound == .max ? nil : $0.ports.upperBound + 1 }
        borders.sort()
        var result: [UInt16] = []
        var index = 0
        for range in asked {
            result.append(range.lowerBound)
            while index < borders.count, borders[index] <= range.upperBound {
                if let last = result.last, borders[index] > last { result.append(borders[index]) }
                index += 1
            }
        }
        return result
    }

    /// What is let in to a port by rules of one protocol.
    private static func allowed(_ rules: [TrafficRule], _ port: UInt16) -> AddressSet {
        var allowed = AddressSet()
        var denied = AddressSet()
        // Neighbours that do the same are taken together.
        var blocks: [AddressBlock] = []
        var allows = true
        func settle() {
            let set = AddressSet(blocks)
            blocks = []
            if allows { allowed = allowed.union(set.subtracting(denied)) } else { denied = denied.union(set) }
        }
        for rule in rules where rule.ports.contains(port) {
            if rule.allows != allows {
                settle()
                allows = rule.allows
            }
            blocks += rule.sources.lazy.map(\.block)
        }
        settle()
        return allowed
    }

    /// The places that let in enough to a port, each alone; if none does, the largest that do so together.
    private func witnesses(in rules: [TrafficRule], _ port: UInt16) -> [TrafficPlace] {
        var parts: [(place: TrafficPlace, addresses: AddressSet)] = []
        var denied = AddressSet()
        for rule in rules where rule.ports.contains(port) {
            guard rule.allows else {
                denied = denied.union(AddressSet(rule.sources.map(\.block)))
                continue
            }
            for sources in rule.sources.chunkedByPlace {
                parts.append((sources[sources.startIndex].place, AddressSet(sources.map(\.block)).subtracting(denied)))
            }
        }
        let alone = parts.filter { accepts($0.addresses) }
        if !alone.isEmpty { return alone.map(\.place) }
        // Only of the world may each have a part and none enough.
        let `public` = parts.filter { $0.addresses.overlaps(.publicSpace) }
        for family in [\AddressSet.v4, \AddressSet.v6] {
            let sorted = `public`.filter { !$0.addresses[keyPath: family].isEmpty }
                .sorted { $0.addresses[keyPath: family].isLarger(than: $1.addresses[keyPath: family]) }
            var together = AddressSet()
            for (index, part) in sorted.enumerated() {
                together = together.union(part.addresses)
                if accepts(together) { return sorted[...index].map(\.place) }
            }
        }
        return []
    }
}

extension [TrafficRule.Source] {
    /// The blocks of a prefix list have one place.
    fileprivate var chunkedByPlace: [SubSequence] {
        var chunks: [SubSequence] = []
        var start = startIndex
        for index in indices where index + 1 == endIndex || self[index + 1].place != self[index].place {
            chunks.append(self[start...index])
            start = index + 1
        }
        return chunks
    }
}
