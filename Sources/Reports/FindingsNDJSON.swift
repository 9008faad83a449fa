internal import Documents
public import Posture
internal import Rules

/// One finding or unknown check a line, each complete in itself. Texts are as they are; what a terminal would act on is
/// escaped.
public enum FindingsNDJSON {
    static func write(_ postures: [Posture], to output: ReportOutput) {
        for posture in postures {
            output.append(each: posture.entries) { line($0, of: posture).text(.compact, .escaped) + "\n" }
        }
    }

    private static func line(_ entry: ReportEntry, of posture: Posture) -> JSON {
        var object: JSONObject = [
            "id": .string(entry.id), "tenant": .string(posture.tenant), "account": .string(posture.account),
            "collected_at": .string(posture.collectedAt.description), "rule": .string(entry.rule),
            "title": .string(entry.title), "severity": .string(entry.severity.rawValue),
            "resource": FindingsJSON.render(entry.resource), "message": .string(entry.message),
            "status": .string(entry.status.rawValue), "references": .array(entry.references.map(JSON.string)),
            "controls": .array(entry.controls.map(JSON.string)),
        ]
        object["owner"] = entry.owner.map(JSON.string)
        object["console"] = entry.console.map(JSON.string)
        object["category"] = entry.category.map(JSON.string)
        if entry.status == .unknown {
            object["causes"] = .array(entry.causes.map(JSON.string))
        } else {
            object["evidence"] = EvidenceJSON.render(entry.evidence)
            object["evidence_digest"] = entry.evidenceDigest.map(JSON.string)
            object["remediation"] = FindingsJSON.render(entry.remediation)
            object["first_seen"] = entry.firstSeen.map { .string($0.description) }
            object["waiver"] = entry.waiver.map(FindingsJSON.render)
        }
        return .object(object)
    }
}
