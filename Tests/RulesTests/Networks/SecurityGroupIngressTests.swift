import Documents
import Testing

@testable import Rules

@Suite struct SecurityGroupIngressTests {
    private static let ssh = "{ports: [22], protocol: tcp, from: world}"
    private static let world = "IpRanges: [{CidrIp: 0.0.0.0/0}]"
    private static let office = "IpRanges: [{CidrIp: 198.51.99.0/24}]"

    /// A permission for a range of ports, from everywhere unless blocks are named.
    private static func rule(_ traffic: String, _ from: Int, _ to: Int, _ blocks: String...) -> String {
        let ranges = (blocks.isEmpty ? ["0.0.0.0/0"] : blocks).map { "{CidrIp: \($0)}" }.joined(separator: ", ")
        return "{IpProtocol: '\(traffic)', FromPort: \(from), ToPort: \(to), IpRanges: [\(ranges)]}"
    }

    private static func prefixList(_ id: String) -> [AddressBlock]? {
        let lists = [
            "pl-world": ["0.0.0.0/1", "128.0.0.0/1"], "pl-half": ["0.0.0.0/7"], "pl-none": [],
            "pl-office": ["10.1.0.0/16"],
        ]
        return lists[id].map { $0.compactMap { AddressBlock($0) } }
    }

    private static func check(_ test: IngressCase) throws {
        try test.check { $0.judge(permissions: $1, explaining: $2, prefixList: prefixList) }
    }

    @Test(arguments: [
        // Protocols.
        IngressCase(ssh, "[\(rule("tcp", 22, 22))]", .true, ["0/IpRanges/0/CidrIp"]),
        IngressCase(ssh, "[\(rule("6", 22, 22))]", .true),
        IngressCase(ssh, "[{IpProtocol: '-1', \(world)}]", .true),
        IngressCase(ssh, "[{IpProtocol: '-1', FromPort: 80, ToPort: 80, \(world)}]", .true),
        IngressCase(ssh, "[\(rule("udp", 22, 22))]", .false),
        IngressCase(ssh, "[\(rule("17", 0, 65535))]", .false),
        IngressCase(ssh, "[\(rule("icmp", -1, -1))]", .false),
        IngressCase(ssh, "[{IpProtocol: '50', \(world)}]", .false),
        IngressCase(
            "{ports: [53], protocol: udp, from: world}", "[\(rule("udp", 53, 53))]",
            .true),
        IngressCase(
            "{ports: [53], protocol: udp, from: world}", "[\(rule("tcp", 53, 53))]",
            .false),
        IngressCase("{ports: [53], from: world}", "[\(rule("tcp", 53, 53))]", .true),
        IngressCase("{ports: [53], from: world}", "[\(rule("udp", 53, 53))]", .true),
        IngressCase("{ports: [53], from: world}", "[{IpProtocol: '132', \(world)}]", .false),
        IngressCase("{from: world}", "[{IpProtocol: '132', \(world)}]", .true),
        IngressCase(
            "{from: world}", "[{IpProtocol: icmpv6, FromPort: -1, ToPort: -1, Ipv6Ranges: [{CidrIpv6: '::/0'}]}]", .true
        ),
        IngressCase("{protocol: icmp, from: world}", "[\(rule("icmp", 8, -1))]", .true),
        IngressCase("{protocol: icmp, from: world}", "[\(rule("58", 128, 0))]", .true),
        IngressCase("{protocol: icmp, from: world}", "[\(rule("1", -1, -1))]", .true),
        IngressCase(
            "{protocol: icmp, from: world}", "[\(rule("tcp", 0, 65535))]", .false),
        IngressCase("{protocol: icmp, from: world}", "[{IpProtocol: '-1', \(world)}]", .true),
        // Ports.
        IngressCase(ssh, "[\(rule("tcp", 0, 65535))]", .true),
        IngressCase(ssh, "[\(rule("tcp", 22, 23))]", .true),
        IngressCase(ssh, "[\(rule("tcp", 21, 22))]", .true),
        IngressCase(ssh, "[\(rule("tcp", 23, 65535))]", .false),
        IngressCase(ssh, "[\(rule("tcp", 0, 21))]", .false),
        IngressCase(
            "{ports: [22, 3389], protocol: tcp, from: world}",
            "[\(rule("tcp", 3389, 3389))]", .true),
        IngressCase(
            "{ports: [8000-8100], protocol: tcp, from: world}",
            "[\(rule("tcp", 8100, 9000))]", .true),
        IngressCase(
            "{ports: [8000-8100], protocol: tcp, from: world}",
            "[\(rule("tcp", 8101, 9000))]", .false),
        IngressCase(
            "{ports: [0], protocol: tcp, from: world}", "[\(rule("tcp", 0, 0))]", .true),
        IngressCase(
            "{ports: [65535], protocol: tcp, from: world}",
            "[\(rule("tcp", 65535, 65535))]", .true),
        IngressCase(
            "{ports: any, protocol: tcp, from: world}", "[\(rule("tcp", 443, 443))]",
            .true),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", "[\(rule("tcp", 0, 65535))]",
            .true),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", "[\(rule("tcp", 1, 65535))]",
            .true),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", "[\(rule("tcp", 2, 65535))]",
            .false),
        IngressCase(
            "{ports: all, protocol: tcp, from: world}", "[\(rule("tcp", 0, 65534))]",
            .false),
        IngressCase("{ports: all, from: world}", "[{IpProtocol: '-1', \(world)}]", .true),
        IngressCase(
            "{ports: all, from: world}",
            "[\(rule("tcp", 0, 1023)), \(rule("udp", 1024, 65535))]",
            .false),
        IngressCase(
            "{ports: all, from: world}",
            "[\(rule("tcp", 0, 1023)), \(rule("tcp", 1024, 65535))]",
            .true, ["0/IpRanges/0/CidrIp", "1/IpRanges/0/CidrIp"]),
        IngressCase(
            "{ports: all, from: world}",
            "[\(rule("tcp", 0, 1023)), \(rule("tcp", 1025, 65535))]",
            .false),
        // UDP is open too, but not all of it: no witness.
        IngressCase(
            "{ports: all, from: world}", "[\(rule("udp", 53, 53)), \(rule("tcp", 0, 65535))]", .true,
            ["1/IpRanges/0/CidrIp"]),
        // Addresses: the world.
        IngressCase(
            ssh, "[{IpProtocol: tcp, FromPort: 22, ToPort: 22, Ipv6Ranges: [{CidrIpv6: '::/0'}]}]", .true,
            ["0/Ipv6Ranges/0/CidrIpv6"]),
        IngressCase(ssh, "[\(rule("tcp", 22, 22, "10.0.0.0/8"))]", .false),
        IngressCase(ssh, "[\(rule("tcp", 22, 22, "198.51.99.0/24"))]", .false),
        IngressCase(ssh, "[\(rule("tcp", 22, 22, "8.0.0.0/8"))]", .false),
        IngressCase(ssh, "[\(rule("tcp", 22, 22, "8.0.0.0/7"))]", .true),
        IngressCase(
            ssh, "[{IpProtocol: tcp, FromPort: 22, ToPort: 22, Ipv6Ranges: [{CidrIpv6: '2600::/16'}]}]", .false),
        IngressCase(ssh, "[{IpProtocol: tcp, FromPort: 22, ToPort: 22, Ipv6Ranges: [{CidrIpv6: '2600::/15'}]}]", .true),
        IngressCase(
            ssh,
            "[\(rule("tcp", 22, 22, "0.0.0.0/1", "128.0.0.0/1"))]",
            .true,
            ["0/IpRanges/0/CidrIp", "0/IpRanges/1/CidrIp"]),
        // Only together, over several permissions: the largest that suffice.
        IngressCase(
            ssh,
            """
            [\(rule("tcp", 0, 22, "9.9.9.9/32", "8.0.0.0/8")),
            \(rule("tcp", 22, 22, "11.0.0.0/8")), {IpProtocol: '-1', IpRanges: [{CidrIp: 12.0.0.0/9}]}]
            """, .true, ["0/IpRanges/1/CidrIp", "1/IpRanges/0/CidrIp"]),
        IngressCase(
            ssh,
            "[\(rule("tcp", 0, 21, "8.0.0.0/8")), \(rule("tcp", 22, 22, "11.0.0.0/8"))]",
            .false),
        IngressCase(
            "{ports: [22], from: world}",
            "[\(rule("udp", 22, 22, "8.0.0.0/8")), \(rule("tcp", 22, 22, "11.0.0.0/8"))]",
            .false),
        IngressCase(
            ssh,
            "[{IpProtocol: '-1', IpRanges: [{CidrIp: 8.0.0.0/8}], Ipv6Ranges: [{CidrIpv6: '2600::/16'}]}]",
            .false),
        IngressCase(
            ssh,
            "[{IpProtocol: '-1', \(office)}, {IpProtocol: '-1', \(world), Ipv6Ranges: [{CidrIpv6: '::/0'}]}]",
            .true,
            ["1/IpRanges/0/CidrIp", "1/Ipv6Ranges/0/CidrIpv6"]),
        // The public, and blocks.
        IngressCase(
            "{ports: [22], from: public}", "[\(rule("tcp", 22, 22, "198.51.99.0/24"))]", .true,
            ["0/IpRanges/0/CidrIp"]),
        IngressCase(
            "{ports: [22], from: public}",
            "[\(rule("tcp", 22, 22, "203.0.113.0/24"))]", .false),
        IngressCase(
            "{ports: [22], from: public}",
            "[\(rule("tcp", 22, 22, "10.0.0.0/8"))]", .false),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}",
            "[\(rule("tcp", 22, 22, "192.168.0.0/16", "10.1.2.3/32"))]",
            .true,
            ["0/IpRanges/1/CidrIp"]),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}", "[\(rule("tcp", 22, 22))]", .true),
        IngressCase(
            "{ports: [22], from: [10.1.0.0/16, 10.3.0.0/16]}",
            "[\(rule("tcp", 22, 22, "10.2.0.0/16"))]", .false),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}",
            "[{IpProtocol: tcp, FromPort: 22, ToPort: 22, Ipv6Ranges: [{CidrIpv6: '::/0'}]}]", .false),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}",
            "[\(rule("tcp", 22, 22, "10.1.255.255/12"))]", .true),
        // Groups.
        IngressCase(ssh, "[{IpProtocol: '-1', UserIdGroupPairs: [{GroupId: sg-1}]}]", .false),
        IngressCase("{from: public}", "[{IpProtocol: '-1', UserIdGroupPairs: [{GroupId: sg-1}]}]", .false),
        IngressCase(
            "{from: 10.1.0.0/16}", "[{IpProtocol: '-1', UserIdGroupPairs: [{UserId: '1'}, {GroupId: sg-1}]}]", .unknown,
            ["0/UserIdGroupPairs/0/GroupId", "0/UserIdGroupPairs/1/GroupId"],
            reasons: [
                "the addresses of the security group are not known",
                "the addresses of security group `sg-1` are not known",
            ]),
        IngressCase(
            "{from: 10.1.0.0/16}",
            "[{IpProtocol: '-1', UserIdGroupPairs: [{GroupId: sg-1}], IpRanges: [{CidrIp: 10.1.0.0/28}]}]", .true),
        IngressCase(
            "{ports: [22], from: 10.1.0.0/16}",
            "[{IpProtocol: tcp, FromPort: 443, ToPort: 443, UserIdGroupPairs: [{GroupId: sg-1}]}]", .false),
        // Prefix lists.
        IngressCase(
            ssh, "[{IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-world}]}]", .true,
            ["0/PrefixListIds/0/PrefixListId"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-half}, {PrefixListId: pl-none}]}]", .false),
        IngressCase(
            ssh, "[{IpProtocol: '-1', IpRanges: [{CidrIp: 8.0.0.1/32}], PrefixListIds: [{PrefixListId: pl-half}]}]",
            .true,
            ["0/IpRanges/0/CidrIp", "0/PrefixListIds/0/PrefixListId"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-half}, {PrefixListId: pl-lost}]}]", .unknown,
            ["0/PrefixListIds/1/PrefixListId"], reasons: ["the entries of prefix list `pl-lost` are not known"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-lost}], \(world)}]", .true,
            ["0/IpRanges/0/CidrIp"]),
        IngressCase(
            ssh, "[{IpProtocol: udp, FromPort: 22, ToPort: 22, PrefixListIds: [{PrefixListId: pl-lost}]}]", .false),
        IngressCase(
            ssh, "[{IpProtocol: tcp, FromPort: 443, ToPort: 443, PrefixListIds: [{PrefixListId: pl-lost}]}]", .false),
        IngressCase(
            ssh, "[{IpProtocol: '-1', PrefixListIds: [{}]}]", .unknown, reasons: ["is not the id of a prefix list"]),
        IngressCase("{from: 10.1.2.0/24}", "[{IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-office}]}]", .true),
        // Nothing there.
        IngressCase(ssh, "[]", .false), IngressCase(ssh, "~", .false), IngressCase(ssh, "[{IpProtocol: '-1'}]", .false),
        IngressCase(ssh, "[{IpProtocol: '-1', IpRanges: [], Ipv6Ranges: ~}]", .false),
        IngressCase(ssh, "[{IpProtocol: x}]", .false),
        // Private space adds nothing to the world.
        IngressCase(
            ssh, "[\(rule("tcp", 22, 22, "10.0.0.0/8")), \(rule("tcp", 22, 22, "8.0.0.0/8", "11.0.0.0/8"))]", .true,
            ["1/IpRanges/0/CidrIp", "1/IpRanges/1/CidrIp"]),
        // Values that cannot be read.
        // Only what bears on the question is named.
        IngressCase(
            ssh, "[\(rule("tcp", 443, 443, "x")), \(rule("tcp", 22, 22, "x")), \(rule("udp", 22, 22, "x"))]", .unknown,
            ["1/IpRanges/0/CidrIp"]),
        IngressCase(ssh, "x", .unknown, [""], reasons: ["is not a list"]),
        IngressCase(ssh, "[x]", .unknown, ["0"], reasons: ["is not a structure"]),
        IngressCase(ssh, "[~]", .unknown, ["0"], reasons: ["is not a structure"]),
        IngressCase(ssh, "[x, {IpProtocol: '-1', \(world)}]", .true, ["1/IpRanges/0/CidrIp"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', IpRanges: [{CidrIp: 0.0.0.0}, {CidrIp: 0.0.0.0/x}]}]", .unknown,
            ["0/IpRanges/1/CidrIp"], reasons: ["is not an address block"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', IpRanges: [{}]}]", .unknown, ["0/IpRanges/0/CidrIp"],
            reasons: ["is not an address block"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', IpRanges: [~], Ipv6Ranges: [1]}]", .unknown,
            ["0/IpRanges/0/CidrIp", "0/Ipv6Ranges/0/CidrIpv6"]),
        IngressCase(
            ssh, "[{IpProtocol: '-1', IpRanges: {CidrIp: 0.0.0.0/0}}]", .unknown, ["0/IpRanges"],
            reasons: ["is not a list"]),
        IngressCase(ssh, "[\(rule("udp", 22, 22, "x"))]", .false),
        IngressCase(ssh, "[\(rule("tcp", 80, 80, "x"))]", .false),
        IngressCase(
            ssh, "[{IpProtocol: tcp, \(world)}]", .unknown, ["0/FromPort"],
            reasons: ["is not a range of ports together with ToPort"]),
        IngressCase(ssh, "[{IpProtocol: tcp, FromPort: 22, \(world)}]", .unknown),
        IngressCase(ssh, "[{IpProtocol: tcp, ToPort: 22, \(world)}]", .unknown),
        IngressCase(ssh, "[\(rule("tcp", 22, 21))]", .unknown),
        IngressCase(ssh, "[\(rule("tcp", -1, -1))]", .unknown),
        IngressCase(ssh, "[\(rule("tcp", 0, 65536))]", .unknown),
        IngressCase(ssh, "[{IpProtocol: tcp, FromPort: '22', ToPort: '22', \(world)}]", .unknown),
        IngressCase(ssh, "[{IpProtocol: tcp, \(office)}]", .false),
        IngressCase(ssh, "[{IpProtocol: udp, \(world)}]", .false),
        IngressCase(ssh, "[{IpProtocol: sctp, \(world)}]", .unknown, ["0/IpProtocol"], reasons: ["is not a protocol"]),
        IngressCase(ssh, "[{\(world)}]", .unknown, ["0/IpProtocol"]),
        IngressCase(ssh, "[{IpProtocol: -1, \(world)}]", .unknown),
        IngressCase(ssh, "[{IpProtocol: '06', \(world)}]", .unknown),
        IngressCase(ssh, "[{IpProtocol: '256', \(world)}]", .unknown),
        IngressCase(ssh, "[\(rule("TCP", 22, 22))]", .unknown),
        IngressCase(ssh, "[{IpProtocol: '+6', \(world)}]", .unknown),
        IngressCase(
            "{protocol: icmp, from: world}", "[{IpProtocol: icmp, \(world)}]", .unknown,
            reasons: ["is not a type and code of ICMP together with ToPort"]),
        IngressCase(
            "{protocol: icmp, from: world}", "[\(rule("icmp", 256, 0))]", .unknown),
        IngressCase(ssh, "[{IpProtocol: icmp, \(world)}]", .false),
    ])
    func answers(test: IngressCase) throws {
        try Self.check(test)
    }

    /// An unreadable value elsewhere never hides what is seen, and never invents anything.
    @Test(arguments: ["[x, %]", "[%, {IpProtocol: '-1', PrefixListIds: [{PrefixListId: pl-lost}]}]", "[%, {}, %]"])
    func decidesBesideDoubts(pattern: String) throws {
        let seen = "{IpProtocol: tcp, FromPort: 22, ToPort: 22, \(Self.world)}"
        try Self.check(
            IngressCase(
                Self.ssh, pattern.split(separator: "%", omittingEmptySubsequences: false).joined(separator: seen), .true
            ))
    }

    @Test func asksForEachPrefixListById() throws {
        let list = try JSON.parse(
            #"[{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-1"}, {"PrefixListId": "pl-2"}]}]"#)
        var asked: [String] = []
        let query = try IngressQueryParserTests.query("{from: world}")
        let answer = query.judge(permissions: list) { id in
            asked.append(id)
            return nil
        }
        #expect(asked == ["pl-1", "pl-2"])
        #expect(answer.truth == .unknown)
    }
}
