internal import Documents
internal import Posture
internal import Rules

/// The controls of a tenant's frameworks: which were reviewed, and what came of it.
enum OSCALControls {
    static func reviewed(_ posture: Posture) -> JSON {
        var selections: [JSON] = []
        var remarks: [String] = []
        for compliance in posture.compliance {
            let covered = compliance.controls.filter { $0.status != .notCovered }
            let open = compliance.controls.filter { $0.status == .notCovered }.map(\.control.id)
            let title = "\(compliance.framework.title) \(compliance.framework.version)"
            if !covered.isEmpty {
                selections.append([
                    "description": AssessmentOSCAL.markup(title),
                    "include-controls": .array(
                        covered.map { ["control-id": .string(id(compliance, $0))] }),
                ])
            }
            if !open.isEmpty {
                remarks.append(
                    "Not assessed, because no rule speaks for it, of \(title): \(open.joined(separator: ", "))")
            }
        }
        var object: JSONObject = [
            // Without a control, the choice is of everything that there is: nothing.
            "control-selections": selections.isEmpty ? [["include-all": [:]]] : .array(selections)
        ]
        if !remarks.isEmpty { object["remarks"] = AssessmentOSCAL.markup(remarks.joined(separator: "\n\n")) }
        return .object(object)
    }

    /// One finding a control that was assessed. Unknown and waived controls are not satisfied, for another reason than
    /// failure.
    static func findings(_ entries: ReportEntries, _ names: OSCALNames, _ posture: Posture) -> [ReportJSON] {
        let byRule = Dictionary(grouping: entries.indices) { entries.key($0).rule }
        return posture.compliance.flatMap { compliance in
            compliance.controls.filter { $0.status != .notCovered }.map { result in
                let related = result.control.rules.flatMap { byRule[$0] ?? [] }
                return finding(result, compliance, entries, related: related, names)
            }
        }
    }

    private static func finding(
        _ result: Compliance.ControlResult, _ compliance: Compliance, _ entries: ReportEntries, related: [Int],
        _ names: OSCALNames
    ) -> ReportJSON {
        let id = id(compliance, result)
        let risks = related.filter { entries.key($0).status != .unknown }
        let status = status(result.status)
        var object: [String: ReportJSON] = [
            "description": .value(
                AssessmentOSCAL.markup(
                    "\(result.control.title): \(result.status.rawValue), by the rules \(result.control.rules.joined(separator: ", "))"
                )),
            "target": .value([
                "status": [
                    "reason": .string(status.reason),
                    "remarks": .string(status.remarks),
                    "state": .string(status.state),
                ],
                "target-id": .string(id),
                "type": "objective-id",
            ]),
            "title": .value(
                AssessmentOSCAL.title(
                    "\(compliance.framework.title) \(result.control.id): \(result.control.title)")),
            "uuid": .value(.string(UUID5.make("control", names.tenant, id))),
        ]
        if !related.isEmpty {
            object["related-observations"] = .list(count: related.count) {
                ["observation-uuid": .string(names.observation(related[$0]))]
            }
        }
        if !risks.isEmpty {
            object["related-risks"] = .list(count: risks.count) {
                ["risk-uuid": .string(names.risk(risks[$0]))]
            }
        }
        return .object(object)
    }

    private static func status(_ status: Compliance.Status) -> (state: String, reason: String, remarks: String) {
        switch status {
        case .passed: ("satisfied", "pass", "Every check passed.")
        case .failed: ("not-satisfied", "fail", "At least one check failed.")
        case .waived: ("not-satisfied", "other", "Waived: what fails or is not checked is accepted until a day.")
        case .notApplicable: ("satisfied", "other", "Not applicable: there is nothing that its rules speak of.")
        case .unknown, .notCovered: ("not-satisfied", "other", "Unknown: at least one check could not be made.")
        }
    }

    private static func id(_ compliance: Compliance, _ result: Compliance.ControlResult) -> String {
        AssessmentOSCAL.token("\(compliance.framework.id)/\(result.control.id)")
    }
}
