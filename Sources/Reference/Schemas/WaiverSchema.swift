internal import Documents

/// Files of waivers.
enum WaiverSchema {
    static func waiver(_ vocabulary: SchemaVocabulary) -> JSON {
        let texts = { (description: String) in
            SchemaPart.map(description, of: SchemaPart.text("A value."), minimum: 1)
        }
        let match = SchemaPart.map(
            "Which failures; all that is given has to hold.",
            [
                "tenant": SchemaPart.name("The tenant."),
                "id": SchemaPart.words("The resource's id."),
                "arn": SchemaPart.text(
                    "A pattern for the resource's ARN: * stands for any characters, ? for one.", pattern: "[^*?\\s]"),
                "tags": texts("Tags that the resource has."),
                "labels": texts("Labels that the tenant has."),
            ], more: ["minProperties": 1])
        return SchemaPart.map(
            "A waiver: failures of one rule are accepted until a day.",
            required: ["waiver", "rule", "match", "reason", "approved_by", "expires"],
            [
                "waiver": SchemaPart.name("The waiver's name: lower-case letters, digits and hyphens."),
                "rule": SchemaPart.name("The rule, by its id.", known: vocabulary.rules),
                "match": match,
                "reason": SchemaPart.words("Why the failures are accepted."),
                "ticket": SchemaPart.words("Where the work is tracked."),
                "approved_by": SchemaPart.text(
                    "The account of who approved it, in quotes: \"@alice\".", pattern: "^@[A-Za-z0-9_-]{1,100}$"),
                "expires": SchemaPart.day("The day from which it no longer holds."),
                "evidence": SchemaPart.text(
                    "The digest of the evidence; the waiver lapses when the evidence changes.",
                    pattern: "^[0-9a-f]{64}$"),
            ])
    }
}
