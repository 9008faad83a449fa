public import Documents
internal import Rules

extension Exceptions {
    /// What becomes of a tenant's failures.
    public struct Decision: Sendable {
        public var open: [Finding]
        /// Each with the waiver that it is waived by.
        public var waived: [Finding]
        /// About the exceptions that do not hold.
        public var own: [Finding]
    }

    /// Decides which failures are waived: the one place that does. A pure function.
    ///
    /// A waiver that is malformed, has expired, ends too late, or names no rule that there is waives nothing and is a
    /// finding of its own; so is one that matches failures that are too severe or rest on other evidence, or none at all.
    /// Of several waivers that hold, a failure gets the one that ends last.
    ///
    /// - Parameters:
    ///   - findings: the tenant's failures, all open.
    ///   - moment: the snapshot's time.
    public func decide(
        on findings: [Finding], tenant: String, account: String, at moment: Timestamp
    ) -> Decision {
        let reporter = Reporter(limits: limits, tenant: tenant, account: account, moment: moment)
        var holding: [String: [(waiver: Waiver, outcome: Int)]] = [:]
        var outcomes: [Outcome] = []
        var own: [Finding] = []
        for waiver in waivers.sorted(by: Self.comesFirst) where waiver.tenants.contains(tenant) {
            if let finding = reporter.fault(of: waiver, isKnown: knownRules.contains(waiver.rule)) {
                own.append(finding)
            } else {
                holding[waiver.rule, default: []].append((waiver, outcomes.count))
                outcomes.append(Outcome(waiver: waiver))
            }
        }
        var decision = Decision(open: [], waived: [], own: [])
        for finding in findings {
            var chosen: Waiver?
            for (waiver, index) in holding[finding.rule] ?? []
            where waiver.match.covers(finding.resource, tags: finding.tags) {
                if finding.severity > limits.maxSeverity {
                    outcomes[index].tooSevere += 1
                } else if let evidence = waiver.evidence, evidence != finding.evidenceDigest {
                    outcomes[index].changed += 1
                } else {
                    outcomes[index].waived += 1
                    chosen = chosen ?? waiver
                }
            }
            if let chosen {
                decision.waived.append(finding.waived(by: chosen))
            } else {
                decision.open.append(finding)
            }
        }
        for outcome in outcomes { own += reporter.findings(on: outcome) }
        own += malformed.filter { $0.tenants.contains(tenant) }.map(reporter.finding)
        own += disabled.filter { !$0.holds(at: moment) }.map(reporter.finding)
        decision.own = own
        return decision
    }

    /// The order in which waivers are asked: the one that ends last first.
    private static func comesFirst(_ left: Waiver, _ right: Waiver) -> Bool {
        left.expires == right.expires ? left.name.precedesByBytes(right.name) : left.expires > right.expires
    }

    /// What a waiver that holds did, in failures that it matches.
    fileprivate struct Outcome {
        var waiver: Waiver
        var waived = 0
        var tooSevere = 0
        var changed = 0
    }
}

/// Words the findings about exceptions. Nothing in them changes with time alone.
private struct Reporter {
    let limits: WaiverLimits
    let tenant: String
    let account: String
    let moment: Timestamp

    /// Why a waiver can waive nothing, whatever it matches; nil where it can.
    func fault(of waiver: Waiver, isKnown: Bool) -> Finding? {
        let day = waiver.expires.date
        if !isKnown {
            return finding(
                .unknownRule, .medium, waiver, ("/rule", .string(waiver.rule)),
                "waives nothing: there is no rule `\(waiver.rule)`")
        }
        if moment >= waiver.expires {
            return finding(
                .expired, .medium, waiver, ("/expires", .string(day)), "waives nothing any more: it expired on \(day)")
        }
        if waiver.expires.microseconds - moment.microseconds > limits.maxDays * 86_400_000_000 {
            return finding(
                .tooLong, .medium, waiver, ("/expires", .string(day)),
                "waives nothing: it ends on \(day), more than \(limits.maxDays) days after the scan")
        }
        return nil
    }

    func findings(on outcome: Exceptions.Outcome) -> [Finding] {
        let waiver = outcome.waiver
        var findings: [Finding] = []
        if outcome.tooSevere > 0 {
            findings.append(
                finding(
                    .tooSevere, .medium, waiver, ("/rule", .string(waiver.rule)),
                    "does not waive \(failures(outcome.tooSevere)) more severe than \(limits.maxSeverity.rawValue)"))
        }
        if outcome.changed > 0 {
            findings.append(
                finding(
                    .evidenceChanged, .medium, waiver, ("/evidence", .string(waiver.evidence ?? "")),
                    "does not waive \(failures(outcome.changed)) with other evidence than the waiver names"))
        }
        if outcome.waived + outcome.tooSevere + outcome.changed == 0 {
            let isShared = waiver.tenants.count > 1
            findings.append(
                finding(
                    .unused, isShared ? .info : .low, waiver, ("/match", waiver.match.json),
                    "matches no failure of `\(waiver.rule)`" + (isShared ? " in this tenant" : "")))
        }
        return findings
    }

    func finding(_ malformed: MalformedWaiver) -> Finding {
        .own(
            .malformed, .medium, subject: ("Parapet::Waiver", malformed.path),
            key: ("", .string("\(malformed.path):\(malformed.fault)")),
            message: "the waiver in \(malformed.path) waives nothing: \(malformed.fault)", tenant: tenant,
            account: account, at: moment)
    }

    func finding(_ disabled: DisabledRule) -> Finding {
        let day = disabled.expires.date
        return .own(
            .expiredOverlay, .medium, subject: ("Parapet::Overlay", disabled.rule),
            key: ("/rules/\(disabled.rule)/disabled/expires", .string(day)),
            message: "disabling `\(disabled.rule)` in \(disabled.path) expired on \(day): it has no effect any more",
            tenant: tenant, account: account, at: moment)
    }

    private func finding(
        _ rule: OwnRule, _ severity: Severity, _ waiver: Waiver, _ key: (pointer: String, value: JSON), _ what: String
    ) -> Finding {
        .own(
            rule, severity, subject: ("Parapet::Waiver", waiver.name), key: key,
            message: "waiver \(waiver.name) \(what)", tenant: tenant, account: account, at: moment)
    }

    private func failures(_ number: Int) -> String { number == 1 ? "1 failure" : "\(number) failures" }
}
