internal import Documents
internal import Git
public import Posture
internal import Reports
public import Resources
public import Rules
public import Workspace

/// What one scan found, before it lands in git.
public struct ScanOutcome: Sendable {
    public var snapshot: Snapshot
    public var policy: EffectivePolicy
    public var posture: Posture
    public var verdicts: [Verdict]

    /// Where a scan comes from: for trailers and the journal.
    public struct Origin: Sendable {
        public var run: String
        public var version: String
        public var revision: String
        /// API calls made, and calls that failed for good.
        public var calls: Int
        public var errors: Int

        public init(run: String, version: String, revision: String, calls: Int, errors: Int) {
            self.run = run
            self.version = version
            self.revision = revision
            self.calls = calls
            self.errors = errors
        }
    }
}

extension ScanOutcome {
    /// The files, the messages and the journal's line with which the scan lands.
    public func record(_ origin: Origin) -> ScanRecord {
        let moment = snapshot.collectedAt
        return ScanRecord(
            tenant: posture.tenant, snapshot: SnapshotFiles.files(of: snapshot, policy: policy),
            month: String(moment.date.prefix(7)),
            reports: { previous in reports(after: previous, origin) },
            journalLine: { snapshotCommit, resultsCommit in
                let line: JSON = [
                    "time": .string(moment.description), "run": .string(origin.run), "tenant": .string(posture.tenant),
                    "revision": .string(origin.revision), "version": .string(origin.version),
                    "snapshot": .string(snapshotCommit.description), "results": .string(resultsCommit.description),
                    "calls": .integer(Int64(origin.calls)), "errors": .integer(Int64(origin.errors)),
                    "resources": .integer(Int64(posture.resourceCount)), "score": .integer(Int64(posture.score.value)),
                    "open": .integer(Int64(posture.findings.count)), "waived": .integer(Int64(posture.waived.count)),
                    "unknown": .integer(Int64(posture.unknownCount)),
                ]
                return line.bytes() + [UInt8(ascii: "\n")]
            })
    }

    /// The tenant's reports and the overview, given what the results branch held before.
    public func reports(after previous: PreviousResults, _ origin: Origin) -> ScanRecord.Reports {
        let earlier = previous.findings.flatMap(EarlierFindings.init)
        let posture = posture.carryingOver(earlier?.findings ?? [])
        let before = previous.summary.flatMap { try? JSON.parse($0) }
        let reports = TenantReports(posture, after: before)
        // Of a tenant whose summary cannot be read nothing is known but its name.
        let others = previous.otherSummaries.map { tenant, bytes in
            (try? JSON.parse(bytes)).flatMap { $0["tenant"] == nil ? nil : $0 } ?? ["tenant": .string(tenant)]
        }
        return ScanRecord.Reports(
            files: reports.files, overview: Array(OverviewMarkdown.render(others + [reports.summary]).utf8),
            message: message(
                posture, previousScore: before?["score"]?.integer, earlier: earlier,
                isFirst: previous.findings == nil, origin))
    }

    /// `posture(prod): 83 → 79, 2 new critical, 1 resolved, 1 waived`, and the trailers.
    private func message(
        _ posture: Posture, previousScore: Int64?, earlier: EarlierFindings?, isFirst: Bool, _ origin: Origin
    ) -> String {
        var parts: [String] = []
        if let previousScore, previousScore != posture.score.value {
            parts.append("\(previousScore) → \(posture.score.value)")
        } else {
            parts.append(String(posture.score.value))
        }
        if let earlier {
            let known = Set(earlier.findings.map(\.id))
            let new = posture.findings.filter { !known.contains($0.id) }
            for severity in Severity.allCases {
                let number = new.count { $0.severity == severity }
                if number > 0 { parts.append("\(number) new \(severity.rawValue)") }
            }
            let open = Set(posture.findings.map(\.id))
            let waived = Set(posture.waived.map(\.id))
            let undecided = Set(posture.undecided.map(\.id))
            let resolved = known.subtracting(open).subtracting(waived).subtracting(undecided).count
            if resolved > 0 { parts.append("\(resolved) resolved") }
            let lost = undecided.subtracting(earlier.undecided).count
            if lost > 0 { parts.append("\(lost) cannot be judged any more") }
            let newlyWaived = waived.subtracting(earlier.waived).count
            if newlyWaived > 0 { parts.append("\(newlyWaived) waived") }
            let lapsed = open.intersection(earlier.waived).count
            if lapsed > 0 { parts.append("\(lapsed) no longer waived") }
        } else {
            parts.append(isFirst ? "first scan" : "earlier findings cannot be read")
            parts.append("\(posture.findings.count) open")
        }
        return """
            posture(\(posture.tenant)): \(parts.joined(separator: ", "))

            Parapet-Tenant: \(posture.tenant)
            Parapet-Revision: \(origin.revision)
            Parapet-Score: \(posture.score.value)
            Parapet-Version: \(origin.version)
            Parapet-Run: \(origin.run)

            """
    }
}
