internal import Documents

/// Reads the operand of `ingress`: `{allows: {ports: [22, 8000-8100], protocol: tcp, from: world}}`.
///
/// `ports` and `protocol` may be left out: then any will do. `from` has to be there.
struct IngressQueryParser {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> IngressQuery? {
        var map = YAMLMapReader(node, of: "`ingress`", area: "rule", &diagnostics)
        let allows = map.node("allows", required: true, &diagnostics)
        map.finish(&diagnostics)
        return allows.flatMap { query($0, &diagnostics) }
    }

    private static func query(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> IngressQuery? {
        var map = YAMLMapReader(node, of: "`allows`", area: "rule", &diagnostics)
        let portsNode = map.node("ports", &diagnostics)
        let ports = portsNode.map { Self.ports($0, &diagnostics) } ?? .any
        let transport = map.choice("protocol", of: IngressQuery.TransportProtocol.self, &diagnostics)
        let from = map.node("from", required: true, &diagnostics).flatMap { origin($0, &diagnostics) }
        map.finish(&diagnostics)
        guard let pairs = node.mapping else { return nil }
        for pair in pairs where pair.value.isNull && ["ports", "protocol"].contains(pair.key.text) {
            diagnostics.error("rule/operand", "`\(pair.key.text ?? "")` has no value", at: pair.key.span)
            return nil
        }
        if transport == .icmp, let portsNode {
            diagnostics.error(
                "rule/operand", "`icmp` has no ports", at: portsNode.span, help: "leave `ports` out")
            return nil
        }
        guard let ports, let from, transport != nil || node["protocol"] == nil else { return nil }
        return IngressQuery(ports: ports, protocol: transport ?? .any, from: from)
    }

    // MARK: Ports

    private static func ports(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> IngressQuery.Ports? {
        guard let nodes = node.sequence else {
            switch node.text {
            case "all": return .all
            case "any": return .any
            default: return range(node, &diagnostics).map { .listed([$0]) }
            }
        }
        if nodes.isEmpty {
            diagnostics.error(
                "rule/operand", "`ports` names no port", at: node.span, help: "write `any` for whichever port")
            return nil
        }
        let ranges = nodes.map { range($0, &diagnostics) }
        let read = ranges.compactMap { $0 }
        return read.count == ranges.count ? .listed(read) : nil
    }

    /// A port, or a range of them such as `8000-8100`.
    private static func range(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> ClosedRange<UInt16>? {
        let value = node.json
        if let number = value.integer {
            guard let port = port(number, node, &diagnostics) else { return nil }
            return port...port
        }
        guard let text = value.string else {
            diagnostics.error(
                "rule/operand", "`ports` takes ports and ranges of ports, not \(node.kind)", at: node.span,
                help: "write [22, 8000-8100], `all` or `any`")
            return nil
        }
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0) }
        guard numbers.count == parts.count else {
            let help =
                ["all", "any"].contains(text) ? "write `ports: \(text)`, without a list" : "write 22, or 8000-8100"
            diagnostics.error(
                "rule/operand", "`\(text)` is neither a port nor a range of ports", at: node.span, help: help)
            return nil
        }
        guard numbers.count == 2 else {
            diagnostics.error(
                "rule/operand", "a port is a number, not text", at: node.span, help: "write \(text) without quotes")
            return nil
        }
        guard let low = port(numbers[0], node, &diagnostics), let high = port(numbers[1], node, &diagnostics) else {
            return nil
        }
        guard low <= high else {
            diagnostics.error(
                "rule/operand", "the range `\(text)` ends before it begins", at: node.span,
                help: "write \(high)-\(low)")
            return nil
        }
        return low...high
    }

    /// Digits alone, without zeros in front.
    private static func number(_ text: Substring) -> Int64? {
        guard let number = Int64(text), number >= 0, String(number).hasSameBytes(as: text) else { return nil }
        return number
    }

    private static func port(_ number: Int64, _ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> UInt16? {
        if let port = UInt16(exactly: number) { return port }
        diagnostics.error(
            "rule/operand", "`\(number)` is not a port: ports go from 0 to 65535", at: node.span,
            help: number == -1 ? "write `ports: all`" : nil)
        return nil
    }

    // MARK: Addresses

    private static func origin(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> IngressQuery.Origin? {
        let words: [String: IngressQuery.Origin] = ["world": .world, "public": .public]
        if let text = node.text {
            if let word = words[text] { return word }
            if !text.contains(where: { ".:/".contains($0) }) {
                diagnostics.error(
                    "rule/operand", "`from` cannot be `\(text)`", at: node.span,
                    help: closestMatch(to: text, among: words.keys).map { "did you mean `\($0)`?" }
                        ?? "write `world`, `public`, an address block or a list of them")
                return nil
            }
        }
        if let word = node.sequence?.first(where: { words[$0.text ?? ""] != nil }) {
            diagnostics.error(
                "rule/operand", "`\(word.text ?? "")` cannot stand in a list", at: word.span,
                help: "write `from: \(word.text ?? "")`; `world` and `public` hold all blocks of theirs")
            return nil
        }
        guard let blocks = AddressOperandParser.blocks(node, of: "from", &diagnostics) else { return nil }
        if let index = blocks.firstIndex(where: \.isWorld) {
            let place = node.sequence?[index] ?? node
            diagnostics.error(
                "rule/operand", "`\(place.text ?? "")` would hold as soon as any address is let in", at: place.span,
                help: "write `from: world` for the whole internet, or `from: public` for any part of it")
            return nil
        }
        return .addresses(AddressSet(blocks))
    }
}
