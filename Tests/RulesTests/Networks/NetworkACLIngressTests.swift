import Documents
import Testing

@testable import Rules

@Suite struct NetworkACLIngressTests {
    private static let ssh = "{ports: [22], protocol: tcp, from: world}"
    private static let rest = entry(32767, "deny", "'-1'", "CidrBlock: 0.0.0.0/0")

    private static func entry(_ number: Int, _ action: String, _ protocol: String, _ rest: String) -> String {
        "{RuleNumber: \(number), RuleAction: \(action), Egress: false, Protocol: \(`protocol`), \(rest)}"
    }

    private static func tcp(_ number: Int, _ action: String, _ from: Int, _ to: Int, _ block: String = "0.0.0.0/0")
        -> String
    {
        entry(number, action, "'6'", "PortRange: {From: \(from), To: \(to)}, CidrBlock: \(block)")
    }

    private static func all(_ number: Int, _ action: String, _ block: String = "0.0.0.0/0") -> String {
        entry(number, action, "'-1'", "CidrBlock: \(block)")
    }

    private static func list(_ entries: String...) -> String { "[\((entries + [rest]).joined(separator: ", "))]" }

    @Test(arguments: [
        IngressCase(ssh, "[]", .false), IngressCase(ssh, "~", .false), IngressCase(ssh, list(), .false),
        IngressCase(ssh, list(all(100, "allow")), .true, ["0/CidrBlock"]),
        IngressCase(ssh, "[\(all(100, "allow"))]", .true),
        IngressCase(ssh, list(tcp(100, "allow", 22, 22)), .true),
        IngressCase(ssh, list(tcp(100, "allow", 23, 65535)), .false),
        IngressCase(ssh, list(tcp(100, "allow", 0, 65535)), .true),
        // The lowest number decides, wherever it stands.
        IngressCase(ssh, list(tcp(90, "deny", 22, 22), all(100, "allow")), .false),
        IngressCase(ssh, list(all(100, "allow"), tcp(90, "deny", 22, 22)), .false),
        IngressCase(ssh, list(tcp(110, "deny", 22, 22), all(100, "allow")), .true, ["1/CidrBlock"]),
        IngressCase(ssh, list(tcp(90, "deny", 23, 23), all(100, "allow")), .true),
        IngressCase(ssh, list(all(90, "deny"), all(100, "allow")), .false),
        IngressCase(
            "{ports: [22, 23], protocol: tcp, from: world}", list(tcp(90, "deny", 22, 22), all(100, "allow")), .true),
        IngressCase(
            "{ports: [22-23], protocol: tcp, from: world}", list(tcp(90, "deny", 22, 23), all(100, "allow")), .false),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", list(tcp(90, "deny", 22, 22), all(100, "allow")), .false),
        IngressCase("{ports: all, protocol: tcp, from: world}", list(tcp(90, "deny", 0, 0), all(100, "allow")), .true),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", list(tcp(90, "deny", 65535, 65535), all(100, "allow")), .false),
        IngressCase("{ports: all, from: world}", list(tcp(90, "deny", 22, 22), all(100, "allow")), .true),  // UDP is
        IngressCase(
            "{ports: any, protocol: tcp, from: world}", list(tcp(90, "deny", 1, 65535), all(100, "allow")), .true),
        IngressCase(
            "{ports: any, protocol: tcp, from: world}", list(tcp(90, "deny", 0, 65535), all(100, "allow")), .false),
        IngressCase("{from: world}", list(tcp(90, "deny", 0, 65535), all(100, "allow")), .true),
        // Denies take addresses from later allows.
        IngressCase(ssh, list(all(90, "deny", "0.0.0.0/1"), all(100, "allow")), .true, ["1/CidrBlock"]),
        IngressCase(ssh, list(all(80, "deny", "0.0.0.0/1"), all(90, "deny", "128.0.0.0/1"), all(100, "allow")), .false),
        IngressCase(ssh, list(all(80, "deny", "0.0.0.0/1"), all(90, "deny", "128.0.0.0/2"), all(100, "allow")), .true),
        IngressCase(
            ssh, list(all(80, "deny", "0.0.0.0/1"), all(90, "deny", "128.0.0.0/2"), all(100, "allow", "192.0.0.0/8")),
            .false),
        IngressCase(ssh, list(all(90, "deny", "8.0.0.0/8"), all(100, "allow", "8.0.0.0/7")), .false),
        IngressCase(ssh, list(all(90, "deny", "8.0.0.0/9"), all(100, "allow", "8.0.0.0/7")), .true),
        IngressCase(
            ssh, list(all(80, "allow", "8.0.0.0/8"), all(90, "deny", "8.0.0.0/7"), all(100, "allow", "8.0.0.0/6")),
            .true,
            ["0/CidrBlock", "2/CidrBlock"]),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}", list(all(90, "deny", "10.1.0.0/17"), all(100, "allow", "10.0.0.0/8")),
            .true),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/17}", list(all(90, "deny", "10.1.0.0/16"), all(100, "allow", "10.0.0.0/8")),
            .false),
        IngressCase(
            "{ports: [22], from: public}", list(all(90, "deny", "8.8.8.8"), all(100, "allow", "8.8.8.8/31")), .true),
        IngressCase(
            "{ports: [22], from: public}",
            list(all(90, "deny", "8.8.8.8/31"), all(100, "allow", "8.8.8.8/31")), .false),
        // Families and protocols apart.
        IngressCase(
            ssh, list(all(90, "deny"), entry(100, "allow", "'-1'", "Ipv6CidrBlock: '::/0'")), .true, ["1/Ipv6CidrBlock"]
        ),
        IngressCase(ssh, list(entry(90, "deny", "'-1'", "Ipv6CidrBlock: '::/0'"), all(100, "allow")), .true),
        IngressCase(
            ssh,
            list(
                entry(90, "deny", "'-1'", "Ipv6CidrBlock: '::/0'"), entry(100, "allow", "'-1'", "Ipv6CidrBlock: '::/0'")
            ), .false),
        IngressCase(
            ssh,
            list(entry(90, "deny", "'17'", "PortRange: {From: 22, To: 22}, CidrBlock: 0.0.0.0/0"), all(100, "allow")),
            .true),
        IngressCase("{ports: [53], from: world}", list(tcp(90, "deny", 53, 53), all(100, "allow")), .true),
        IngressCase(
            "{ports: [53], protocol: udp, from: world}", list(tcp(90, "deny", 53, 53), all(100, "allow")), .true),
        IngressCase(
            ssh,
            list(entry(90, "deny", "'-1'", "PortRange: {From: 80, To: 80}, CidrBlock: 0.0.0.0/0"), all(100, "allow")),
            .false),
        // ICMP by type and code.
        IngressCase(
            "{protocol: icmp, from: world}",
            list(
                entry(90, "deny", "'1'", "IcmpTypeCode: {Type: 8, Code: -1}, CidrBlock: 0.0.0.0/0"),
                entry(100, "allow", "'1'", "IcmpTypeCode: {Type: 8, Code: 0}, CidrBlock: 0.0.0.0/0")), .false),
        IngressCase(
            "{protocol: icmp, from: world}",
            list(
                entry(90, "deny", "'1'", "IcmpTypeCode: {Type: 8, Code: 1}, CidrBlock: 0.0.0.0/0"),
                entry(100, "allow", "'1'", "IcmpTypeCode: {Type: 8, Code: -1}, CidrBlock: 0.0.0.0/0")), .true),
        IngressCase(
            "{protocol: icmp, from: world}",
            list(
                entry(90, "deny", "'1'", "IcmpTypeCode: {Type: 8, Code: -1}, CidrBlock: 0.0.0.0/0"),
                entry(100, "allow", "'1'", "IcmpTypeCode: {Type: -1, Code: -1}, CidrBlock: 0.0.0.0/0")), .true),
        IngressCase(
            "{protocol: icmp, from: world}",
            list(
                entry(90, "deny", "'1'", "IcmpTypeCode: {Type: -1, Code: -1}, CidrBlock: 0.0.0.0/0"),
                entry(100, "allow", "'1'", "IcmpTypeCode: {Type: 3, Code: 4}, CidrBlock: 0.0.0.0/0")), .false),
        IngressCase(
            "{protocol: icmp, from: world}", list(entry(90, "allow", "'1'", "CidrBlock: 0.0.0.0/0")), .unknown,
            ["0/IcmpTypeCode"], reasons: ["is not a type and code of ICMP"]),
        IngressCase(
            "{protocol: icmp, from: world}",
            list(
                entry(90, "deny", "'58'", "IcmpTypeCode: {Type: 8, Code: 0}, CidrBlock: 0.0.0.0/0"),
                entry(100, "allow", "'58'", "IcmpTypeCode: {Type: 8, Code: -1}, CidrBlock: 0.0.0.0/0")), .true),
        // Egress.
        // Its numbers are its own.
        IngressCase(
            ssh,
            list(
                "{RuleNumber: 100, RuleAction: deny, Egress: true, Protocol: '-1', CidrBlock: 0.0.0.0/0}",
                all(100, "allow", "x")), .unknown, ["1/CidrBlock"]),
        IngressCase(
            ssh, "[{RuleNumber: 100, RuleAction: allow, Egress: true, Protocol: '-1', CidrBlock: 0.0.0.0/0}]", .false),
        IngressCase(
            ssh,
            list(
                "{RuleNumber: 90, RuleAction: deny, Egress: true, Protocol: '-1', CidrBlock: 0.0.0.0/0}",
                all(100, "allow")), .true),
        IngressCase(ssh, list("{RuleNumber: x, RuleAction: x, Egress: true, Protocol: x}"), .false),
        IngressCase(
            ssh, "[{RuleNumber: 100, RuleAction: allow, Protocol: '-1', CidrBlock: 0.0.0.0/0}]", .unknown, ["0/Egress"],
            reasons: ["is not true or false"]),
        IngressCase(
            ssh,
            list(
                "{RuleNumber: 90, RuleAction: deny, Egress: 'false', Protocol: '-1', CidrBlock: 0.0.0.0/0}",
                all(100, "allow")),
            .unknown, ["0/Egress"]),
        // Values that cannot be read: allows.
        IngressCase(ssh, "x", .unknown, [""]),
        IngressCase(ssh, "[1]", .unknown, ["0"], reasons: ["is not a structure"]),
        IngressCase(ssh, list(all(100, "allow"), "x"), .unknown, ["1"]),
        IngressCase(
            ssh, list(all(90, "allow", "0.0.0.0/33")), .unknown, ["0/CidrBlock"], reasons: ["is not an address block"]),
        IngressCase(ssh, list(all(90, "deny"), all(100, "allow", "0.0.0.0/33")), .unknown),
        IngressCase(
            ssh,
            list(all(80, "deny"), entry(85, "deny", "'-1'", "Ipv6CidrBlock: '::/0'"), all(90, "allow", "0.0.0.0/33")),
            .false),
        IngressCase(ssh, list(all(90, "allow", "0.0.0.0/33"), all(100, "allow")), .true, ["1/CidrBlock"]),
        IngressCase(
            ssh, list(entry(90, "allow", "'-1'", "X: 1")), .unknown, ["0/CidrBlock"],
            reasons: ["is absent, and so is Ipv6CidrBlock"]),
        IngressCase(
            ssh, list(entry(90, "allow", "'6'", "CidrBlock: 0.0.0.0/0")), .unknown, ["0/PortRange"],
            reasons: ["is not a range of ports"]),
        IngressCase(ssh, list(entry(90, "allow", "'6'", "PortRange: {From: 22}, CidrBlock: 0.0.0.0/0")), .unknown),
        IngressCase(ssh, list(entry(90, "allow", "'17'", "CidrBlock: 0.0.0.0/0")), .false),
        IngressCase(
            ssh, list(entry(90, "allow", "x", "CidrBlock: 0.0.0.0/0")), .unknown, ["0/Protocol"],
            reasons: ["is not a protocol"]),
        IngressCase(
            ssh, list(entry(90, "allow", "6", "PortRange: {From: 22, To: 22}, CidrBlock: 0.0.0.0/0")), .unknown,
            ["0/Protocol"]),
        IngressCase(
            ssh, list(entry(90, "pass", "'-1'", "CidrBlock: 0.0.0.0/0")), .unknown, ["0/RuleAction"],
            reasons: ["is neither allow nor deny"]),
        IngressCase(ssh, "[{RuleAction: allow, Egress: false, Protocol: '-1', CidrBlock: 0.0.0.0/0}]", .true),
        IngressCase(
            ssh, list("{RuleAction: allow, Egress: false, Protocol: '-1', CidrBlock: 0.0.0.0/0}", all(100, "deny")),
            .unknown, ["0/RuleNumber"], reasons: ["is not a whole number"]),
        // Only what bears on the question is named.
        IngressCase(
            ssh, list(tcp(90, "allow", 443, 443, "x"), tcp(100, "allow", 22, 22, "x")), .unknown, ["1/CidrBlock"]),
        // And denies.
        IngressCase(ssh, list(all(90, "deny", "x"), all(100, "allow")), .unknown, ["0/CidrBlock"]),
        IngressCase(ssh, list(all(110, "deny", "x"), all(100, "allow")), .true),
        IngressCase(ssh, list(all(90, "deny", "x"), all(100, "allow", "10.0.0.0/8")), .false),
        IngressCase(
            ssh, list(entry(90, "deny", "'6'", "CidrBlock: 0.0.0.0/0"), all(100, "allow")), .unknown, ["0/PortRange"]),
        IngressCase(ssh, list(entry(90, "deny", "'6'", "CidrBlock: 10.0.0.0/8"), all(100, "allow")), .true),
        IngressCase(ssh, list(entry(90, "deny", "x", "CidrBlock: 0.0.0.0/0"), all(100, "allow")), .unknown),
        IngressCase(
            ssh, list(entry(90, "x", "'-1'", "CidrBlock: 0.0.0.0/0"), all(100, "allow")), .unknown, ["0/RuleAction"]),
        IngressCase(ssh, list(entry(110, "x", "'-1'", "CidrBlock: 0.0.0.0/0"), all(100, "allow")), .true),
        IngressCase(
            ssh, list("{RuleAction: deny, Egress: false, Protocol: '-1', CidrBlock: 0.0.0.0/0}", all(100, "allow")),
            .unknown, ["0/RuleNumber"]),
        // One number twice.
        IngressCase(
            ssh, "[\(all(100, "allow")), \(all(100, "deny"))]", .unknown, ["1/RuleNumber"],
            reasons: ["rule number 100 stands twice"]),
        IngressCase(ssh, "[\(all(100, "deny")), \(all(100, "allow"))]", .unknown, ["1/RuleNumber"]),
        IngressCase(ssh, "[\(all(100, "deny", "10.0.0.0/8")), \(all(100, "allow"))]", .true),
        IngressCase(ssh, "[\(all(100, "allow")), \(all(100, "allow"))]", .true),
        IngressCase(ssh, "[\(all(100, "deny")), \(all(100, "deny"))]", .false),
    ])
    func answers(test: IngressCase) throws {
        try test.check { $0.judge(networkACL: $1, explaining: $2) }
    }
}
