internal import Documents
internal import Git
internal import Posture
internal import Rules
internal import Workspace

/// All that a tenant's verdicts by one rule depend on, beside the snapshot, whom the tenant trusts, and the program's
/// version.
struct RuleDefinition: Equatable {
    /// The rule's file, and those of the fragments and tables that it uses: named by their content, as git does.
    var files: [String: String]
    var severity: Severity?
    /// Values of its parameters, compared byte by byte.
    var settings: [UInt8]

    private init(files: [String: String], _ overlay: RuleOverlay?) {
        self.files = files
        severity = overlay?.severity
        settings = JSON.object(JSONObject((overlay?.settings ?? [:]).map { ($0.key, $0.value) })).bytes()
    }

    /// - Parameter names: of contents, as far as they were worked out before.
    init(_ rule: LoadedRule, in policy: EffectivePolicy, _ names: inout ContentNames) throws(GitError) {
        var files = ["\(rule.rule.id).yaml": try names.name(of: rule.source)]
        let references = RuleReferences(rule.rule, fragments: policy.fragments)
        for name in references.fragments {
            guard let path = policy.fragments[name]?.path, let source = policy.sources[path] else { continue }
            files["fragments/\(name).yaml"] = try names.name(of: source)
        }
        for name in references.tables {
            guard let path = policy.tables[name]?.path, let source = policy.sources[path] else { continue }
            files["tables/\(name).yaml"] = try names.name(of: source)
        }
        self.init(files: files, policy.overlays[rule.rule.id])
    }

    /// Whether a scan judged by the same definition.
    func isRecorded(of rule: String, in outline: PolicyOutline) -> Bool {
        self == RuleDefinition(files: outline.files.filter { files[$0.key] != nil }, outline.policy.overlays[rule])
    }
}

/// Names contents as git does, each once.
struct ContentNames {
    private var names: [[UInt8]: String] = [:]

    mutating func name(of source: SourceFile) throws(GitError) -> String {
        if let name = names[source.bytes] { return name }
        let name = try Repository.blobID(of: source.bytes).description
        names[source.bytes] = name
        return name
    }
}
