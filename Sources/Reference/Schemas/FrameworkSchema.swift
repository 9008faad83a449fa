internal import Documents

/// Files of frameworks.
enum FrameworkSchema {
    static func framework(_ vocabulary: SchemaVocabulary) -> JSON {
        let control = SchemaPart.map(
            "A control.", required: ["control", "title", "rules"],
            [
                "control": SchemaPart.text("The control's number."),
                "title": SchemaPart.text("What it asks for."),
                "section": SchemaPart.text("The chapter that it stands in."),
                "rules": SchemaPart.list(
                    "The rules that speak for it. None: it is reported as not covered, never as passed.",
                    of: SchemaPart.name("A rule, by its id.", known: vocabulary.rules)),
            ])
        return SchemaPart.map(
            "A compliance framework: which rules speak for which of its controls.",
            required: ["framework", "title", "controls"],
            [
                "framework": SchemaPart.name("The framework's name: lower-case letters, digits and hyphens."),
                "title": SchemaPart.text("The framework's title."),
                "version": SchemaPart.text("The framework's version or year."),
                "controls": SchemaPart.list("All controls.", of: control),
            ])
    }
}
