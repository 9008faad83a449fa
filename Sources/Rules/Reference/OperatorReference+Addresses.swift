extension OperatorReference {
    static let addresses: [OperatorReference] = [
        OperatorReference(
            .cidrIs, on: "address blocks", takes: "`world`, `public` or `private`",
            "`world`: all addresses, 0.0.0.0/0 or ::/0. `public`: at least one address that the internet routes. `private`: all of it is space that networks use among themselves.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {cidr_is: world}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 0.0.0.0/0}]}]}", .true
            ),
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {cidr_is: public}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 10.0.0.0/8}]}]}", .false
            ),
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {cidr_is: public}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: here}]}]}", .unknown
            )),
        OperatorReference(
            .within, on: "address blocks", takes: "a block or a list of them",
            "All its addresses are the operand's.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {within: [10.0.0.0/8, 192.168.0.0/16]}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 10.1.0.0/16}]}]}", .true
            ),
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {within: 10.0.0.0/8}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 0.0.0.0/0}]}]}", .false
            )),
        OperatorReference(
            .overlaps, on: "address blocks", takes: "a block or a list of them",
            "At least one address is the operand's.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {overlaps: 10.0.0.0/8}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 0.0.0.0/0}]}]}", .true
            ),
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {overlaps: 10.0.0.0/8}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 192.0.2.0/24}]}]}", .false
            )),
        OperatorReference(
            .prefixLen, on: "address blocks", takes: "comparisons",
            "The length of the prefix compares so.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {prefix_len: {lte: 8}}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 10.0.0.0/8}]}]}", .true
            ),
            (
                "{IpPermissions: {some: {IpRanges: {some: {CidrIp: {prefix_len: {lte: 8}}}}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 10.0.0.0/16}]}]}", .false
            )),
        OperatorReference(
            .cover, on: "lists of address blocks", takes: "`world`",
            "Together they have all addresses of IPv4, or of IPv6, that the internet routes.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {IpRanges: {cover: world}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 0.0.0.0/1}, {CidrIp: 128.0.0.0/1}]}]}", .true
            ),
            (
                "{IpPermissions: {some: {IpRanges: {cover: world}}}}",
                "{IpPermissions: [{IpRanges: [{CidrIp: 0.0.0.0/1}]}]}", .false
            )),
        OperatorReference(
            .ingress, on: "`IpPermissions` of security groups, `Entries` of network ACLs",
            takes:
                "`{allows: {ports: [22, 8000-8100] / all / any, protocol: tcp / udp / icmp / any, from: world / public / BLOCKS}}`",
            "The filters as a whole let it in: the union of permissions; entries in their order, denials included. Any one of the ports is enough. `world` is more than a /8 of public IPv4, or a /16 of IPv6.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {ingress: {allows: {ports: [22], protocol: tcp, from: world}}}}",
                "{IpPermissions: [{IpProtocol: tcp, FromPort: 20, ToPort: 25, IpRanges: [{CidrIp: 0.0.0.0/0}]}]}", .true
            ),
            (
                "{IpPermissions: {ingress: {allows: {ports: [22], protocol: tcp, from: world}}}}",
                "{IpPermissions: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, IpRanges: [{CidrIp: 10.0.0.0/8}]}]}",
                .false
            )),
    ]
}
