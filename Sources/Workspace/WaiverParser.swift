internal import Documents
internal import Posture
internal import Rules

/// Reads the files in `waivers/`.
struct WaiverParser {
    let vocabulary: Vocabulary
    let tenants: [Tenant]
    /// Where the waivers stand that were read before, by name.
    private var paths: [String: String] = [:]

    init(_ vocabulary: Vocabulary, tenants: [Tenant]) {
        self.vocabulary = vocabulary
        self.tenants = tenants
    }

    /// - Returns: the waiver, nil where it has faults, and the tenants that it concerns; all where it does not say. A
    ///   rule that does not exist is reported, but does not make a waiver faulty: it waives nothing.
    mutating func parse(_ diagnostics: inout FileDiagnostics) -> (waiver: Waiver?, tenants: Set<String>) {
        let all = Set(tenants.map(\.name))
        guard let root = YAMLReader.read(&diagnostics) else { return (nil, all) }
        var map = YAMLMapReader(root, of: "a waiver", area: "waiver", &diagnostics)
        let name = name(&map, &diagnostics)
        let rule = map.words("rule", area: "waiver", &diagnostics)
        let match = map.node("match", required: true, &diagnostics).map { self.match($0, &diagnostics) }
        let reason = map.words("reason", area: "waiver", &diagnostics)
        let ticket = map.words("ticket", area: "waiver", required: false, &diagnostics)
        let approvedBy = approver(&map, &diagnostics)
        let expires = map.day("expires", area: "waiver", &diagnostics)
        let evidence = evidence(&map, &diagnostics)
        map.finish(&diagnostics)

        let named = match?.tenant.map { Set([$0]).intersection(all) } ?? all
        let concerned = Set(
            tenants.filter { match?.covers(tenant: $0.name, labels: $0.labels) ?? true }.map(\.name))
        if concerned.isEmpty, !all.isEmpty, !diagnostics.hasErrors {
            diagnostics.error("waiver/no-tenant", "`match` fits no tenant", at: root["match"]?.span)
        }
        guard !diagnostics.hasErrors, let name, let rule, let match, let reason, let approvedBy, let expires else {
            return (nil, named.isEmpty ? all : named)
        }
        if vocabulary.rules[rule] == nil {
            diagnostics.error(
                "waiver/unknown-rule", "there is no rule `\(rule)`", at: root["rule"]?.span,
                help: vocabulary.help(forRule: rule))
        }
        let waiver = Waiver(
            name: name, rule: rule, match: match, reason: reason, ticket: ticket, approvedBy: approvedBy,
            expires: expires, evidence: evidence, path: diagnostics.file.path, tenants: concerned)
        return (waiver, concerned)
    }

    private mutating func name(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> String? {
        guard let node = map.node("waiver", required: true, &diagnostics) else { return nil }
        guard let name = node.text, RuleParser.isName(name) else {
            diagnostics.error(
                "waiver/name", "\(node.text.map { "`\($0)`" } ?? node.kind) cannot be a waiver's name", at: node.span,
                help: "lower-case letters, digits and hyphens, at most 63, no hyphen first")
            return nil
        }
        if let path = paths[name] {
            diagnostics.error(
                "waiver/duplicate", "there is a waiver `\(name)` already", at: node.span, help: "it stands in \(path)")
            return nil
        }
        paths[name] = diagnostics.file.path
        return name
    }

    private func match(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Waiver.Match {
        var map = YAMLMapReader(node, of: "`match`", area: "waiver", &diagnostics)
        var match = Waiver.Match(
            tenant: map.words("tenant", area: "waiver", required: false, &diagnostics),
            id: map.words("id", area: "waiver", required: false, &diagnostics),
            arn: map.words("arn", area: "waiver", required: false, &diagnostics))
        match.tags = texts("tags", &map, &diagnostics)
        match.labels = texts("labels", &map, &diagnostics)
        map.finish(&diagnostics)
        if node.mapping != nil, match == Waiver.Match(), !diagnostics.hasErrors {
            diagnostics.error(
                "waiver/empty-match", "`match` is empty, so that it would match everything", at: node.span,
                help: "say which failures: by tenant, id, arn, tags or labels")
        }
        if let tenant = match.tenant, !tenants.contains(where: { $0.name == tenant }) {
            diagnostics.error(
                "waiver/unknown-tenant", "there is no tenant `\(tenant)`", at: node["tenant"]?.span,
                help: suggestion(for: tenant, among: tenants.map(\.name)))
        }
        if let arn = match.arn, arn.utf8.allSatisfy({ $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
            diagnostics.error(
                "waiver/empty-match", "the pattern `\(arn)` matches everything", at: node["arn"]?.span,
                help: "name a part of the ARN, or leave `arn` out")
        }
        return match
    }

    /// A map of texts that is not empty.
    private func texts(
        _ key: String, _ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics
    ) -> [String: String] {
        guard let pairs = map.stringMap(key, &diagnostics) else { return [:] }
        if pairs.isEmpty, !diagnostics.hasErrors {
            diagnostics.error(
                "waiver/empty-match", "`\(key)` is empty, so that it would match everything", at: map.span(of: key))
        }
        return Dictionary(pairs.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private func approver(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> String? {
        guard let node = map.node("approved_by", required: true, &diagnostics) else { return nil }
        if let text = node.text, Self.isAccount(text) { return text }
        diagnostics.error(
            "waiver/approver", "\(node.text.map { "`\($0)`" } ?? node.kind) names nobody", at: node.span,
            help: "the account of who approved it, in quotes: \"@alice\"")
        return nil
    }

    private func evidence(_ map: inout YAMLMapReader, _ diagnostics: inout FileDiagnostics) -> String? {
        guard let node = map.node("evidence", &diagnostics) else { return nil }
        let digits = Set("0123456789abcdef".utf8)
        if let text = node.text, text.utf8.count == 64, text.utf8.allSatisfy(digits.contains) { return text }
        diagnostics.error(
            "waiver/evidence", "`evidence` must be a digest of 64 lower-case hexadecimal digits", at: node.span,
            help: "copy `evidence_digest` of the finding in findings.json")
        return nil
    }

    /// `@alice`, and for approvers `@acme/security` too.
    static func isAccount(_ text: String, orTeam: Bool = false) -> Bool {
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        return text.hasPrefix("@") && parts.count <= (orTeam ? 2 : 1)
            && parts.allSatisfy { part in
                (1...100).contains(part.utf8.count)
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            }
    }
}
