/// What `ingress: {allows: ...}` asks of a list of security group permissions or network ACL entries.
///
/// It holds when traffic of the protocol, to any one of the ports (with `all`: to each of them), may come in from the
/// addresses. Each port is judged by itself, over the union of all rules that let something in to it; protocols are not
/// added up, and neither are IPv4 and IPv6.
public struct IngressQuery: Sendable, Equatable {
    public enum Ports: Sendable, Equatable {
        /// At least one port, whichever; or a protocol that has none.
        case any
        /// Each port from 1 to 65535; 0 is nobody's.
        case all
        /// At least one of these.
        case listed([ClosedRange<UInt16>])
    }

    public enum TransportProtocol: String, Sendable, CaseIterable {
        case tcp, udp
        /// Any message of ICMP or ICMPv6.
        case icmp
        /// At least one protocol. Where ports are asked for, that is TCP or UDP.
        case any
    }

    public enum Origin: Sendable, Equatable {
        /// More than a /8 of public IPv4, or more than a /16 of `2000::/3`.
        case world
        /// At least one address that the internet routes.
        case `public`
        /// At least one of these addresses.
        case addresses(AddressSet)
    }

    public var ports: Ports
    public var `protocol`: TransportProtocol
    public var from: Origin

    public init(ports: Ports, protocol: TransportProtocol, from: Origin) {
        self.ports = ports
        self.protocol = `protocol`
        self.from = from
    }
}

extension IngressQuery {
    /// Whether addresses that are let in are those that are asked for. More addresses never turn yes into no.
    func accepts(_ allowed: AddressSet) -> Bool {
        switch from {
        case .world: allowed.isWorldwide
        case .public: allowed.overlaps(.publicSpace)
        case .addresses(let wanted): allowed.overlaps(wanted)
        }
    }

    /// The ports that are asked for: sorted, disjoint.
    var askedPorts: [ClosedRange<UInt16>] {
        switch ports {
        case .any: return [0...UInt16.max]
        case .all: return [1...UInt16.max]
        case .listed(let ranges):
            var merged: [ClosedRange<UInt16>] = []
            for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if let last = merged.last, range.lowerBound <= last.upperBound {
                    merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
                } else {
                    merged.append(range)
                }
            }
            return merged
        }
    }

    /// The protocols that are asked for, each of which may answer alone, among those that rules name.
    func askedProtocols(named: Set<UInt8>) -> [UInt8] {
        switch (`protocol`, ports) {
        case (.tcp, _): return [IPProtocol.tcp]
        case (.udp, _): return [IPProtocol.udp]
        case (.icmp, _): return [IPProtocol.icmp, IPProtocol.icmpv6]
        case (.any, .any):
            // One that no rule names stands for all that none names.
            let other = (UInt8.min...UInt8.max).first { !named.contains($0) }
            return (named + (other.map { [$0] } ?? [])).sorted()
        case (.any, _): return [IPProtocol.tcp, IPProtocol.udp]
        }
    }

    /// What traffic is asked about.
    var scope: Scope {
        let isAnything = `protocol` == .any && ports == .any
        return Scope(protocols: isAnything ? nil : askedProtocols(named: []), ports: askedPorts)
    }

    struct Scope {
        /// Nil for all.
        fileprivate var protocols: [UInt8]?
        fileprivate var ports: [ClosedRange<UInt16>]

        func includes(_ protocol: IPProtocol, _ ports: ClosedRange<UInt16>) -> Bool {
            if let protocols, let number = `protocol`.number, !protocols.contains(number) { return false }
            return self.ports.contains { $0.overlaps(ports) }
        }
    }
}
