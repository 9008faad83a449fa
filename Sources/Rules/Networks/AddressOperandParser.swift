internal import Documents

/// Reads the operands of operators on addresses. Every fault becomes a diagnostic; nil stands for what cannot be read.
enum AddressOperandParser {
    /// An address block or a list of them: the operand of `within` and `overlaps`.
    static func blocks(
        _ node: YAMLNode, of key: String, _ diagnostics: inout FileDiagnostics
    ) -> [AddressBlock]? {
        guard let nodes = node.sequence else { return block(node, of: key, &diagnostics).map { [$0] } }
        if nodes.isEmpty {
            diagnostics.error("rule/operand", "`\(key)` names no address block", at: node.span)
            return nil
        }
        let blocks = nodes.map { block($0, of: key, &diagnostics) }
        let read = blocks.compactMap { $0 }
        return read.count == blocks.count ? read : nil
    }

    private static func block(
        _ node: YAMLNode, of key: String, _ diagnostics: inout FileDiagnostics
    ) -> AddressBlock? {
        guard let text = node.text, !node.isNull else {
            diagnostics.error("rule/operand", "`\(key)` takes address blocks, not \(node.kind)", at: node.span)
            return nil
        }
        guard let block = AddressBlock(text) else {
            diagnostics.error(
                "rule/operand", "`\(text)` is not an address block", at: node.span,
                help: "write an IPv4 or IPv6 block such as 10.0.0.0/8 or 2001:db8::/32, or one address")
            return nil
        }
        let address = text.prefix { $0 != "/" }
        if let written = AddressBlock(String(address)), written.first != block.first {
            diagnostics.error(
                "rule/operand", "`\(text)` has bits set behind its prefix", at: node.span,
                help: "write \(block) for the block, or \(written) for the one address")
            return nil
        }
        return block
    }

    /// The operand of `prefix_len`: `{lte: 8}`, or several comparisons that all have to hold.
    static func prefixLength(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> PrefixLengthQuery? {
        var map = YAMLMapReader(node, of: "`prefix_len`", area: "rule", &diagnostics)
        var comparisons: [PrefixLengthQuery.Comparison] = []
        var isWhole = true
        for order in PrefixLengthQuery.Order.allCases {
            let length = map.integer(order.rawValue, in: 0...128, &diagnostics)
            if let length {
                comparisons.append(PrefixLengthQuery.Comparison(order: order, length: Int(length)))
            } else if map.span(of: order.rawValue) != nil {
                isWhole = false
            }
        }
        map.finish(&diagnostics)
        guard let pairs = node.mapping else { return nil }
        if pairs.allSatisfy({ $0.value.isNull }) {
            diagnostics.error(
                "rule/operand", "`prefix_len` needs a comparison: eq, lt, lte, gt or gte", at: node.span)
            return nil
        }
        return isWhole && !comparisons.isEmpty ? PrefixLengthQuery(comparisons: comparisons) : nil
    }

    /// The operand of `cover`, which is `world`. Returns whether it is.
    static func cover(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Bool {
        if node.text == "world" { return true }
        let given = node.text.map { "`\($0)`" } ?? node.kind
        diagnostics.error("rule/operand", "`cover` takes `world`, not \(given)", at: node.span)
        return false
    }
}
