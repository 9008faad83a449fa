import Documents
import TestSupport
import Testing

@testable import Rules

/// Random filters and questions, against packets that are sent one by one.
@Suite struct IngressOracleTests {
    /// A filter as AWS would write it, and the rules that it was written from.
    private struct Filter {
        var list: JSON
        var oracle: PacketOracle
        var prefixLists: [String: [AddressBlock]] = [:]
        var isNetworkACL: Bool

        func judge(_ query: IngressQuery, _ list: JSON? = nil) -> NetworkAnswer {
            isNetworkACL
                ? query.judge(networkACL: list ?? self.list)
                : query.judge(permissions: list ?? self.list) { prefixLists[$0] }
        }
    }

    private static func securityGroup(_ universe: AddressUniverse, _ generator: inout SeededGenerator) -> Filter {
        var filter = Filter(list: [], oracle: PacketOracle(universe: universe, rules: []), isNetworkACL: false)
        var permissions: [JSON] = []
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let rule = ModelRule.random(universe, blocks: Int.random(in: 0...3, using: &generator), &generator)
            var permission: JSONObject = [
                "IpProtocol": protocolText(rule.transport, &generator), "UserIdGroupPairs": [],
            ]
            if [1, 6, 17, 58].contains(rule.transport) {
                permission["FromPort"] = .integer(Int64(rule.low))
                permission["ToPort"] = .integer(Int64(rule.high))
            }
            var ranges: [JSON] = []
            var lists: [JSON] = []
            for block in rule.blocks {
                if Int.random(in: 0..<3, using: &generator) > 0 {
                    ranges.append([universe.isIPv4 ? "CidrIp" : "CidrIpv6": universe.text(block)])
                } else {
                    let id = "pl-\(filter.prefixLists.count)"
                    filter.prefixLists[id] = [universe.addressBlock(block)]
                    lists.append(["PrefixListId": .string(id)])
                }
            }
            permission[universe.isIPv4 ? "IpRanges" : "Ipv6Ranges"] = .array(ranges)
            permission["PrefixListIds"] = .array(lists)
            permissions.append(.object(permission))
            filter.oracle.rules.append(rule)
        }
        filter.list = .array(permissions)
        return filter
    }

    private static func networkACL(_ universe: AddressUniverse, _ generator: inout SeededGenerator) -> Filter {
        var rules: [ModelRule] = []
        for number in 1...Int.random(in: 1...7, using: &generator) {
            var rule = ModelRule.random(universe, blocks: 1, &generator)
            rule.allows = Bool.random(using: &generator)
            rule.number = number
            rules.append(rule)
        }
        let entries = rules.map { rule in
            var entry: JSONObject = [
                "RuleNumber": .integer(Int64(rule.number * 10)), "RuleAction": rule.allows ? "allow" : "deny",
                "Egress": false, "Protocol": .string(String(rule.transport)),
                universe.isIPv4 ? "CidrBlock" : "Ipv6CidrBlock": universe.text(rule.blocks[0]),
            ]
            let (low, high) = (JSON.integer(Int64(rule.low)), JSON.integer(Int64(rule.high)))
            if [6, 17].contains(rule.transport) { entry["PortRange"] = ["From": low, "To": high] }
            if [1, 58].contains(rule.transport) { entry["IcmpTypeCode"] = ["Type": low, "Code": high] }
            return JSON.object(entry)
        }
        let away: JSON = [
            "RuleNumber": 1, "RuleAction": "deny", "Egress": true, "Protocol": "-1", "CidrBlock": "0.0.0.0/0",
        ]
        return Filter(
            list: .array((entries + [away]).shuffled(using: &generator)),
            oracle: PacketOracle(universe: universe, rules: rules), isNetworkACL: true)
    }

    private static func protocolText(_ number: Int, _ generator: inout SeededGenerator) -> JSON {
        let names = [6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"]
        return .string(Bool.random(using: &generator) ? names[number] ?? String(number) : String(number))
    }

    /// Calls with as many random filters and questions as are wanted, and with what the oracle says.
    private static func each(
        _ count: Int, seed: UInt64,
        _ body: (Filter, ModelQuery, IngressQuery, _ expected: Bool, inout SeededGenerator) throws -> Void
    ) rethrows {
        var generator = SeededGenerator(seed: seed)
        for universe in AddressUniverse.all {
            for _ in 0..<count {
                for make in [securityGroup, networkACL] {
                    let filter = make(universe, &generator)
                    let query = ModelQuery.random(universe, &generator)
                    try body(filter, query, query.query(universe), filter.oracle.answer(query), &generator)
                }
            }
        }
    }

    @Test func answersAsPacketsDo() throws {
        var answers: [Bool: Int] = [:]
        try Self.each(600, seed: 31) { filter, model, query, expected, _ in
            let answer = filter.judge(query)
            try #require(answer.truth == Truth(expected), "\(model) of \(filter.list.text)")
            #expect(answer.witnesses.isEmpty != expected)
            answers[expected, default: 0] += 1
        }
        // Both come often enough to mean something.
        #expect(answers.values.allSatisfy { $0 > 1_000 }, "\(answers)")
    }

    /// What witnesses name is enough without any other rule that lets something in.
    @Test func witnessesSuffice() throws {
        try Self.each(300, seed: 32) { filter, model, query, expected, _ in
            guard expected else { return }
            let witnesses = filter.judge(query).witnesses
            var list = filter.list
            for place in list.places where ["CidrIp", "CidrIpv6", "PrefixListId"].contains(place.last) {
                if !witnesses.contains(place) { list = list.replacing(place, with: "255.255.255.255/32") }
            }
            let entries = list.array ?? []
            if filter.isNetworkACL {
                list = .array(
                    entries.indices.map { index in
                        let isNamed = witnesses.contains { $0.first == String(index) }
                        guard entries[index]["RuleAction"] == "allow", !isNamed else { return entries[index] }
                        return list.replacing([String(index), "Egress"], with: true)[index] ?? .null
                    })
            }
            var lists = filter
            lists.prefixLists["255.255.255.255/32"] = []
            try #require(lists.judge(query, list).truth == .true, "\(model) of \(filter.list.text): \(witnesses)")
        }
    }

    /// Values that cannot be read move an answer to unknown or leave it alone.
    @Test func doubtsNeverTurnAnswers() throws {
        var unknown = 0
        try Self.each(400, seed: 33) { filter, model, query, expected, generator in
            var list = filter.list
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let leaves = list.places.filter { ["x", "{}"].contains(list.at($0)?.leafText) == false }
                guard let place = leaves.randomElement(using: &generator) else { continue }
                let garbage: [JSON] =
                    place.count == 1
                    ? [.null, "x", 7] : ["x", .object([:])] + (list.at(place)?.array == nil ? [.null] : [])
                list = list.replacing(place, with: garbage.randomElement(using: &generator) ?? "x")
            }
            let answer = filter.judge(query, list)
            try #require(
                answer.truth == .unknown || answer.truth == Truth(expected),
                "\(model) of \(list.text), was \(filter.list.text)")
            if answer.truth == .unknown {
                unknown += 1
                try #require(!answer.reasons.isEmpty && answer.reasons.count == answer.witnesses.count)
                for witness in answer.witnesses { try #require(witness.isEmpty || Int(witness[0]) != nil) }
            }
        }
        #expect(unknown > 300)
    }

    /// A block that cannot be read makes an answer unknown exactly where it could turn it: where all addresses in its
    /// place and none give two answers.
    @Test func unknownWhereItMatters() throws {
        var counts: [Truth: Int] = [:]
        try Self.each(400, seed: 34) { filter, model, query, _, generator in
            let members = ["CidrIp", "CidrIpv6", "CidrBlock", "Ipv6CidrBlock"]
            guard
                let place = filter.list.places.filter({ members.contains($0.last ?? "") }).randomElement(
                    using: &generator)
            else { return }
            let isIPv4 = filter.oracle.universe.isIPv4
            let all = filter.judge(query, filter.list.replacing(place, with: isIPv4 ? "0.0.0.0/0" : "::/0")).truth
            let nothing = filter.judge(
                query, filter.list.replacing(place, with: isIPv4 ? "255.255.255.255/32" : "ffff::/128")
            ).truth
            let answer = filter.judge(query, filter.list.replacing(place, with: "x")).truth
            try #require(answer == (all == nothing ? all : .unknown), "\(model) of \(filter.list.text) at \(place)")
            counts[answer, default: 0] += 1
        }
        for truth in [Truth.true, .false, .unknown] { #expect(counts[truth, default: 0] > 100, "\(counts)") }
    }
}

extension JSON {
    fileprivate var text: String { String(decoding: bytes(), as: UTF8.self) }

    fileprivate var leafText: String? {
        if case .object(let members) = self, members.isEmpty { return "{}" }
        return string
    }

    fileprivate func at(_ place: some Collection<String>) -> JSON? {
        guard let first = place.first else { return self }
        return (Int(first).flatMap { self[$0] } ?? self[first])?.at(place.dropFirst())
    }

    fileprivate func replacing(_ place: some Collection<String>, with value: JSON) -> JSON {
        guard let first = place.first else { return value }
        switch self {
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].replacing(place.dropFirst(), with: value)
            return .array(elements)
        case .object(var members):
            members[first] = members[first]?.replacing(place.dropFirst(), with: value)
            return .object(members)
        default: return self
        }
    }
}
