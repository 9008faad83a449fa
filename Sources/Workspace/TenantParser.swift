internal import Documents
internal import Posture
internal import Rules

/// What tenants may name: from the AWS models, the manifests and the frameworks.
public struct Vocabulary: Sendable {
    public var regions: [String]
    public var frameworks: Set<String>
    var rules: [String: Rule] = [:]
    /// The rules that stand in the place of built-in ones, by the ids of those.
    var replacements: [String: String] = [:]

    public init(regions: [String], frameworks: Set<String> = []) {
        self.regions = regions
        self.frameworks = frameworks
    }

    /// All scanners, those without built-in rules too.
    public static let scanners = [
        "iam", "s3", "storage", "ec2", "ebs", "rds", "databases", "lambda", "cloudwatch", "logging", "kms", "network",
        "containers", "workload", "secrets", "messaging", "edge", "analytics", "ai", "devtools", "enduser",
        "governance",
    ]

    /// What to write in place of a rule's id that there is not.
    func help(forRule id: String) -> String? {
        if let own = replacements[id] { return "the repository's own `\(own)` is in its place" }
        return suggestion(for: id, among: rules.keys)
    }
}

/// What a tenant's file says, or the defaults; nil where it says nothing.
struct TenantKeys {
    var labels: [String: String]?
    var regions: Tenant.Regions?
    var scanners: Set<String>?
    var frameworks: [String]?
    var trusted: Tenant.Trusted?
    var ownerTags: OwnerTags?
    var session: SessionMarks?
    var overlays: [String: RuleOverlay] = [:]
}

/// Reads the files in `tenants/`.
enum TenantParser {
    static func parse(
        defaults: TenantKeys, vocabulary: Vocabulary, _ diagnostics: inout FileDiagnostics
    ) -> (tenant: Tenant, externalIDSpan: Span)? {
        guard let root = YAMLReader.read(&diagnostics) else { return nil }
        var map = YAMLMapReader(root, of: "a tenant", area: "tenant", &diagnostics)
        let name = text("tenant", &map, &diagnostics) {
            RuleParser.isName($0)
        } help: {
            "lower-case letters, digits and hyphens, at most 63, no hyphen first"
        }
        let account = text("account", &map, &diagnostics, check: TrustedParser.isAccount) { "12 digits, in quotes" }
        let role = text("role", &map, &diagnostics, check: isRole) { "arn:aws:iam::ACCOUNT:role/NAME" }
        let externalID = text("external_id", &map, &diagnostics, check: isExternalID) {
            "2 to 1,224 of letters, digits and + = , . @ : / - _; generate one for each tenant: openssl rand -hex 16"
        }
        let keys = shared(&map, vocabulary, &diagnostics)
        map.finish(&diagnostics)
        guard let name, let account, let role, let externalID else { return nil }
        if role.split(separator: ":", omittingEmptySubsequences: false)[4] != account {
            diagnostics.error(
                "tenant/role-account", "the role is not in account \(account)", at: root["role"]?.span,
                help: "a tenant is one account: its role must be there")
        }
        let regions = keys.regions ?? defaults.regions
        if regions == nil, root["regions"] == nil {
            diagnostics.error(
                "tenant/missing-key", "the tenant has no `regions`", at: root.span,
                help: "list them here or in tenants/_defaults.yaml, or write `regions: all`")
        }
        let scanners = keys.scanners ?? defaults.scanners
        if scanners == nil, root["scanners"] == nil {
            diagnostics.error(
                "tenant/missing-key", "the tenant has no `scanners`", at: root.span,
                help: "list them here or in tenants/_defaults.yaml")
        }
        guard let regions, let scanners, !diagnostics.hasErrors else { return nil }
        let tenant = Tenant(
            name: name, account: account, role: role, externalID: externalID,
            session: keys.session ?? defaults.session ?? SessionMarks(),
            labels: (defaults.labels ?? [:]).merging(keys.labels ?? [:]) { _, own in own }, regions: regions,
            scanners: scanners, frameworks: keys.frameworks ?? defaults.frameworks ?? ["soc2-tsc"],
            trusted: keys.trusted ?? defaults.trusted ?? Tenant.Trusted(),
            ownerTags: keys.ownerTags ?? defaults.ownerTags,
            overlays: defaults.overlays.merging(keys.overlays) { _, own in own },
            path: diagnostics.file.path, span: root["tenant"]?.span ?? root.span)
        return (tenant, root["external_id"]?.span ?? root.span)
    }

    static func parseDefaults(vocabulary: Vocabulary, _ diagnostics: inout FileDiagnostics) -> TenantKeys {
        guard let root = YAMLReader.read(&diagnostics) else { return TenantKeys() }
        var map = YAMLMapReader(root, of: "the file of defaults", area: "tenant", &diagnostics)
        let keys = shared(&map, vocabulary, &diagnostics)
        map.finish(&diagnostics)
        return keys
    }

    /// The keys that tenants and defaults share.
    private static func shared(
        _ map: inout YAMLMapReader, _ vocabulary: Vocabulary, _ diagnostics: inout FileDiagnostics
    ) -> TenantKeys {
        var keys = TenantKeys()
        keys.labels = map.stringMap("labels", &diagnostics).map { entries in
            Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
        }
        if let node = map.node("regions", &diagnostics) { keys.regions = regions(node, vocabulary, &diagnostics) }
        keys.scanners = map.strings("scanners", &diagnostics).map { names in
            if names.isEmpty {
                diagnostics.error(
                    "tenant/no-scanner", "without a scanner nothing is judged", at: map.span(of: "scanners"),
                    help: "name at least one: \(Vocabulary.scanners.joined(separator: ", "))")
            }
            check(names, among: Vocabulary.scanners, "scanner", &diagnostics)
            return Set(names.map(\.text))
        }
        keys.frameworks = map.strings("frameworks", &diagnostics).map { names in
            check(names, among: vocabulary.frameworks.sorted(), "framework", &diagnostics)
            return names.map(\.text)
        }
        keys.trusted = map.node("trusted", &diagnostics).map { TrustedParser.parse($0, &diagnostics) }
        keys.ownerTags = OwnerTagsParser.parse(&map, area: "tenant", &diagnostics)
        keys.session = map.node("session", &diagnostics).map { SessionMarksParser.parse($0, &diagnostics) }
        if let node = map.node("rules", &diagnostics) {
            keys.overlays = OverlayParser.parse(node, vocabulary, &diagnostics)
        }
        for key in ["schedule", "results", "notifications"] {
            guard let node = map.node(key, &diagnostics) else { continue }
            diagnostics.warning(
                "tenant/no-effect", "`\(key)` has no effect in this version", at: map.span(of: key) ?? node.span)
        }
        return keys
    }

    private static func regions(
        _ node: YAMLNode, _ vocabulary: Vocabulary, _ diagnostics: inout FileDiagnostics
    ) -> Tenant.Regions? {
        if node.text == "all" { return .all }
        guard let nodes = node.sequence, !nodes.isEmpty else {
            diagnostics.error("tenant/type", "`regions` must be a list that is not empty, or `all`", at: node.span)
            return nil
        }
        var names: [(text: String, span: Span)] = []
        for element in nodes { names.append((element.text ?? "", element.span)) }
        check(names, among: vocabulary.regions, "region", &diagnostics)
        return .listed(Set(names.map(\.text)).sorted())
    }

    private static func check(
        _ names: [(text: String, span: Span)], among known: [String], _ what: String,
        _ diagnostics: inout FileDiagnostics
    ) {
        for name in names where !known.contains(name.text) {
            diagnostics.error(
                "tenant/unknown-\(what)", "there is no \(what) `\(name.text)`", at: name.span,
                help: suggestion(for: name.text, among: known))
        }
    }

    private static func text(
        _ key: String, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics, check: (String) -> Bool,
        help: () -> String
    ) -> String? {
        guard let node = map.node(key, required: true, &diagnostics) else { return nil }
        guard let text = node.text, check(text) else {
            let shown = key == "external_id" ? "this" : "`\(node.text ?? node.kind)`"
            diagnostics.error("tenant/value", "\(shown) cannot be the tenant's `\(key)`", at: node.span, help: help())
            return nil
        }
        return text
    }

    private static func isRole(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        return parts[0] == "arn" && (parts[1] == "aws" || parts[1].hasPrefix("aws-")) && parts[2] == "iam"
            && parts[3].isEmpty
            && parts[4].utf8.count == 12 && parts[5].hasPrefix("role/") && !parts[5].hasSuffix("/")
    }

    private static func isExternalID(_ text: String) -> Bool {
        (2...1_224).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+=,.@:/-_".contains($0)) }
    }
}
