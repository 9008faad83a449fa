internal import Documents
internal import Rules

extension Posture {
    /// What the posture says of the rules that speak for a framework's controls, and of nothing else: as if only these
    /// ran. Numbers and the score are of them alone; only the number of resources stays that of the scan. Nil where the
    /// tenant does not name the framework.
    public func restricted(to framework: String) -> Posture? {
        guard let chosen = compliance.first(where: { $0.framework.id == framework }) else { return nil }
        let named = Set(chosen.framework.controls.flatMap(\.rules))
        var posture = self
        posture.onlyFramework = chosen.framework.id
        posture.compliance = [chosen]
        posture.findings = findings.filter { named.contains($0.rule) }.map { $0.restricted(to: framework) }
        posture.waived = waived.filter { named.contains($0.rule) }.map { $0.restricted(to: framework) }
        posture.disabled.removeAll { !named.contains($0.rule) }
        posture.undecided.removeAll { !named.contains($0.rule) }
        posture.unknownChecks.removeAll { !named.contains($0.rule) }
        posture.unknowns = unknowns.compactMap { $0.restricted(to: posture.unknownChecks) }
        posture.rules.removeAll { !named.contains($0.id) }
        for index in posture.rules.indices {
            posture.rules[index].controls.removeAll { !isControl($0, of: framework) }
        }
        posture.counts = counts.filter { named.contains($0.key) }
        posture.severities = severities.filter { named.contains($0.key) }
        posture.score = Score()
        for (rule, counts) in posture.counts {
            let severity = severities[rule] ?? .info
            posture.score.add(.pass, severity, times: counts.pass)
            posture.score.add(.fail, severity, times: counts.fail)
            posture.score.add(.unknown, severity, times: counts.unknown)
        }
        return posture
    }
}

extension Finding {
    fileprivate func restricted(to framework: String) -> Finding {
        var finding = self
        finding.controls.removeAll { !isControl($0, of: framework) }
        return finding
    }
}

extension UnknownGroup {
    /// With the rules and resources of these checks alone; nil where none of them has the cause.
    fileprivate func restricted(to checks: [UnknownCheck]) -> UnknownGroup? {
        let own = checks.filter { $0.causes.contains { $0.hasSameBytes(as: cause) } }
        guard !own.isEmpty else { return nil }
        var group = self
        group.rules = Set(own.map(\.rule)).sorted()
        group.resources = Set(own.map(\.resource)).sorted()
        return group
    }
}

/// Whether `soc2-tsc/CC6.1` is a control of `soc2-tsc`.
private func isControl(_ control: String, of framework: String) -> Bool { control.hasPrefix("\(framework)/") }
