internal import Documents
internal import Rules

/// `findings.json`, as scans write it and `parapet report` prints it.
enum FindingsSchema {
    static func findings() -> JSON {
        SchemaPart.map(
            "Every finding of a tenant, open or waived, what is unknown, and which rules are switched off.",
            required: [
                "version", "tenant", "account", "findings", "unknown", "unknown_checks", "undecided", "disabled",
            ],
            [
                "version": ["const": 1, "description": "Of this format."],
                "tenant": text("The tenant's name."),
                "account": text("The account's number.", pattern: "^[0-9]{12}$"),
                "framework": text("The framework whose rules the report is restricted to."),
                "findings": SchemaPart.list(
                    "Worst first, then by rule and resource.", of: SchemaPart.reference("finding")),
                "unknown": SchemaPart.list(
                    "What could not be judged, by cause. It never counts as passed.",
                    of: SchemaPart.reference("unknown")
                ),
                "unknown_checks": SchemaPart.list(
                    "What could not be judged, one by one: by rule and resource.",
                    of: SchemaPart.reference("unknown_check")),
                "undecided": SchemaPart.list(
                    "Findings of earlier scans that cannot be judged any more: neither open nor resolved.",
                    of: SchemaPart.reference("undecided")),
                "disabled": SchemaPart.list(
                    "Rules that the tenant does not want to be judged by, until a day.",
                    of: SchemaPart.reference("disabled")),
            ])
    }

    static let definitions: JSONObject = [
        "finding": finding, "resource": resource, "evidence": evidence, "waiver": waiver, "unknown": unknown,
        "unknown_check": unknownCheck, "undecided": undecided, "disabled": disabled,
    ]

    private static let undecided = SchemaPart.map(
        "A finding that the last scan that could judge it found.", required: ["id", "rule", "resource", "first_seen"],
        [
            "id": text("The same in every scan.", pattern: "^[0-9a-f]{32}$"), "rule": text("The rule's id."),
            "resource": SchemaPart.reference("resource", "What failed."),
            "first_seen": moment("The scan that saw it first."),
        ])

    private static let finding = SchemaPart.map(
        "A failure of a rule.",
        required: [
            "id", "rule", "title", "severity", "resource", "message", "status", "first_seen", "evidence",
            "evidence_digest", "references", "controls", "remediation",
        ],
        [
            "id": text("The same in every scan.", pattern: "^[0-9a-f]{32}$"),
            "rule": text("The rule's id."),
            "title": text("What the rule asks for."),
            "severity": SchemaPart.choice("How bad it is for this tenant.", of: Severity.self),
            "category": text("What the rule is about."),
            "resource": SchemaPart.reference("resource", "What fails."),
            "owner": text("Who is responsible for the resource: the value of its first tag of `owner_tags`."),
            "console": text("Where AWS's console shows the resource.", pattern: "^https://"),
            "message": text("What is wrong."),
            "status": SchemaPart.one(of: ["open", "waived"], "Waived findings have a waiver."),
            "first_seen": moment("The scan that saw it first."),
            "evidence": SchemaPart.list("What it rests on.", of: SchemaPart.reference("evidence")),
            "evidence_digest": text("Names the evidence, for waivers.", pattern: "^[0-9a-f]{64}$"),
            "references": SchemaPart.list("Where to read more.", of: text("A reference.")),
            "controls": SchemaPart.list("The controls that it fails.", of: text("FRAMEWORK/CONTROL")),
            "remediation": SchemaPart.map(
                "What to do, with the resource's own names.",
                [
                    "text": text("In words."), "cli": text("A command line for a POSIX shell, quoted."),
                    "terraform": text("Where to look in Terraform."),
                ]),
            "waiver": SchemaPart.reference("waiver", "By which it is waived."),
        ],
        more: [
            "if": ["properties": ["status": ["const": "waived"]]],
            "then": ["required": ["waiver"]], "else": ["not": ["required": ["waiver"]]],
        ])

    private static let resource = SchemaPart.map(
        "A resource; or, for findings about the configuration, what is wrong there.",
        required: ["type", "id", "arn", "region"],
        [
            "type": text("AWS::S3::Bucket"), "id": text("Its id; * where a whole list could not be read."),
            "arn": text("Its ARN; empty where it has none."), "region": text("Its region, or global."),
        ])

    private static let evidence = SchemaPart.map(
        "A value that a finding rests on.", required: ["type", "id", "pointer", "value"],
        [
            "type": text("The type of the resource that has it."), "id": text("The id of that resource."),
            "pointer": text("A JSON pointer into the resource's configuration."),
            "value": ["description": "The value; null where it is absent."],
        ])

    private static let waiver = SchemaPart.map(
        "Who accepted a failure, why, and how long.", required: ["waiver", "reason", "approved_by", "expires"],
        [
            "waiver": text("The waiver's name."), "reason": text("Why."), "ticket": text("Where the work is tracked."),
            "approved_by": text("The account of who approved it."),
            "expires": SchemaPart.day("The day from which it no longer holds."),
        ])

    private static let unknown = SchemaPart.map(
        "Checks that could not be made for one cause.", required: ["cause", "kind", "rules", "resources"],
        [
            "cause": text("What could not be read, and why."),
            "kind": SchemaPart.one(
                of: ["uncollected", "absent", "bad_value", "relation", "policy"], "The kind of cause."),
            "rules": SchemaPart.list("The rules that could not decide.", of: text("A rule's id.")),
            "resources": SchemaPart.list("The resources.", of: SchemaPart.reference("resource")),
        ])

    private static let unknownCheck = SchemaPart.map(
        "What a rule could not say of a resource.", required: ["id", "rule", "resource", "causes"],
        [
            "id": text("The id that a failure would have.", pattern: "^[0-9a-f]{32}$"), "rule": text("The rule's id."),
            "resource": SchemaPart.reference("resource", "What could not be judged."),
            "owner": text("Who is responsible for the resource: the value of its first tag of `owner_tags`."),
            "console": text("Where AWS's console shows the resource.", pattern: "^https://"),
            "causes": SchemaPart.list("Why, as in `unknown`.", of: text("A cause.")),
        ])

    private static let disabled = SchemaPart.map(
        "A rule that is switched off.", required: ["rule", "reason", "expires", "path"],
        [
            "rule": text("The rule's id."), "reason": text("Why."),
            "expires": SchemaPart.day("The day from which it runs again."), "path": text("The file that says so."),
        ])

    private static func text(_ description: String, pattern: String? = nil) -> JSON {
        var object: JSONObject = ["type": "string", "description": .string(description)]
        object["pattern"] = pattern.map { .string($0) }
        return .object(object)
    }

    private static func moment(_ description: String) -> JSON {
        text(description, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z$")
    }
}
