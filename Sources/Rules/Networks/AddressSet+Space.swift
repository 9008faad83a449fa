/// Which addresses are whose, after IANA's registries of special-purpose addresses (RFC 6890 and its updates).
extension AddressSet {
    /// Space that networks use among themselves. Nobody on the internet has such an address.
    public static let privateSpace = AddressSet(
        read([
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  // RFC 1918
            "100.64.0.0/10",  // shared by carriers and their customers, RFC 6598; secondary blocks of VPCs and EKS pods
            "127.0.0.0/8", "::1",  // loopback
            "169.254.0.0/16", "fe80::/10",  // link-local, the metadata service among them
            "fc00::/7",  // unique local, RFC 4193
        ]))

    /// Unicast space that the internet routes. Of IPv6 that is what IANA hands out, `2000::/3`: outside of it stand
    /// mapped addresses, NAT64 (`64:ff9b::/96`), multicast and what is not assigned.
    public static let publicSpace = AddressSet(read(["0.0.0.0/0", "2000::/3"]))
        .subtracting(privateSpace)
        .subtracting(
            AddressSet(
                read([
                    "0.0.0.0/8",  // "this network"
                    "192.0.0.0/24",  // protocol assignments, RFC 6890
                    "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  // documentation, RFC 5737
                    "2001:db8::/32", "3fff::/20",  // documentation, RFC 3849 and RFC 9637
                    "198.18.0.0/15", "2001:2::/48",  // measurements, RFC 2544 and RFC 5180
                    "2001:10::/28",  // names of hosts, not addresses, RFC 4843
                    "224.0.0.0/4", "240.0.0.0/4",  // multicast; reserved, with the broadcast address
                ])))

    /// The operator `cover: world`: all public addresses of a family, however many blocks they are cut into, and
    /// whatever private space is left out between them.
    public var coversWorld: Bool {
        v4.contains(Self.publicSpace.v4) || v6.contains(Self.publicSpace.v6)
    }

    /// What `ingress` calls the world: more than a /8 of public IPv4, or more than a /16 of `2000::/3`.
    public var isWorldwide: Bool {
        v4.sharesMore(than: 1 << 24, with: Self.publicSpace.v4) || v6.sharesMore(than: 1 << 112, with: Self.global.v6)
    }

    private static let global = AddressSet(read(["2000::/3"]))

    private static func read(_ texts: [String]) -> [AddressBlock] { texts.compactMap { AddressBlock($0) } }
}
