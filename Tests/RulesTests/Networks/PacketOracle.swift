import Documents
import TestSupport

@testable import Rules

/// A few addresses, or blocks of equal size that stand for one, of which all rules of a random filter are made.
struct AddressUniverse: Sendable, CustomStringConvertible {
    var isIPv4: Bool
    /// The first addresses of the cells, in runs of powers of two: blocks are cut out of one run.
    var runs: [(first: UInt128, count: Int, isPublic: Bool)]
    /// The prefix of one cell.
    var prefix: Int
    /// How many public cells together are more than a /8 of IPv4, or a /16 of IPv6. Nil: all of them are not.
    var world: Int?

    var description: String { "\(isIPv4 ? "IPv4" : "IPv6") in cells of /\(prefix)" }

    private static let v6Base = UInt128(0x2600) << 112

    static let all = [
        AddressUniverse(
            isIPv4: true, runs: [(52 << 24, 8, true), (10 << 24, 8, false)], prefix: 32, world: nil),
        AddressUniverse(isIPv4: true, runs: [(16 << 24, 16, true), (10 << 24, 2, false)], prefix: 9, world: 3),
        AddressUniverse(
            isIPv4: false, runs: [(v6Base, 8, true), (UInt128(0xFD00) << 112, 4, false)], prefix: 128, world: nil),
        AddressUniverse(
            isIPv4: false, runs: [(v6Base, 16, true), (UInt128(0xFC00) << 112, 2, false)], prefix: 17, world: 3),
    ]

    /// A block of the universe by the cells that it holds.
    struct Block { var run: Int, cells: Range<Int> }

    var cells: [(run: Int, cell: Int)] {
        runs.indices.flatMap { run in (0..<runs[run].count).map { (run, $0) } }
    }

    func block(_ generator: inout SeededGenerator) -> Block {
        let run = Int.random(in: 0..<runs.count, using: &generator)
        var size = 1
        while size < runs[run].count, Int.random(in: 0..<5, using: &generator) < 2 { size *= 2 }
        let start = Int.random(in: 0..<(runs[run].count / size), using: &generator) * size
        return Block(run: run, cells: start..<(start + size))
    }

    func addressBlock(_ block: Block) -> AddressBlock {
        let shift = (isIPv4 ? 32 : 128) - prefix
        return AddressBlock(
            runs[block.run].first + UInt128(block.cells.lowerBound) << shift,
            prefix: prefix - block.cells.count.trailingZeroBitCount, isIPv4: isIPv4)
    }

    func text(_ block: Block) -> JSON {
        let block = addressBlock(block)
        let text = block.description
        return .string(text.contains("/") ? text : "\(text)/\(block.prefix)")
    }
}

/// A rule of a random filter, in plain numbers.
struct ModelRule {
    var number = 0
    var allows = true
    /// -1 for all.
    var transport: Int
    /// Ports of TCP and UDP; type and code of ICMP, -1 for all.
    var low = 0
    var high = 0
    var blocks: [AddressUniverse.Block]

    static func random(_ universe: AddressUniverse, blocks: Int, _ generator: inout SeededGenerator) -> ModelRule {
        let transport = [-1, 6, 6, 6, 17, 17, 1, 58, 50].randomElement(using: &generator) ?? 6
        var rule = ModelRule(transport: transport, blocks: (0..<blocks).map { _ in universe.block(&generator) })
        switch transport {
        case 6, 17:
            rule.low = [0, 1, 20, 21, 22, 23, 24, 25, 26, 27].randomElement(using: &generator) ?? 0
            rule.high = rule.low < 20 ? 65535 : Int.random(in: rule.low...27, using: &generator)
            if rule.low < 20, Bool.random(using: &generator) { rule.high = Int.random(in: 20...27, using: &generator) }
            if rule.low >= 20, Int.random(in: 0..<4, using: &generator) == 0 { rule.high = 65535 }
        case 1, 58:
            rule.low = [-1, 3, 8].randomElement(using: &generator) ?? -1
            rule.high = rule.low == -1 ? -1 : [-1, 0, 1].randomElement(using: &generator) ?? -1
        default: break
        }
        return rule
    }

    func matches(_ packet: Packet) -> Bool {
        guard blocks.contains(where: { $0.run == packet.run && $0.cells.contains(packet.cell) }) else { return false }
        if transport == -1 { return true }
        guard transport == packet.transport else { return false }
        switch transport {
        case 6, 17: return low <= packet.port && packet.port <= high
        case 1, 58: return (low == -1 || low == packet.type) && (high == -1 || high == packet.code)
        default: return true
        }
    }
}

struct Packet {
    var transport: Int
    var port = 0
    var type = 0
    var code = 0
    var run: Int
    var cell: Int
}

/// Sends packets, one for each case that random rules tell apart, and looks which come in.
struct PacketOracle {
    var universe: AddressUniverse
    /// In order.
    var rules: [ModelRule]

    private static let ports = [0, 1, 19] + Array(20...28) + [65534, 65535]

    private func comesIn(_ packet: Packet) -> Bool { rules.first { $0.matches(packet) }?.allows ?? false }

    private func enough(_ query: ModelQuery, _ packet: Packet) -> Bool {
        let cells = universe.cells.filter { cell in
            var packet = packet
            (packet.run, packet.cell) = cell
            return comesIn(packet)
        }
        switch query.from {
        case .world: return cells.count { universe.runs[$0.run].isPublic } >= universe.world ?? .max
        case .public: return cells.contains { universe.runs[$0.run].isPublic }
        case .blocks(let blocks):
            return cells.contains { cell in blocks.contains { $0.run == cell.run && $0.cells.contains(cell.cell) } }
        }
    }

    func answer(_ query: ModelQuery) -> Bool {
        let transports: [Int] =
            switch query.transport {
            case .tcp: [6]
            case .udp: [17]
            case .icmp: [1, 58]
            case .any: query.ports == .any ? [1, 6, 17, 50, 58, 99] : [6, 17]
            }
        return transports.contains { transport in
            guard transport == 6 || transport == 17 else {
                return [0, 3, 8, 255].contains { type in
                    [0, 1, 255].contains { code in
                        enough(query, Packet(transport: transport, type: type, code: code, run: 0, cell: 0))
                    }
                }
            }
            let test = { (port: Int) in enough(query, Packet(transport: transport, port: port, run: 0, cell: 0)) }
            switch query.ports {
            case .any: return Self.ports.contains(where: test)
            case .all: return Self.ports.allSatisfy { $0 == 0 || test($0) }
            case .listed(let ranges):
                return Self.ports.contains { port in ranges.contains { $0.contains(UInt16(port)) } && test(port) }
            }
        }
    }
}

/// A random question.
struct ModelQuery {
    enum Origin { case world, `public`, blocks([AddressUniverse.Block]) }

    var ports: IngressQuery.Ports
    var transport: IngressQuery.TransportProtocol
    var from: Origin

    static func random(_ universe: AddressUniverse, _ generator: inout SeededGenerator) -> ModelQuery {
        let transport = IngressQuery.TransportProtocol.allCases.randomElement(using: &generator) ?? .any
        let ranges = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            let low = UInt16.random(in: 20...27, using: &generator)
            return low...UInt16.random(in: low...27, using: &generator)
        }
        let ports: [IngressQuery.Ports] =
            transport == .icmp ? [.any] : [.any, .all, .listed(ranges), .listed(ranges), .listed(ranges)]
        let blocks = (0..<Int.random(in: 1...2, using: &generator)).map { _ in universe.block(&generator) }
        let origins: [Origin] =
            universe.world == nil ? [.public, .blocks(blocks)] : [.world, .world, .public, .blocks(blocks)]
        return ModelQuery(
            ports: ports.randomElement(using: &generator) ?? .any, transport: transport,
            from: origins.randomElement(using: &generator) ?? .public)
    }

    func query(_ universe: AddressUniverse) -> IngressQuery {
        let from: IngressQuery.Origin =
            switch from {
            case .world: .world
            case .public: .public
            case .blocks(let blocks): .addresses(AddressSet(blocks.map { universe.addressBlock($0) }))
            }
        return IngressQuery(ports: ports, protocol: transport, from: from)
    }
}
