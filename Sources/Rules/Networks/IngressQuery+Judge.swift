public import Documents

extension IngressQuery {
    /// Judges `IpPermissions` of a security group.
    ///
    /// `prefixList` gives the blocks of a prefix list by its id, nil where they are not known. Sources that are
    /// security groups are never the world nor public; whether their members have certain addresses is unknown.
    /// `explaining`: whether reasons and witnesses are wanted; they take longer than the truth alone.
    ///
    /// Null is the empty list, for the list and for those within. The caller sees to what was not collected.
    public func judge(
        permissions: JSON, explaining: Bool = true, prefixList: (_ id: String) -> [AddressBlock]?
    ) -> NetworkAnswer {
        let rules = TrafficRules(permissions: permissions, for: self, prefixList: prefixList)
        return judge(rules, explaining: explaining)
    }

    /// Judges `Entries` of a network ACL: of all entries for ingress that match a packet, the one with the lowest
    /// number decides; what none matches is denied.
    public func judge(networkACL entries: JSON, explaining: Bool = true) -> NetworkAnswer {
        judge(TrafficRules(networkACL: entries), explaining: explaining)
    }

    /// True if the least that comes in is enough, false if the most that might is not.
    private func judge(_ rules: TrafficRules, explaining: Bool) -> NetworkAnswer {
        if holds(under: rules.certain) {
            let places = explaining ? witnesses(under: rules.certain) : []
            return NetworkAnswer(truth: .true, reasons: [], witnesses: places.map(\.segments))
        }
        guard !rules.doubts.isEmpty, holds(under: rules.possible) else {
            return NetworkAnswer(truth: .false, reasons: [], witnesses: [])
        }
        let scope = self.scope
        let doubts = explaining ? rules.doubts.filter { scope.includes($0.protocol, $0.ports) } : []
        return NetworkAnswer(
            truth: .unknown, reasons: doubts.map(\.reason), witnesses: doubts.map(\.place.segments))
    }
}
