internal import Documents
internal import Posture
internal import Rules

/// What `parapet review --format json` prints.
enum ReviewSchema {
    static let review = SchemaPart.map(
        "What a change of the configuration does to the findings of the newest scans.",
        required: [
            "version", "base", "head", "conclusion", "reasons", "diagnostics", "gate_changes", "waivers", "tests",
            "tenants",
        ],
        [
            "version": ["const": 1, "description": "Of this format."],
            "base": commit("The commit that is changed."), "head": commit("The commit with the change."),
            "conclusion": SchemaPart.one(
                of: ["passed", "findings", "configuration", "incomplete"],
                "What it comes to: exit codes 0, 1, 2 and 3."),
            "reasons": SchemaPart.list("Why; empty where it passed.", of: text("A reason.")),
            "diagnostics": SchemaPart.list(
                "Of the head's configuration. With an error among them, no tenant is compared.",
                of: SchemaPart.reference("diagnostic")),
            "gate_changes": SchemaPart.list(
                "Settings that the head changes, and that the base decides until they are merged.",
                of: SchemaPart.map(
                    "A setting.", required: ["key"],
                    [
                        "key": text("gate.fail_on"), "base": text("As YAML; left out where it is not there."),
                        "head": text("As YAML; left out where it is not there."),
                    ])),
            "waivers": SchemaPart.list(
                "Those that the head adds, changes, or lets reach further.", of: SchemaPart.reference("reviewed_waiver")
            ),
            "tests": SchemaPart.map(
                "Of rules that the head adds or changes.", required: ["passed", "failures"],
                [
                    "passed": count("Tests that passed."),
                    "failures": SchemaPart.list(
                        "Tests that failed.",
                        of: SchemaPart.map(
                            "A test that failed.", required: ["rule", "path", "line", "fault"],
                            [
                                "rule": text("The rule's id."), "path": text("The file."),
                                "line": count("From 1."), "fault": text("What was expected, and what came."),
                            ])),
                ]),
            "tenants": SchemaPart.list("By name.", of: SchemaPart.reference("tenant")),
        ])

    static var definitions: JSONObject {
        var definitions: JSONObject = [
            "diagnostic": diagnostic, "reviewed_waiver": reviewedWaiver, "tenant": tenant, "change": change,
            "framework": framework, "finding": finding,
        ]
        for name in ["resource", "evidence", "waiver", "unknown_check"] {
            definitions[name] = FindingsSchema.definitions[name]
        }
        return definitions
    }

    /// As in `findings.json`, but for the scan that saw it first: a review looks at one snapshot.
    private static var finding: JSON {
        var finding = FindingsSchema.definitions["finding"]?.object ?? [:]
        var properties = finding["properties"]?.object ?? [:]
        properties["first_seen"] = nil
        finding["properties"] = .object(properties)
        finding["required"] = .array((finding["required"]?.array ?? []).filter { $0.string != "first_seen" })
        return .object(finding)
    }

    private static let diagnostic = SchemaPart.map(
        "A fault of a file.", required: ["code", "severity", "message", "file", "notes"],
        [
            "code": text("Names the kind of fault."),
            "severity": SchemaPart.one(of: ["error", "warning"], "Whether it stops the review."),
            "message": text("What is wrong."), "file": text("Where."), "help": text("What to do."),
            "notes": SchemaPart.list("More.", of: text("A note.")), "line": count("From 1."),
            "column": count("From 1, in code points."), "endLine": count("From 1."),
            "endColumn": count("The first one after the place."),
        ])

    private static let reviewedWaiver = SchemaPart.map(
        "A waiver, and whether it counts.",
        required: [
            "waiver", "rule", "match", "reason", "approved_by", "expires", "path", "tenants", "new", "counts",
        ],
        [
            "waiver": text("Its name."), "rule": text("The rule's id."),
            "match": ["type": "object", "description": "Which failures, as written.", "additionalProperties": true],
            "reason": text("Why."), "ticket": text("Where the work is tracked."),
            "approved_by": text("The account of who approved it."),
            "expires": SchemaPart.day("The day from which it no longer holds."),
            "evidence": text("The digest of the evidence that was accepted."), "path": text("The file."),
            "tenants": SchemaPart.list("Those that it concerns.", of: text("A tenant's name.")),
            "new": SchemaPart.flag("Whether the base has none of its name."),
            "counts": SchemaPart.flag("Whether an approver of the base has approved the head."),
            "waiting_for": text("Why it does not count; only there where it does not."),
        ])

    private static let tenant = SchemaPart.map(
        "What becomes of a tenant.", required: ["tenant", "state"],
        [
            "tenant": text("Its name."),
            "state": SchemaPart.one(
                of: ["compared", "never_scanned", "removed", "unreadable"],
                "Only of one that is compared there is a change."),
            "reason": text("Why it cannot be read."), "change": SchemaPart.reference("change"),
        ])

    private static let change = SchemaPart.map(
        "What base and head say of the newest snapshot. Lists are worst first, then by rule and resource.",
        required: [
            "collected_at", "snapshot", "stale", "score", "opened", "resolved", "withdrawn", "waived", "lapsed",
            "changed",
            "unknown", "unknown_verdicts", "open", "frameworks",
        ],
        [
            "collected_at": text("When the collection began."), "snapshot": commit("Its commit."),
            "stale": SchemaPart.flag("Whether it is older than the base's gate.max_snapshot_age."),
            "score": pair("From 0 to 100.", count("The score.")),
            "opened": findings("Open under the head, and not under the base."),
            "resolved": findings("Open under the base, and passed under the head."),
            "withdrawn": findings("Open under the base, and not judged by the head."),
            "waived": findings("Waived under the head, and not under the base."),
            "lapsed": findings("Open under the head, and waived under the base."),
            "changed": SchemaPart.list(
                "Open or waived under both, with another severity or other evidence.",
                of: SchemaPart.map(
                    "A finding under both.", required: ["before", "after", "worse"],
                    [
                        "before": SchemaPart.reference("finding"), "after": SchemaPart.reference("finding"),
                        "worse": SchemaPart.flag("More severe, or more values that are wrong."),
                    ])),
            "unknown": SchemaPart.list(
                "Unknown under the head, and not under the base.", of: SchemaPart.reference("unknown_check")),
            "unknown_verdicts": pair("Verdicts that are unknown, in all.", count("A number.")),
            "open": SchemaPart.map(
                "Open findings under the head, in all.", required: Severity.allCases.map(\.rawValue),
                JSONObject(Severity.allCases.map { ($0.rawValue, count("Of this severity.")) })),
            "frameworks": SchemaPart.list(
                "Those of which something changes.", of: SchemaPart.reference("framework")),
        ])

    private static let framework = SchemaPart.map(
        "A framework of which something changes.", required: ["framework", "title", "percentage", "controls"],
        [
            "framework": text("Its name."), "title": text("Its title."),
            "percentage": pair(
                "The share of controls that passed; null where none counts.",
                ["type": ["integer", "null"], "description": "In percent."]),
            "controls": SchemaPart.list(
                "Those whose status changes.",
                of: SchemaPart.map(
                    "A control.", required: ["control", "title", "status"],
                    [
                        "control": text("Its id."), "title": text("Its title."),
                        "status": pair(
                            "Null where the framework does not have it.",
                            [
                                "enum": .array(Compliance.Status.allCases.map { .string($0.rawValue) } + [.null]),
                                "description": "Its status.",
                            ]),
                    ])),
        ])

    private static func findings(_ description: String) -> JSON {
        SchemaPart.list(description, of: SchemaPart.reference("finding"))
    }

    private static func pair(_ description: String, _ value: JSON) -> JSON {
        SchemaPart.map(description, required: ["before", "after"], ["before": value, "after": value])
    }

    private static func text(_ description: String) -> JSON {
        ["type": "string", "description": .string(description)]
    }

    private static func commit(_ description: String) -> JSON {
        SchemaPart.text(description, pattern: "^[0-9a-f]{40}$")
    }

    private static func count(_ description: String) -> JSON {
        ["type": "integer", "minimum": 0, "description": .string(description)]
    }
}
