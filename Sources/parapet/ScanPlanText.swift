internal import Collection
internal import Documents
internal import Resources
internal import Scanning
internal import Workspace

/// A plan for people: one call a line.
struct ScanPlanText {
    let plan: ScanPlan
    let style: TextStyle

    func text() -> String {
        let rows = plan.calls.map { call in
            [call.name, call.regions.map { count($0, "region") } ?? "every enabled region", often(call), number(call)]
        }
        return
            ([style.paint(plan.tenant.name, .strong) + " (\(plan.tenant.account)): " + total, ""]
            + TextTable(header: ["call", "where", "how often", "calls"], rows: rows).lines(style))
            .joined(separator: "\n")
    }

    private func often(_ call: PlannedCall) -> String {
        switch call.basis {
        case .once: "once"
        case .resource(let type, let batch):
            batch == 1 ? "per resource of \(type)" : "per \(batch) resources of \(type)"
        case .element(let type, let list): "per element of \(list) of \(type)"
        case .item(let operation): "per item of \(operation)"
        }
    }

    private func number(_ call: PlannedCall) -> String {
        call.count(given: plan.earlier).map { String($0) } ?? "n"
    }

    private var total: String {
        let total = plan.total
        var text = total.isComplete ? "about \(count(total.known, "call"))" : count(total.known, "call")
        if total.eachRegion > 0 { text += ", \(total.eachRegion) in each enabled region" }
        for (of, number) in total.each.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            text += ", \(number) for each of \(of)"
        }
        if let moment = plan.earlier?.collectedAt { text += "; as many resources as on \(moment)" }
        return text + "; further pages come on top"
    }
}
