internal import Documents

extension Mutations {
    /// Changes of `within` and `overlaps`.
    func addresses(_ operation: Operation, _ blocks: [AddressBlock], _ place: MutationPlace) -> [Mutation<Operation>] {
        let text = Self.text(blocks)
        func changed(_ other: [AddressBlock], _ hint: String) -> Mutation<Operation> {
            operation.changed(.blocks(other), text, Self.text(other), hint)
        }
        let dropped =
            blocks.count < 2
            ? []
            : blocks.indices.map { index in
                changed(
                    blocks.removing(at: index), "a test in which `\(place.path.text)` is a part of \(blocks[index])")
            }
        let resized = blocks.indices.flatMap { index in
            blocks[index].neighbours.map { other in
                changed(
                    blocks.replacing(at: index, with: other),
                    "a test in which `\(place.path.text)` lies in one of \(blocks[index]) and \(other) only")
            }
        }
        return [operation.renamed(operation.name == .within ? .overlaps : .within, place.lies)] + dropped + resized
    }

    private static func text(_ blocks: [AddressBlock]) -> String {
        "[\(blocks.map(\.description).joined(separator: ", "))]"
    }

    func prefixes(
        _ operation: Operation, _ query: PrefixLengthQuery, _ place: MutationPlace
    ) -> [Mutation<Operation>] {
        query.comparisons.indices.flatMap { index -> [Mutation<Operation>] in
            let own = query.comparisons[index]
            guard let name = OperatorName(rawValue: own.order.rawValue) else { return [] }
            let length = Operand.literal(.integer(Int64(own.length)))
            let single = Operation(name: name, argument: .operand(length), span: operation.span)
            var found: [Mutation<Operation>] = []
            if query.comparisons.count > 1 {
                let change = MutationChange(
                    at: operation.span, "`\(name.rawValue)` of `\(operation.name.rawValue)` was dropped",
                    hint: "a test in which, of what is asked of the length, it alone does not hold")
                let rest = PrefixLengthQuery(comparisons: query.comparisons.removing(at: index))
                found.append(Mutation(operation.with(.prefixLength(rest)), change))
            }
            let changed = numbers(single, length, from: 0) {
                "a test in which the prefix of `\(place.path.text)` is \($0)"
            }
            return found
                + changed.compactMap { mutation in
                    guard let order = PrefixLengthQuery.Order(rawValue: mutation.subject.name.rawValue),
                        case .operand(.literal(let literal)) = mutation.subject.argument,
                        let length = literal.integer, (0...128).contains(length)
                    else { return nil }
                    let other = PrefixLengthQuery.Comparison(order: order, length: Int(length))
                    let comparisons = query.comparisons.replacing(at: index, with: other)
                    return mutation.map { _ in
                        operation.with(.prefixLength(PrefixLengthQuery(comparisons: comparisons)))
                    }
                }
        }
    }

    func ingresses(_ operation: Operation, _ query: IngressQuery, _ place: MutationPlace) -> [Mutation<Operation>] {
        var found: [Mutation<Operation>] = []
        func add(_ description: String, _ hint: String, _ change: (inout IngressQuery) -> Void) {
            var copy = query
            change(&copy)
            let place = MutationChange(at: operation.span, description, hint: hint)
            found.append(Mutation(operation.with(.ingress(copy)), place))
        }
        switch query.ports {
        case .any where query.protocol == .icmp: break
        case .any: add("`ports: any` became `all`", "a test that lets in some ports, not all") { $0.ports = .all }
        case .all: add("`ports: all` became `any`", "a test that lets in some ports, not all") { $0.ports = .any }
        case .listed(let ranges):
            add("`ports` was dropped", "a test that lets in other ports only") { $0.ports = .any }
            for index in ranges.indices {
                let own = ranges[index].ports
                if ranges.count > 1 {
                    add("the port `\(own)` was dropped", "a test that lets in \(own) alone") {
                        $0.ports = .listed(ranges.removing(at: index))
                    }
                }
                for other in ranges[index].neighbours {
                    add(
                        "the port `\(own)` became `\(other.ports)`",
                        "a test that lets in a port of one of \(own) and \(other.ports) alone"
                    ) { $0.ports = .listed(ranges.replacing(at: index, with: other)) }
                }
            }
        }
        for other in [IngressQuery.TransportProtocol.tcp, .udp, .any] where other != query.protocol {
            add(
                "`protocol: \(query.protocol.rawValue)` became `\(other.rawValue)`",
                "a test that lets in one of the two protocols alone"
            ) { $0.protocol = other }
        }
        switch query.from {
        case .world:
            add("`from: world` became `public`", "a test that lets in a few public addresses") { $0.from = .public }
        case .public:
            add("`from: public` became `world`", "a test that lets in a few public addresses") { $0.from = .world }
        case .addresses:
            add("`from` became `public`", "a test that lets in other public addresses") { $0.from = .public }
        }
        return found
    }
}

extension MutationPlace {
    /// What tells `within` from `overlaps`.
    var lies: String { "a test in which `\(path.text)` lies partly in the blocks" }
}

extension AddressBlock {
    /// The block twice as large, and its first half.
    fileprivate var neighbours: [AddressBlock] {
        [prefix - 1, prefix + 1].filter { (0...(isIPv4 ? 32 : 128)).contains($0) }
            .map { AddressBlock(first, prefix: $0, isIPv4: isIPv4) }
    }
}

extension ClosedRange<UInt16> {
    /// As rules write it.
    fileprivate var ports: String { count == 1 ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }

    /// A single port moved by one; of a range, each end.
    fileprivate var neighbours: [ClosedRange] {
        let low = Int(lowerBound)
        let high = Int(upperBound)
        let ends =
            low == high
            ? [(low - 1, low - 1), (low + 1, low + 1)]
            : [(low - 1, high), (low + 1, high), (low, high - 1), (low, high + 1)]
        return ends.compactMap { low, high in
            guard let low = UInt16(exactly: low), let high = UInt16(exactly: high) else { return nil }
            return low...high
        }
    }
}
