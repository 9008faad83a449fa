import Documents
import Testing

@testable import Rules

@Suite struct IngressQueryParserTests {
    /// Reads what stands under `allows`, which has to be without fault.
    static func query(_ text: String) throws -> IngressQuery {
        let (value, found) = try AddressOperandParserTests.read("{allows: \(text)}", IngressQueryParser.parse)
        #expect(found.isEmpty, "\(found.map(\.message))")
        return try #require(value)
    }

    @Test(
        arguments: [
            ("{from: world}", .any), ("{from: world, ports: any}", .any), ("{from: world, ports: all}", .all),
            ("{from: world, ports: [22]}", .listed([22...22])), ("{from: world, ports: 22}", .listed([22...22])),
            ("{from: world, ports: [22, 3389]}", .listed([22...22, 3389...3389])),
            ("{from: world, ports: 8000-8100}", .listed([8000...8100])),
            ("{from: world, ports: [0, 0-65535]}", .listed([0...0, 0...65535])),
            (#"{from: world, ports: ["8000-8100", 65535]}"#, .listed([8000...8100, 65535...65535])),
            ("{from: world, ports: [8000-8000]}", .listed([8000...8000])),
        ] as [(String, IngressQuery.Ports)])
    func readsPorts(text: String, ports: IngressQuery.Ports) throws {
        let expected = IngressQuery(ports: ports, protocol: .any, from: .world)
        #expect(try Self.query(text) == expected)
    }

    @Test(arguments: IngressQuery.TransportProtocol.allCases)
    func readsProtocols(word: IngressQuery.TransportProtocol) throws {
        let expected = IngressQuery(ports: .any, protocol: word, from: .public)
        #expect(try Self.query("{protocol: \(word.rawValue), from: public}") == expected)
    }

    @Test(arguments: [
        ("10.0.0.0/8", ["10.0.0.0/8"]), ("[10.0.0.0/8]", ["10.0.0.0/8"]), (#""2001:db8::/32""#, ["2001:db8::/32"]),
        (#"[192.0.2.1, "::1", 192.0.2.0/31]"#, ["192.0.2.0/31", "::1"]), ("0.0.0.0/1", ["0.0.0.0/1"]),
    ])
    func readsAddresses(text: String, blocks: [String]) throws {
        let set = AddressSet(try blocks.map { try #require(AddressBlock($0)) })
        #expect(try Self.query("{from: \(text)}").from == .addresses(set))
    }

    private static let portsHelp = "write [22, 8000-8100], `all` or `any`"
    private static let blockHelp =
        "write an IPv4 or IPv6 block such as 10.0.0.0/8 or 2001:db8::/32, or one address"
    private static let everythingHelp =
        "write `from: world` for the whole internet, or `from: public` for any part of it"

    struct Fault: Sendable, CustomStringConvertible {
        var text: String
        var code: String
        var message: String
        var underlined: String
        var help: String?

        var description: String { text }

        init(_ text: String, _ code: String, _ message: String, _ underlined: String, _ help: String? = nil) {
            self.text = text
            self.code = code
            self.message = message
            self.underlined = underlined
            self.help = help
        }
    }

    @Test(arguments: [
        Fault("world", "rule/type", "`ingress` must be a map, not a string", "world"),
        Fault("[]", "rule/type", "`ingress` must be a map, not a list", "["),
        Fault("{}", "rule/missing-key", "`ingress` needs the key `allows`", "{"),
        Fault("{allows: ~}", "rule/missing-key", "`ingress` needs the key `allows`", "allows"),
        Fault("{allows: world}", "rule/type", "`allows` must be a map, not a string", "world"),
        Fault("{allows: {}}", "rule/missing-key", "`allows` needs the key `from`", "{"),
        Fault("{allows: {from: ~}}", "rule/missing-key", "`allows` needs the key `from`", "from"),
        Fault(
            "{allows: {from: world, port: [22]}}", "rule/unknown-key", "`allows` has no key `port`", "port",
            "did you mean `ports`?"),
        Fault(
            "{allows: {from: world}, denies: {}}", "rule/unknown-key", "`ingress` has no key `denies`", "denies",
            "one of: allows"),
        Fault("{allows: {ports: ~, from: world}}", "rule/operand", "`ports` has no value", "ports"),
        Fault("{allows: {protocol: , from: world}}", "rule/operand", "`protocol` has no value", "protocol"),
        Fault(
            "{allows: {ports: [], from: world}}", "rule/operand", "`ports` names no port", "[",
            "write `any` for whichever port"),
        Fault(
            "{allows: {ports: {a: b}, from: world}}", "rule/operand",
            "`ports` takes ports and ranges of ports, not a map", "{", portsHelp),
        Fault(
            "{allows: {ports: [~], from: world}}", "rule/operand",
            "`ports` takes ports and ranges of ports, not null", "~", portsHelp),
        Fault(
            "{allows: {ports: [[22]], from: world}}", "rule/operand",
            "`ports` takes ports and ranges of ports, not a list", "[", portsHelp),
        Fault(
            "{allows: {ports: [true], from: world}}", "rule/operand",
            "`ports` takes ports and ranges of ports, not a boolean", "true", portsHelp),
        Fault(
            "{allows: {ports: [22.5], from: world}}", "rule/operand",
            "`ports` takes ports and ranges of ports, not a number", "22.5", portsHelp),
        Fault(
            "{allows: {ports: [65536], from: world}}", "rule/operand",
            "`65536` is not a port: ports go from 0 to 65535", "65536"),
        Fault(
            "{allows: {ports: [-1], from: world}}", "rule/operand", "`-1` is not a port: ports go from 0 to 65535",
            "-1", "write `ports: all`"),
        Fault(
            "{allows: {ports: [1-65536], from: world}}", "rule/operand",
            "`65536` is not a port: ports go from 0 to 65535", "1-65536"),
        Fault(
            "{allows: {ports: [8100-8000], from: world}}", "rule/operand",
            "the range `8100-8000` ends before it begins", "8100-8000", "write 8000-8100"),
        Fault(
            #"{allows: {ports: ["22"], from: world}}"#, "rule/operand", "a port is a number, not text", "\"22\"",
            "write 22 without quotes"),
        Fault(
            "{allows: {ports: [ssh], from: world}}", "rule/operand", "`ssh` is neither a port nor a range of ports",
            "ssh", "write 22, or 8000-8100"),
        Fault(
            "{allows: {ports: [all], from: world}}", "rule/operand", "`all` is neither a port nor a range of ports",
            "all", "write `ports: all`, without a list"),
        Fault(
            "{allows: {ports: [8000 - 8100], from: world}}", "rule/operand",
            "`8000 - 8100` is neither a port nor a range of ports", "8000 - 8100", "write 22, or 8000-8100"),
        Fault(
            "{allows: {ports: [1-2-3], from: world}}", "rule/operand",
            "`1-2-3` is neither a port nor a range of ports", "1-2-3", "write 22, or 8000-8100"),
        Fault(
            "{allows: {ports: [022-23], from: world}}", "rule/operand",
            "`022-23` is neither a port nor a range of ports", "022-23", "write 22, or 8000-8100"),
        Fault(
            "{allows: {ports: [80-], from: world}}", "rule/operand", "`80-` is neither a port nor a range of ports",
            "80-", "write 22, or 8000-8100"),
        Fault(
            "{allows: {protocol: tcpp, from: world}}", "rule/value", "`protocol` cannot be `tcpp`", "tcpp",
            "did you mean `tcp`?"),
        Fault(
            "{allows: {protocol: 6, from: world}}", "rule/value", "`protocol` cannot be `6`", "6",
            "one of: any, icmp, tcp, udp"),
        Fault(
            "{allows: {protocol: [tcp], from: world}}", "rule/value", "`protocol` cannot be a list", "[",
            "one of: tcp, udp, icmp, any"),
        Fault(
            "{allows: {protocol: icmp, ports: [8], from: world}}", "rule/operand", "`icmp` has no ports", "[",
            "leave `ports` out"),
        Fault(
            "{allows: {protocol: icmp, ports: all, from: world}}", "rule/operand", "`icmp` has no ports", "all",
            "leave `ports` out"),
        Fault(
            "{allows: {from: wrold}}", "rule/operand", "`from` cannot be `wrold`", "wrold", "did you mean `world`?"),
        Fault(
            "{allows: {from: anywhere}}", "rule/operand", "`from` cannot be `anywhere`", "anywhere",
            "write `world`, `public`, an address block or a list of them"),
        Fault(
            "{allows: {from: [world]}}", "rule/operand", "`world` cannot stand in a list", "world",
            "write `from: world`; `world` and `public` hold all blocks of theirs"),
        Fault(
            "{allows: {from: [10.0.0.0/8, public]}}", "rule/operand", "`public` cannot stand in a list", "public",
            "write `from: public`; `world` and `public` hold all blocks of theirs"),
        Fault("{allows: {from: []}}", "rule/operand", "`from` names no address block", "["),
        Fault("{allows: {from: {a: b}}}", "rule/operand", "`from` takes address blocks, not a map", "{"),
        Fault("{allows: {from: [~]}}", "rule/operand", "`from` takes address blocks, not null", "~"),
        Fault(
            "{allows: {from: 10.0.0/8}}", "rule/operand", "`10.0.0/8` is not an address block", "10.0.0/8", blockHelp),
        Fault("{allows: {from: [sg-1]}}", "rule/operand", "`sg-1` is not an address block", "sg-1", blockHelp),
        Fault(
            "{allows: {from: 10.0.0.1/8}}", "rule/operand", "`10.0.0.1/8` has bits set behind its prefix",
            "10.0.0.1/8", "write 10.0.0.0/8 for the block, or 10.0.0.1 for the one address"),
        Fault(
            "{allows: {from: 0.0.0.0/0}}", "rule/operand",
            "`0.0.0.0/0` would hold as soon as any address is let in", "0.0.0.0/0", everythingHelp),
        Fault(
            #"{allows: {from: [10.0.0.0/8, "::/0"]}}"#, "rule/operand",
            "`::/0` would hold as soon as any address is let in", #""::/0""#, everythingHelp),
    ])
    func refuses(fault: Fault) throws {
        let (value, found) = try AddressOperandParserTests.read(fault.text, IngressQueryParser.parse)
        #expect(value == nil || fault.code == "rule/unknown-key")
        #expect(found.map(\.message) == [fault.message])
        let diagnostic = try #require(found.first)
        #expect(diagnostic.code == fault.code)
        #expect(diagnostic.help == fault.help)
        #expect(try AddressOperandParserTests.underlined(diagnostic, in: fault.text).hasPrefix(fault.underlined))
    }

    /// All faults of one operand are found at once.
    @Test func findsAll() throws {
        let text = "{allows: {ports: [22, ssh, 70000], protocol: tls, from: [10.0.0.0/33, x/8], to: world}}"
        let (value, found) = try AddressOperandParserTests.read(text, IngressQueryParser.parse)
        #expect(value == nil)
        #expect(found.count == 6)
    }

    /// Whatever stands there, nothing read means an error.
    @Test func neverFailsInSilence() throws {
        let values = [
            "[]", "{}", "~", "''", "12", "-1", "[~]", "[{}]", "{x: y}", "[[]]", "all", "tcp", "world", "1-2",
            "10.0.0.0/8",
        ]
        for ports in values {
            for transport in values {
                for from in values {
                    let text = "{allows: {ports: \(ports), protocol: \(transport), from: \(from)}}"
                    let (value, found) = try AddressOperandParserTests.read(text, IngressQueryParser.parse)
                    #expect((value == nil) == !found.isEmpty, "\(text)")
                }
            }
        }
    }
}
