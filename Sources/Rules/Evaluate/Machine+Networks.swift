internal import Documents

extension Machine {
    /// An operator on one address or block.
    func decideAddress(_ node: Node, _ value: TapeValue) -> Truth {
        guard value.kind == .string, let block = AddressBlock(utf8: value.text) else {
            return unknown(.badValue("is not an address block"))
        }
        switch (node.opcode, node.operand) {
        case (.addressClass, .number(let index)):
            switch CIDRClass.allCases[Int(index)] {
            case .world: return Truth(block.isWorld)
            case .private: return Truth(block.isPrivate)
            case .public: return Truth(block.isPublic)
            }
        case (.within, .entry(let index)): return Truth(block.isWithin(program.addresses[Int(index)]))
        case (.overlaps, .entry(let index)): return Truth(block.overlaps(program.addresses[Int(index)]))
        case (.prefixLength, .entry(let index)): return Truth(program.prefixLengths[Int(index)].holds(of: block))
        default: return unknown(.badOperand)
        }
    }

    /// Whether the blocks of a list cover all addresses of IPv4 or of IPv6 together.
    func decideCoverage(_ value: TapeValue) -> Truth {
        guard value.kind == .array else { return unknown(.badValue("is not a list")) }
        var blocks: [AddressBlock] = []
        var isReadable = true
        var elements = value.children
        while let element = elements.next() {
            let place =
                element.kind == .object ? element.member(named: "CidrIp") ?? element.member(named: "CidrIpv6") : element
            if let place, place.kind == .string, let block = AddressBlock(utf8: place.text) {
                blocks.append(block)
            } else {
                isReadable = false
            }
        }
        if AddressSet(blocks).coversWorld { return .true }
        return isReadable ? .false : unknown(.badValue("holds what is not an address block"))
    }

    /// What filters let in.
    func ingress(_ node: Node, _ value: TapeValue, explaining: Bool) -> NetworkAnswer {
        guard value.kind == .array, case .entry(let index) = node.operand else {
            return NetworkAnswer(truth: .unknown, reasons: ["is not a list"], witnesses: [[]])
        }
        let query = program.ingress[Int(index)]
        // Prefix lists are not collected yet: what stands in one is not known.
        return node.flag
            ? query.judge(networkACL: value.json, explaining: explaining)
            : query.judge(permissions: value.json, explaining: explaining) { _ in nil }
    }
}
