import Documents
import Testing

@testable import Rules

@Suite struct AddressOperandParserTests {
    static func read<Value>(
        _ text: String, _ parse: (YAMLNode, inout FileDiagnostics) -> Value?
    ) throws -> (value: Value?, found: [Diagnostic]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "rule.yaml", text: text))
        let node = try #require(YAMLReader.read(&diagnostics), "\(text)")
        let value = parse(node, &diagnostics)
        return (value, diagnostics.found)
    }

    /// What the diagnostic's span underlines.
    static func underlined(_ diagnostic: Diagnostic, in text: String) throws -> String {
        let span = try #require(diagnostic.span)
        #expect(span.line == 1)
        return String(text.dropFirst(span.column - 1).prefix(span.length))
    }

    private static func blocks(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> [AddressBlock]? {
        AddressOperandParser.blocks(node, of: "within", &diagnostics)
    }

    @Test(arguments: [
        ("10.0.0.0/8", ["10.0.0.0/8"]), ("[10.0.0.0/8, 192.168.0.0/16]", ["10.0.0.0/8", "192.168.0.0/16"]),
        (#"["::1", 1.2.3.4]"#, ["::1", "1.2.3.4"]), (#""2001:db8::/32""#, ["2001:db8::/32"]),
        ("0.0.0.0/0", ["0.0.0.0/0"]),
    ])
    func readsBlocks(text: String, blocks: [String]) throws {
        let (value, found) = try Self.read(text, Self.blocks)
        #expect(value?.map(\.description) == blocks)
        #expect(found.isEmpty)
    }

    @Test(arguments: [
        ("10.0.0/8", "`10.0.0/8` is not an address block", "10.0.0/8"), ("[]", "`within` names no address block", "["),
        ("[10.0.0.0/8, 10.0.0.0/33]", "`10.0.0.0/33` is not an address block", "10.0.0.0/33"),
        ("world", "`world` is not an address block", "world"),
        ("[10.0.0.0/8, ~]", "`within` takes address blocks, not null", "~"),
        ("{a: b}", "`within` takes address blocks, not a map", "{"),
        ("[[10.0.0.0/8]]", "`within` takes address blocks, not a list", "["),
        ("10.1.0.0/8", "`10.1.0.0/8` has bits set behind its prefix", "10.1.0.0/8"),
        ("010.0.0.0/8", "`010.0.0.0/8` is not an address block", "010.0.0.0/8"),
        (#""10.0.0.0/8 ""#, "`10.0.0.0/8 ` is not an address block", #""10.0.0.0/8 ""#),
        ("8", "`8` is not an address block", "8"),
    ])
    func refusesBlocks(text: String, message: String, underlined: String) throws {
        let (value, found) = try Self.read(text, Self.blocks)
        #expect(value == nil)
        #expect(found.map(\.message) == [message])
        #expect(found.map(\.code) == ["rule/operand"])
        #expect(try Self.underlined(#require(found.first), in: text).hasPrefix(underlined))
    }

    @Test func finds() throws {
        let (value, found) = try Self.read("[10.0.0.0, x, 10.0.0.1/8, y]", Self.blocks)
        #expect(value == nil)
        #expect(found.count == 3)
        #expect(found[1].help == "write 10.0.0.0/8 for the block, or 10.0.0.1 for the one address")
    }

    @Test(arguments: [
        ("{lte: 8}", "10.0.0.0/8", true), ("{lte: 8}", "10.0.0.0/9", false), ("{lt: 8}", "10.0.0.0/8", false),
        ("{lt: 8}", "10.0.0.0/7", true), ("{gt: 24}", "10.0.0.0/24", false), ("{gt: 24}", "10.0.0.0/25", true),
        ("{gte: 24}", "10.0.0.0/24", true), ("{gte: 24}", "10.0.0.0/23", false), ("{eq: 32}", "10.0.0.0", true),
        ("{eq: 32}", "10.0.0.0/31", false), ("{eq: 128}", "::1", true), ("{gte: 16, lt: 28}", "10.0.0.0/16", true),
        ("{gte: 16, lt: 28}", "10.0.0.0/28", false), ("{gte: 16, lt: 28}", "10.0.0.0/15", false),
        ("{eq: 0}", "::/0", true),
        ("{lte: 8}", "::/0", true),
    ])
    func prefixLength(text: String, block: String, expected: Bool) throws {
        let (value, found) = try Self.read(text, AddressOperandParser.prefixLength)
        #expect(try #require(value).holds(of: #require(AddressBlock(block))) == expected)
        #expect(found.isEmpty)
    }

    @Test(arguments: [
        ("8", "`prefix_len` must be a map, not an integer"),
        ("{}", "`prefix_len` needs a comparison: eq, lt, lte, gt or gte"),
        ("{lte: ~}", "`prefix_len` needs a comparison: eq, lt, lte, gt or gte"),
        ("{lte: 129}", "`lte` must be from 0 to 128"), ("{lte: -1}", "`lte` must be from 0 to 128"),
        (#"{lte: "8"}"#, "`lte` must be a whole number, not a string"),
        ("{gte: 1, lte: x}", "`lte` must be a whole number, not a string"),
        ("{gte: 1, less: 8}", "`prefix_len` has no key `less`"), ("{ne: 8}", "`prefix_len` has no key `ne`"),
        ("{gte: 8, lte: [9]}", "`lte` must be a whole number, not a list"),
    ])
    func refusesPrefixLength(text: String, message: String) throws {
        let (_, found) = try Self.read(text, AddressOperandParser.prefixLength)
        #expect(found.map(\.message) == [message])
    }

    @Test(arguments: [
        ("world", nil), ("public", "`cover` takes `world`, not `public`"),
        ("[world]", "`cover` takes `world`, not a list"),
        ("true", "`cover` takes `world`, not `true`"), ("0.0.0.0/0", "`cover` takes `world`, not `0.0.0.0/0`"),
    ])
    func cover(text: String, message: String?) throws {
        let (value, found) = try Self.read(text) { AddressOperandParser.cover($0, &$1) ? true : nil }
        #expect((value == true) == (message == nil))
        #expect(found.map(\.message) == (message.map { [$0] } ?? []))
    }
}
