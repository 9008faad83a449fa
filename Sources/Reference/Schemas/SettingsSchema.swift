internal import Documents
internal import Posture
internal import Rules
internal import Workspace

/// `parapet.yaml`.
enum SettingsSchema {
    static var settings: JSON {
        SchemaPart.map(
            "The settings of a repository.", required: ["version"],
            [
                "version": ["const": 1, "description": "The version of this format."],
                "results": SchemaPart.map(
                    "Where results stand.",
                    [
                        "branch": [
                            "type": "string", "maxLength": 200, "pattern": .string(branch),
                            "default": .string(Settings().resultsBranch),
                            "description":
                                "The branch of findings and reports; snapshots and the journal stand on branches beside it.",
                        ],
                        "allow_public": SchemaPart.flag(
                            "Whether results may be pushed to where everyone can read them.", default: false),
                    ]),
                "gate": gate, "waivers": waivers,
                "owner_tags": SchemaPart.ownerTags("Tags that say who is responsible for a resource, the first first."),
                "github": gitHub,
                "packs": SchemaPart.idle("array", "Rules from other repositories."),
                "hosts": SchemaPart.idle("object", "Where notifications may go."),
            ])
    }

    /// What git accepts, with a slash, and is none of the branches beside the results.
    private static let branch =
        "^(?!.*\\.\\.)(?!.*\\.lock(/|$))(?!.*/(snapshots|journal)$)(?!.*\\.$)[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$"

    private static var gate: JSON {
        let defaults = Settings.Gate()
        var threshold = JSONObject([
            ("enum", JSON.array((Severity.allCases.map(\.rawValue) + ["never"]).map { .string($0) })),
            ("description", "A scan or a review exits with 1 on findings of this severity or worse."),
        ])
        threshold["default"] = defaults.failOn.map { .string($0.rawValue) }
        return SchemaPart.map(
            "When a scan or a review counts as failed. Reviews take it from the base.",
            [
                "fail_on": .object(threshold),
                "max_unknown": SchemaPart.integer(
                    "How many unknown verdicts are accepted.", in: 0...Int64(Int32.max), default: defaults.maxUnknown),
                "new_only": SchemaPart.flag(
                    "Whether reviews count what a change opens alone, and not what is open anyway.",
                    default: defaults.newOnly),
                "max_snapshot_age": SchemaPart.text(
                    "A review on an older snapshot exits with 3: 36h, 2d, 1w. None is too old by default.",
                    pattern: "^(?=[0-9]*[1-9])([0-9]{1,6}|1000000)[hdw]$"),
            ])
    }

    private static var gitHub: JSON {
        let defaults = Settings.GitHub()
        return SchemaPart.map(
            "What reviews say on pull requests.",
            [
                "comment": SchemaPart.choice(
                    "Whether the one comment changes in its place, is hidden or deleted for a new one, or there is none.",
                    of: Settings.GitHub.Comment.self, default: defaults.comment),
                "check": SchemaPart.flag("Whether there is a check run.", default: defaults.check),
            ])
    }

    private static var waivers: JSON {
        let defaults = Settings().waiverLimits
        return SchemaPart.map(
            "What waivers may not go beyond.",
            [
                "approvers": SchemaPart.list(
                    "Who may approve waivers.",
                    of: SchemaPart.text(
                        "An account or a team: \"@alice\", \"@acme/security\".",
                        pattern: "^@[A-Za-z0-9_-]{1,100}(/[A-Za-z0-9_-]{1,100})?$")),
                "max_days": SchemaPart.integer(
                    "How many days after a scan a waiver may end.", in: 1...36_500,
                    default: defaults.maxDays),
                "max_severity": SchemaPart.choice(
                    "The worst findings that can be waived.", of: Severity.self, default: defaults.maxSeverity),
            ])
    }
}
