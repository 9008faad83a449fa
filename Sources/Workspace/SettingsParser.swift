internal import Documents
internal import Posture
internal import Rules

/// Reads `parapet.yaml`.
enum SettingsParser {
    static func parse(_ diagnostics: inout FileDiagnostics) -> Settings {
        var settings = Settings()
        guard let root = YAMLReader.read(&diagnostics) else { return settings }
        var map = YAMLMapReader(root, of: "the settings file", area: "settings", &diagnostics)
        if let version = map.integer("version", in: 1...Int64.max, &diagnostics) {
            if version != 1 {
                diagnostics.error(
                    "settings/version", "version \(version) is newer than this program", at: map.span(of: "version"),
                    help: "use a newer parapet, or version: 1")
            }
        } else if root["version"]?.isNull ?? true, root.mapping != nil {
            diagnostics.error("settings/missing-key", "the settings need `version: 1`", at: root.span)
        }
        if let node = map.node("results", &diagnostics) { results(node, &settings, &diagnostics) }
        if let node = map.node("gate", &diagnostics) { gate(node, &settings, &diagnostics) }
        if let node = map.node("waivers", &diagnostics) { waivers(node, &settings, &diagnostics) }
        settings.ownerTags = OwnerTagsParser.parse(&map, area: "settings", &diagnostics) ?? settings.ownerTags
        if let node = map.node("github", &diagnostics) { gitHub(node, &settings, &diagnostics) }
        for key in ["packs", "hosts"] {
            guard let node = map.node(key, &diagnostics) else { continue }
            diagnostics.warning("settings/no-effect", "`\(key)` has no effect in this version", at: node.span)
        }
        map.finish(&diagnostics)
        return settings
    }

    private static func results(_ node: YAMLNode, _ settings: inout Settings, _ diagnostics: inout FileDiagnostics) {
        var map = YAMLMapReader(node, of: "`results`", area: "settings", &diagnostics)
        if let branch = map.node("branch", &diagnostics) {
            if let text = branch.text, isBranch(text) {
                settings.resultsBranch = text
            } else {
                diagnostics.error(
                    "settings/branch", "`\(branch.text ?? "")` cannot be the results branch", at: branch.span,
                    help: "a branch of its own, such as parapet/results")
            }
        }
        settings.allowsPublic = map.bool("allow_public", &diagnostics) ?? false
        if let signers = map.node("allowed_signers", &diagnostics) {
            diagnostics.error(
                "settings/not-supported", "`allowed_signers` is not supported in this version", at: signers.span,
                help: "remove it: signatures of results are not checked yet")
        }
        map.finish(&diagnostics)
    }

    /// What git accepts as a branch, and is neither one that people work on nor one of those that stand beside the results.
    static func isBranch(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, text.utf8.count <= 200, !text.hasSuffix("."), let last = parts.last,
            last != "snapshots", last != "journal"
        else { return false }
        return parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.hasPrefix("-") && !part.hasSuffix(".lock")
                && !part.contains("..")
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        }
    }

    private enum Threshold: String, CaseIterable {
        case critical, high, medium, low, info, never
    }

    private static func gate(_ node: YAMLNode, _ settings: inout Settings, _ diagnostics: inout FileDiagnostics) {
        var map = YAMLMapReader(node, of: "`gate`", area: "settings", &diagnostics)
        if let threshold = map.choice("fail_on", of: Threshold.self, &diagnostics) {
            settings.gate.failOn = Severity(rawValue: threshold.rawValue)
        }
        if let unknown = map.integer("max_unknown", in: 0...Int64(Int32.max), &diagnostics) {
            settings.gate.maxUnknown = unknown
        }
        settings.gate.newOnly = map.bool("new_only", &diagnostics) ?? settings.gate.newOnly
        if let age = map.node("max_snapshot_age", &diagnostics) {
            if let duration = age.text.flatMap({ Operation.Duration($0) }), duration.seconds > 0 {
                settings.gate.maxSnapshotAge = duration.seconds
            } else {
                diagnostics.error(
                    "settings/value", "`max_snapshot_age` cannot be \(age.text.map { "`\($0)`" } ?? age.kind)",
                    at: age.span, help: "write hours, days or weeks: 36h, 2d, 1w")
            }
        }
        map.finish(&diagnostics)
    }

    private static func gitHub(_ node: YAMLNode, _ settings: inout Settings, _ diagnostics: inout FileDiagnostics) {
        var map = YAMLMapReader(node, of: "`github`", area: "settings", &diagnostics)
        if let comment = map.choice("comment", of: Settings.GitHub.Comment.self, &diagnostics) {
            settings.gitHub.comment = comment
        }
        settings.gitHub.check = map.bool("check", &diagnostics) ?? settings.gitHub.check
        map.finish(&diagnostics)
    }

    private static func waivers(_ node: YAMLNode, _ settings: inout Settings, _ diagnostics: inout FileDiagnostics) {
        var map = YAMLMapReader(node, of: "`waivers`", area: "settings", &diagnostics)
        if let days = map.integer("max_days", in: 1...36_500, &diagnostics) { settings.waiverLimits.maxDays = days }
        if let severity = map.choice("max_severity", of: Severity.self, &diagnostics) {
            settings.waiverLimits.maxSeverity = severity
        }
        if let approvers = map.strings("approvers", &diagnostics) {
            for approver in approvers where !WaiverParser.isAccount(approver.text, orTeam: true) {
                diagnostics.error(
                    "settings/value", "`\(approver.text)` is neither an account nor a team", at: approver.span,
                    help: "write \"@alice\" or \"@acme/security\"")
            }
            settings.waiverApprovers = approvers.map(\.text)
        }
        map.finish(&diagnostics)
    }
}
