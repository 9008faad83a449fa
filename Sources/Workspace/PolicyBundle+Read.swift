internal import Documents
internal import Posture
internal import Resources
internal import Rules

extension PolicyBundle {
    /// Reads what a scan recorded.
    ///
    /// - Parameters:
    ///   - folder: the bundle's, in the tree.
    ///   - only: the rules that are read; nil: all.
    ///   - moment: the scan's: what has expired by then does not hold.
    /// - Throws: `unreadable` where a file is missing or has faults, as with rules that this version does not understand.
    static func read(
        _ tree: some FileTree, _ folder: String, only rules: Set<String>? = nil, catalog: ResourceCatalog,
        at moment: Timestamp
    ) throws(WorkspaceError) -> EffectivePolicy {
        let bundle = Subtree(tree, folder)
        var (policy, document) = try tenant(bundle, folder)
        let (workspace, diagnostics) = try WorkspaceLoader.loadRules(
            FewerRules(tree: Subtree(bundle, "rules"), names: rules), catalog: catalog, requiresTests: false)
        try stop(at: diagnostics, "\(folder)/rules")
        policy.fragments = workspace.fragments
        policy.tables = workspace.tables
        policy.sources = workspace.sources
        for entry in try bundle.files(under: "frameworks") {
            let source = SourceFile(path: entry.path, bytes: try bundle.read(entry, limit: WorkspaceLoader.sizeLimit))
            var file = FileDiagnostics(file: source)
            let framework = FrameworkParser.parse(&file).framework
            try stop(at: file.found, folder)
            if let framework { policy.frameworks.append(framework) }
        }
        let order = document["frameworks"]?.array?.compactMap(\.string) ?? []
        policy.frameworks.sort { (order.firstIndex(of: $0.id) ?? 0) < (order.firstIndex(of: $1.id) ?? 0) }
        policy.exceptions.knownRules.formUnion(workspace.rules.map(\.rule.id))
        policy.run(workspace.rules, at: moment)
        return policy
    }

    /// Reads what needs no rule.
    static func outline(_ tree: RevisionTree, _ folder: String) throws(WorkspaceError) -> PolicyOutline {
        let bundle = Subtree(tree, folder)
        var outline = PolicyOutline(policy: try tenant(bundle, folder).policy)
        for entry in try bundle.files(under: "rules") {
            outline.files[String(entry.path.dropFirst("rules/".utf8.count))] = entry.handle
        }
        return outline
    }

    private static func tenant(
        _ bundle: Subtree<some FileTree>, _ folder: String
    ) throws(WorkspaceError) -> (policy: EffectivePolicy, document: JSON) {
        guard let entry = try bundle.file(at: "tenant.json") else {
            throw WorkspaceError(.unreadable, "`\(folder)/tenant.json` is missing: no policy is recorded there")
        }
        let bytes = try bundle.read(entry, limit: WorkspaceLoader.sizeLimit)
        guard let document = try? JSON.parse(bytes), let policy = policy(document) else {
            throw WorkspaceError(.unreadable, "`\(folder)/tenant.json` is no recorded policy")
        }
        return (policy, document)
    }

    private static func stop(at diagnostics: [Diagnostic], _ folder: String) throws(WorkspaceError) {
        guard let error = diagnostics.first(where: { $0.severity == .error }) else { return }
        throw WorkspaceError(
            .unreadable, "the policy that was recorded cannot be read: \(folder)/\(error.path): \(error.message)")
    }

    /// All but rules and frameworks; nil where the document is none that `document` makes.
    private static func policy(_ document: JSON) -> EffectivePolicy? {
        guard document["version"]?.integer == 1, let tenant = document["tenant"]?.string,
            let account = document["account"]?.string, let overlays = document["rules"]?.object,
            let accounts = texts(document["trusted"]?["accounts"]),
            let organizations = texts(document["trusted"]?["organizations"]),
            let maxDays = document["limits"]?["max_days"]?.integer,
            let maxSeverity = document["limits"]?["max_severity"]?.string.flatMap(Severity.init(rawValue:)),
            let waivers = document["waivers"]?.array, let malformed = document["malformed_waivers"]?.array,
            let unknown = texts(document["unknown_rules"]),
            // Bundles of earlier versions have none.
            let ownerTags = texts(document["owner_tags"] ?? [])
        else { return nil }
        var policy = EffectivePolicy(
            tenant: tenant,
            trust: Trust(account: account, accounts: Set(accounts), organizations: Set(organizations)))
        policy.ownerTags = OwnerTags(ownerTags)
        for (rule, overlay) in overlays {
            guard let read = RuleOverlay(overlay, of: rule) else { return nil }
            policy.overlays[rule] = read
        }
        policy.exceptions.limits = WaiverLimits(maxDays: maxDays, maxSeverity: maxSeverity)
        policy.exceptions.waivers = waivers.compactMap { Waiver($0, tenant: tenant) }
        policy.exceptions.malformed = malformed.compactMap { waiver in
            guard let path = waiver["path"]?.string, let fault = waiver["fault"]?.string else { return nil }
            return MalformedWaiver(path: path, fault: fault, tenants: [tenant])
        }
        guard policy.exceptions.waivers.count == waivers.count, policy.exceptions.malformed.count == malformed.count
        else { return nil }
        policy.exceptions.knownRules = Set(policy.exceptions.waivers.map(\.rule)).subtracting(unknown)
        return policy
    }

    private static func texts(_ json: JSON?) -> [String]? {
        guard let elements = json?.array else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }
}

/// Recorded rules without those that nobody asked for; fragments and tables all stay.
private struct FewerRules<Tree: FileTree>: FileTree {
    let tree: Tree
    /// Nil: all.
    let names: Set<String>?

    private func has(_ entry: FileTreeEntry) -> Bool {
        guard let names, !entry.path.contains("/") else { return true }
        return names.contains { entry.path == "\($0).yaml" }
    }

    func file(at path: String) throws(WorkspaceError) -> FileTreeEntry? {
        try tree.file(at: path).flatMap { has($0) ? $0 : nil }
    }

    func files(under folder: String) throws(WorkspaceError) -> [FileTreeEntry] {
        try tree.files(under: folder).filter(has)
    }

    func read(_ entry: FileTreeEntry, limit: Int) throws(WorkspaceError) -> [UInt8] {
        try tree.read(entry, limit: limit)
    }
}

extension RuleOverlay {
    /// What `json` made.
    fileprivate init?(_ json: JSON, of rule: String) {
        self.init(settings: [:])
        for (name, value) in json["params"]?.object ?? JSONObject() { settings[name] = value }
        if let name = json["severity"]?.string {
            guard let severity = Severity(rawValue: name) else { return nil }
            self.severity = severity
        }
        if let disabled = json["disabled"] {
            guard let reason = disabled["reason"]?.string, let expires = Timestamp(day: disabled["expires"]),
                let path = disabled["path"]?.string
            else { return nil }
            self.disabled = DisabledRule(rule: rule, reason: reason, expires: expires, path: path)
        }
    }
}

extension Waiver {
    fileprivate init?(_ json: JSON, tenant: String) {
        guard let name = json["waiver"]?.string, let rule = json["rule"]?.string, let match = json["match"],
            let reason = json["reason"]?.string, let approvedBy = json["approved_by"]?.string,
            let expires = Timestamp(day: json["expires"]), let path = json["path"]?.string
        else { return nil }
        self.init(
            name: name, rule: rule,
            match: Match(
                tenant: match["tenant"]?.string, id: match["id"]?.string, arn: match["arn"]?.string,
                tags: Self.texts(match["tags"]), labels: Self.texts(match["labels"])),
            reason: reason, ticket: json["ticket"]?.string, approvedBy: approvedBy, expires: expires,
            evidence: json["evidence"]?.string, path: path, tenants: [tenant])
    }

    private static func texts(_ json: JSON?) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in json?.object ?? JSONObject() { texts[key] = value.string }
        return texts
    }
}

extension Timestamp {
    /// Midnight UTC of `2027-02-28`.
    fileprivate init?(day: JSON?) {
        guard let day = day?.string else { return nil }
        self.init("\(day)T00:00:00Z")
    }
}
