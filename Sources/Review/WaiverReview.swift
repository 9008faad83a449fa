internal import Documents
internal import Posture
internal import Workspace

/// The waivers of a head, told apart: those that the base has as well, and those that need an approval first.
struct WaiverReview {
    /// Those that the head adds, changes, or lets reach further.
    let reviewed: [ReviewedWaiver]
    /// By tenant, the names of those that do not count there yet.
    private let waiting: [String: Set<String>]

    init(base: Workspace, head: Workspace, approvals: Approvals) {
        // What the base says of each tenant, wherever its files stand.
        var known: [[UInt8]: Set<String>] = [:]
        for waiver in base.waivers { known[waiver.content, default: []].formUnion(waiver.tenants) }
        let names = Set(base.waivers.map(\.name))
        let tenants = Set(base.tenants.map(\.name))
        var reviewed: [ReviewedWaiver] = []
        var waiting: [String: Set<String>] = [:]
        for waiver in head.waivers.sorted(by: { $0.name.precedesByBytes($1.name) }) {
            let held = known[waiver.content]
            // A tenant's labels can bring it within reach of a waiver that nobody touched.
            let gained = waiver.tenants.subtracting(held ?? [])
            guard held == nil || !gained.isDisjoint(with: tenants) else { continue }
            let standing = approvals.standing(of: waiver.approvedBy, among: base.settings.waiverApprovers)
            reviewed.append(
                ReviewedWaiver(waiver: waiver, isNew: !names.contains(waiver.name), standing: standing))
            guard standing != .approved else { continue }
            for tenant in gained { waiting[tenant, default: []].insert(waiver.name) }
        }
        self.reviewed = reviewed
        self.waiting = waiting
    }

    /// Takes from a policy of the head what does not count yet.
    func apply(to policy: inout EffectivePolicy) {
        guard let names = waiting[policy.tenant] else { return }
        policy.exceptions.waivers.removeAll { names.contains($0.name) }
    }
}

extension Waiver {
    /// All that it says, but for the file that it stands in, to be compared byte by byte.
    var content: [UInt8] {
        var object: JSONObject = [
            "waiver": .string(name), "rule": .string(rule), "match": match.json, "reason": .string(reason),
            "approved_by": .string(approvedBy), "expires": .string(expires.date),
        ]
        object["ticket"] = ticket.map(JSON.string)
        object["evidence"] = evidence.map(JSON.string)
        return JSON.object(object).bytes()
    }
}
