import Git
import Testing

@testable import Workspace

/// Made-up scans, ready to land.
enum Scans {
    static let branches = Branches(Settings())

    /// A scan of a tenant; `state` is what it found.
    static func record(_ tenant: String, _ state: String, run: String = "1", meanwhile: (() -> Void)? = nil)
        -> ScanRecord
    {
        ScanRecord(
            tenant: tenant,
            snapshot: [
                TreeFile(path: "_scan.json", bytes: Array("{}\n".utf8)),
                TreeFile(path: "eu-west-1/T/\(state).json", bytes: Array(state.utf8)),
            ],
            month: "2026-11",
            reports: { previous in
                meanwhile?()
                let others = previous.otherSummaries.map { String(decoding: $0.bytes, as: UTF8.self) }
                let overview = (others + [summary(tenant, state)]).sorted().joined()
                return ScanRecord.Reports(
                    files: [
                        ("summary.json", Array(summary(tenant, state).utf8)), ("findings.json", Array(state.utf8)),
                    ],
                    overview: Array(overview.utf8),
                    message: "posture(\(tenant)): \(state)\n\nParapet-Tenant: \(tenant)\nParapet-Run: \(run)\n")
            },
            journalLine: { snapshot, results in
                Array("{\"run\":\"\(run)\",\"snapshot\":\"\(snapshot)\",\"results\":\"\(results)\"}\n".utf8)
            })
    }

    static func summary(_ tenant: String, _ state: String) -> String { "\(tenant)=\(state)\n" }

    static func landing(_ path: String, pushing: Bool = false) throws -> Landing {
        Landing(
            try Repository.open(at: path), branches: branches,
            remote: pushing ? Landing.Remote(name: "origin", credentials: .none) : nil)
    }

    @discardableResult
    static func land(_ path: String, _ record: ScanRecord, pushing: Bool = false) throws -> Landed {
        try landing(path, pushing: pushing).land(record, at: 1_795_000_000)
    }
}
