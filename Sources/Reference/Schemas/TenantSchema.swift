internal import Documents
internal import Rules

/// Files of tenants, the file of their defaults included.
enum TenantSchema {
    static func tenant(_ vocabulary: SchemaVocabulary) -> JSON {
        let identity = ["tenant", "account", "role", "external_id"]
        let needsAll = identity.map { key in
            (key, JSON.array(identity.filter { $0 != key }.map { .string($0) }))
        }
        return SchemaPart.map(
            "A tenant: one AWS account. tenants/_defaults.yaml has the same keys, without those that name the account.",
            properties(vocabulary), more: ["dependentRequired": .object(JSONObject(needsAll))])
    }

    private static func properties(_ vocabulary: SchemaVocabulary) -> JSONObject {
        let region = SchemaPart.one(of: vocabulary.regions, "A region.")
        return [
            "tenant": SchemaPart.name("The tenant's name: lower-case letters, digits and hyphens."),
            "account": SchemaPart.text("The account: twelve digits, in quotes.", pattern: account),
            "role": SchemaPart.text(
                "The role in the account that is assumed: arn:aws:iam::ACCOUNT:role/NAME.",
                pattern: "^arn:aws(-[!-9;-~]*)?:iam::[0-9]{12}:role/[!-~]*[!-.0-~]$"),
            "external_id": [
                "type": "string", "pattern": "^[A-Za-z0-9+=,.@:/_-]+$", "minLength": 2, "maxLength": 1_224,
                "description": "The ExternalId of the role's trust policy; unique among the tenants.",
            ],
            "session": SchemaPart.map(
                "How sessions are marked in AWS's logs and policies.",
                [
                    "tags": SchemaPart.map(
                        "Tags of the session; the trust policy must allow sts:TagSession.",
                        of: SchemaPart.text("A tag's value.")),
                    "source_identity": SchemaPart.text(
                        "Who is behind the session; the trust policy must allow sts:SetSourceIdentity.",
                        pattern: "^[A-Za-z0-9_+=,.@-]{2,64}$"),
                ]),
            "labels": SchemaPart.map("Labels, for waivers and reports.", of: SchemaPart.text("A label's value.")),
            "regions": [
                "description": "The regions that are scanned, or all that the account has enabled.",
                "anyOf": [["const": "all"], ["type": "array", "minItems": 1, "items": region]],
            ],
            "scanners": SchemaPart.list(
                "Which parts of the account are looked at.", of: SchemaPart.one(of: vocabulary.scanners, "A scanner."),
                minimum: 1),
            "frameworks": SchemaPart.list(
                "Which compliance reports are made.",
                of: SchemaPart.name("A framework, by its name.", known: vocabulary.frameworks)),
            "trusted": SchemaPart.map(
                "Who else is of the house.",
                [
                    "accounts": SchemaPart.list("Accounts.", of: SchemaPart.text("Twelve digits.", pattern: account)),
                    "organizations": SchemaPart.list(
                        "Organisations.", of: SchemaPart.text("An organisation's id.", pattern: "^o-[a-z0-9]{1,32}$")),
                ]),
            "owner_tags": SchemaPart.ownerTags("In place of the settings' `owner_tags`."),
            "rules": rules(vocabulary),
            "schedule": SchemaPart.idle(["string", "object"], "When the tenant is scanned."),
            "results": SchemaPart.idle("object", "A branch or remote of the tenant's own."),
            "notifications": SchemaPart.idle("array", "Who is told of findings."),
        ]
    }

    private static let account = "^[0-9]{12}$"

    static let definitions: JSONObject = [
        "overlay": SchemaPart.map(
            "What is different for this tenant.",
            [
                "params": SchemaPart.map("Values of the rule's parameters.", of: true),
                "severity": SchemaPart.choice("In place of the rule's own.", of: Severity.self),
                "disabled": SchemaPart.map(
                    "The rule is not judged until a day.", required: ["reason", "expires"],
                    [
                        "reason": SchemaPart.words("Why."),
                        "expires": SchemaPart.day("The day from which it is judged again."),
                    ]),
            ])
    ]

    private static func rules(_ vocabulary: SchemaVocabulary) -> JSON {
        let known = vocabulary.rules.map { ($0, SchemaPart.reference("overlay")) }
        return [
            "type": "object", "description": "What the tenant says of rules, by their ids.",
            "properties": .object(JSONObject(known)),
            "propertyNames": ["pattern": .string(SchemaPart.namePattern)],
            "additionalProperties": SchemaPart.reference("overlay"),
        ]
    }
}
