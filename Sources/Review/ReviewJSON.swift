public import Documents
internal import Posture
internal import Reports
internal import Rules

/// A review for programs: everything that it says. `parapet schema review` describes it.
public enum ReviewJSON {
    public static func render(_ review: Review, _ verdict: ReviewVerdict) -> JSON {
        [
            "version": 1, "base": .string(review.base), "head": .string(review.head),
            "conclusion": .string(verdict.conclusion.rawValue),
            "reasons": .array(verdict.reasons.map(JSON.string)),
            "diagnostics": .array(review.diagnostics.map(\.json)),
            "gate_changes": .array(
                review.gateChanges.map { change in
                    object([
                        ("key", .string(change.key)), ("base", change.base.map(JSON.string)),
                        ("head", change.head.map(JSON.string)),
                    ])
                }),
            "waivers": .array(review.waivers.map(render)),
            "tests": [
                "passed": .integer(Int64(review.tests.passed)),
                "failures": .array(
                    review.tests.failures.map { failure in
                        [
                            "rule": .string(failure.rule), "path": .string(failure.path),
                            "line": .integer(Int64(failure.line)), "fault": .string(failure.fault),
                        ]
                    }),
            ],
            "tenants": .array(review.tenants.map(render)),
        ]
    }

    /// Members that are nil are left out.
    private static func object(_ members: [(String, JSON?)]) -> JSON {
        .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
    }

    private static func render(_ reviewed: ReviewedWaiver) -> JSON {
        let waiver = reviewed.waiver
        var waiting: String?
        if case .waiting(let reason) = reviewed.standing { waiting = reason }
        return object([
            ("waiver", .string(waiver.name)), ("rule", .string(waiver.rule)), ("match", waiver.match.json),
            ("reason", .string(waiver.reason)), ("ticket", waiver.ticket.map(JSON.string)),
            ("approved_by", .string(waiver.approvedBy)), ("expires", .string(waiver.expires.date)),
            ("evidence", waiver.evidence.map(JSON.string)), ("path", .string(waiver.path)),
            ("tenants", .array(waiver.tenants.sorted().map(JSON.string))), ("new", .bool(reviewed.isNew)),
            ("counts", .bool(waiting == nil)), ("waiting_for", waiting.map(JSON.string)),
        ])
    }

    private static func render(_ tenant: TenantReview) -> JSON {
        var (state, reason, change): (String, String?, JSON?) = ("compared", nil, nil)
        switch tenant.state {
        case .compared(let compared): change = render(compared)
        case .neverScanned: state = "never_scanned"
        case .removed: state = "removed"
        case .unreadable(let why): (state, reason) = ("unreadable", why)
        }
        return object([
            ("tenant", .string(tenant.name)), ("state", .string(state)), ("reason", reason.map(JSON.string)),
            ("change", change),
        ])
    }

    private static func render(_ change: TenantChange) -> JSON {
        [
            "collected_at": .string(change.collectedAt.description), "snapshot": .string(change.snapshot),
            "stale": .bool(change.isStale),
            "score": pair(.integer(Int64(change.scoreBefore)), .integer(Int64(change.scoreAfter))),
            "opened": .array(change.opened.map(render)), "resolved": .array(change.resolved.map(render)),
            "withdrawn": .array(change.withdrawn.map(render)), "waived": .array(change.waived.map(render)),
            "lapsed": .array(change.lapsed.map(render)),
            "changed": .array(
                change.changed.map { change in
                    [
                        "before": render(change.before), "after": render(change.after), "worse": .bool(change.isWorse),
                    ]
                }),
            "unknown": .array(change.unknown.map(FindingsJSON.render)),
            "unknown_verdicts": pair(
                .integer(Int64(change.unknownBefore)), .integer(Int64(change.unknownAfter))),
            "open": .object(
                JSONObject(Severity.allCases.map { ($0.rawValue, .integer(Int64(change.openAfter[$0] ?? 0))) })),
            "frameworks": .array(change.frameworks.map(render)),
        ]
    }

    private static func render(_ framework: TenantChange.FrameworkChange) -> JSON {
        [
            "framework": .string(framework.id), "title": .string(framework.title),
            "percentage": pair(number(framework.percentageBefore), number(framework.percentageAfter)),
            "controls": .array(
                framework.controls.map { control in
                    [
                        "control": .string(control.id), "title": .string(control.title),
                        "status": pair(status(control.before), status(control.after)),
                    ]
                }),
        ]
    }

    /// Without the scan that saw it first: a review looks at one snapshot.
    private static func render(_ finding: Finding) -> JSON {
        var object = FindingsJSON.render(finding).object ?? [:]
        object["first_seen"] = nil
        return .object(object)
    }

    private static func pair(_ before: JSON, _ after: JSON) -> JSON { ["before": before, "after": after] }
    private static func number(_ number: Int?) -> JSON { number.map { .integer(Int64($0)) } ?? .null }
    private static func status(_ status: Compliance.Status?) -> JSON { status.map { .string($0.rawValue) } ?? .null }
}
