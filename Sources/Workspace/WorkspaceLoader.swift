internal import Builtin
public import Documents
internal import Posture
public import Resources
internal import Rules

/// Reads a revision whole: every fault of every file at once.
public struct WorkspaceLoader {
    /// No configuration file may be larger.
    static let sizeLimit = YAMLLimits().size

    private let catalog: ResourceCatalog
    private var requiresTests = true
    private(set) var vocabulary: Vocabulary
    var diagnostics: [Diagnostic] = []
    var workspace = Workspace(settings: Settings(), tenants: [], rules: [], fragments: [:], frameworks: [:])

    private init(catalog: ResourceCatalog, regions: [String]) {
        self.catalog = catalog
        vocabulary = Vocabulary(regions: regions)
    }

    /// Reads everything.
    ///
    /// - Parameter needsSettings: whether a tree without `parapet.yaml` is a fault.
    /// - Returns: the workspace as far as it could be read, and all diagnostics in reading order.
    public static func load(
        _ tree: some FileTree, catalog: ResourceCatalog, regions: [String], needsSettings: Bool = true
    ) throws(WorkspaceError) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        var loader = WorkspaceLoader(catalog: catalog, regions: regions)
        let builtin = BuiltinTree()
        try loader.loadRules(tree, folder: "policies", builtin: builtin)
        try loader.loadFrameworks(builtin, folder: "frameworks", areBuiltin: true)
        try loader.loadFrameworks(tree, folder: "frameworks", areBuiltin: false)
        try loader.loadSettings(tree, isNeeded: needsSettings)
        try loader.loadTenants(tree)
        try loader.loadWaivers(tree)
        return (loader.workspace, loader.diagnostics.sorted(by: Diagnostic.inReadingOrder))
    }

    /// Reads a folder of rules and fragments alone, without the built-in ones.
    ///
    /// - Parameter requiresTests: whether a rule without tests is a fault.
    public static func loadRules(
        _ tree: some FileTree, catalog: ResourceCatalog, requiresTests: Bool = true
    ) throws(WorkspaceError) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        var loader = WorkspaceLoader(catalog: catalog, regions: [])
        loader.requiresTests = requiresTests
        try loader.loadRules(tree, folder: "", builtin: nil)
        return (loader.workspace, loader.diagnostics.sorted(by: Diagnostic.inReadingOrder))
    }

    /// Reads `parapet.yaml` alone.
    public static func settings(of tree: some FileTree) throws(WorkspaceError) -> (Settings, diagnostics: [Diagnostic])
    {
        guard let entry = try tree.file(at: "parapet.yaml") else { return (Settings(), []) }
        var loader = WorkspaceLoader(catalog: ResourceCatalog([ResourceType]()), regions: [])
        guard let source = try loader.source(entry, tree) else { return (Settings(), loader.diagnostics) }
        var file = FileDiagnostics(file: source)
        return (SettingsParser.parse(&file), file.found)
    }

    // MARK: Files

    /// The YAML files of a folder, read; what cannot be read becomes a diagnostic.
    private mutating func sources(_ tree: some FileTree, _ folder: String) throws(WorkspaceError) -> [SourceFile] {
        var sources: [SourceFile] = []
        for entry in try tree.files(under: folder) where Self.isConfiguration(entry) {
            if let source = try source(entry, tree) { sources.append(source) }
        }
        return sources
    }

    /// A link without an extension may be a folder of files that would silently not be read.
    static func isConfiguration(_ entry: FileTreeEntry) -> Bool {
        if entry.path.hasSuffix(".yaml") || entry.path.hasSuffix(".yml") { return true }
        return entry.kind == .other && !(entry.path.split(separator: "/").last ?? "").contains(".")
    }

    mutating func source(_ entry: FileTreeEntry, _ tree: some FileTree) throws(WorkspaceError) -> SourceFile? {
        guard entry.kind == .file else {
            diagnostics.append(
                Diagnostic(
                    code: "file/link", message: "is no regular file; links are not followed", path: entry.path,
                    help: "put the file itself here"))
            return nil
        }
        do {
            return SourceFile(path: entry.path, bytes: try tree.read(entry, limit: Self.sizeLimit))
        } catch {
            guard error.code == .tooLarge else { throw error }
            diagnostics.append(
                Diagnostic(
                    code: "yaml/too-large", message: "the file has more than the \(Self.sizeLimit) bytes that are read",
                    path: entry.path, help: "split it into several files"))
            return nil
        }
    }

    // MARK: Rules

    private mutating func loadRules(_ tree: some FileTree, folder: String, builtin: BuiltinTree?) throws(WorkspaceError)
    {
        let own = try sources(tree, folder)
        var builtinSources: [String: SourceFile] = [:]
        var parsed: [(rule: Rule, diagnostics: FileDiagnostics, origin: LoadedRule.Origin)] = []
        if let builtin {
            for source in try sources(builtin, "policies") {
                var file = FileDiagnostics(file: source)
                if Self.isTable(source.path) {
                    loadTable(&file)
                    continue
                }
                let scanner = source.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
                if let rule = RuleParser.parse(&file) {
                    builtinSources[rule.id] = source
                    parsed.append((rule, file, .builtin(scanner: scanner)))
                }
            }
        }
        var fragmentFiles: [(fragment: Fragment, diagnostics: FileDiagnostics)] = []
        for source in own {
            var file = FileDiagnostics(file: source)
            if Self.isTable(source.path) {
                loadTable(&file)
            } else if Self.isFragment(source.path) {
                if let fragment = FragmentParser.parse(&file) {
                    if let other = workspace.fragments[fragment.name] {
                        file.error(
                            "fragment/duplicate", "there is a fragment `\(fragment.name)` already", at: nil,
                            help: "it stands in \(other.path)")
                    }
                    workspace.fragments[fragment.name] = fragment
                    workspace.sources[source.path] = source
                    fragmentFiles.append((fragment, file))
                } else {
                    diagnostics += file.found
                }
            } else if let rule = RuleParser.parse(&file) {
                if OwnRule(rawValue: rule.id) != nil {
                    file.error(
                        "rule/reserved-id", "`\(rule.id)` is what Parapet calls a finding of its own", at: rule.idSpan,
                        help: "give the rule another id")
                }
                let isSameAsBuiltin = builtinSources[rule.id].map { Self.isSame(source, $0) } ?? false
                if isSameAsBuiltin, let index = parsed.firstIndex(where: { $0.rule.id == rule.id }) {
                    // The built-in rule itself, with its tests: the project's own repository.
                    parsed[index] = (rule, file, parsed[index].origin)
                } else {
                    parsed.append((rule, file, .repository))
                }
            } else {
                diagnostics += file.found
            }
        }
        resolveNames(&parsed)
        for entry in fragmentFiles {
            var file = entry.diagnostics
            RuleChecker(catalog: catalog, fragments: workspace.fragments, tables: workspace.tables)
                .check(entry.fragment, at: nil, &file)
            diagnostics += file.found
        }
        for entry in parsed {
            var file = entry.diagnostics
            let isEmbedded = entry.diagnostics.file == builtinSources[entry.rule.id]
            let checker = RuleChecker(
                catalog: catalog, fragments: workspace.fragments, tables: workspace.tables,
                requiresTests: requiresTests && !isEmbedded)
            let rule = checker.check(entry.rule, &file)
            diagnostics += file.found
            workspace.rules.append(LoadedRule(rule: rule, source: file.file, origin: entry.origin))
        }
        workspace.rules.sort { $0.rule.id < $1.rule.id }
        vocabulary.rules = Dictionary(workspace.rules.map { ($0.rule.id, $0.rule) }) { first, _ in first }
    }

    private mutating func loadTable(_ file: inout FileDiagnostics) {
        if let table = TableParser.parse(&file) {
            if let other = workspace.tables[table.name], other.path != table.path {
                file.error(
                    "table/duplicate", "there is a table `\(table.name)` already", at: nil,
                    help: "it stands in \(other.path)")
            }
            workspace.tables[table.name] = table
            workspace.sources[table.path] = file.file
        }
        diagnostics += file.found
    }

    /// Two rules with one id are an error, unless one says that it replaces the other.
    private mutating func resolveNames(
        _ parsed: inout [(rule: Rule, diagnostics: FileDiagnostics, origin: LoadedRule.Origin)]
    ) {
        var first: [String: String] = [:]
        let builtin = parsed.filter { $0.origin != .repository }.map(\.rule.id)
        for index in parsed.indices where parsed[index].origin == .repository && !builtin.isEmpty {
            let rule = parsed[index].rule
            guard let replaced = rule.replaces else { continue }
            vocabulary.replacements[replaced] = rule.id
            guard !builtin.contains(replaced) else { continue }
            parsed[index].diagnostics.error(
                "rule/unknown-replaces", "there is no built-in rule `\(replaced)` to replace", at: rule.idSpan,
                help: suggestion(for: replaced, among: builtin))
        }
        parsed.removeAll { $0.origin != .repository && vocabulary.replacements[$0.rule.id] != nil }
        for index in parsed.indices.sorted(by: { parsed[$0].origin != .repository && parsed[$1].origin == .repository })
        {
            let rule = parsed[index].rule
            if let path = first[rule.id] {
                let isBuiltin = parsed.contains { $0.rule.id == rule.id && $0.origin != .repository }
                parsed[index].diagnostics.error(
                    "rule/duplicate-id", "there is a rule `\(rule.id)` already", at: rule.idSpan,
                    help: isBuiltin
                        ? "it is built in; write `replaces: \(rule.id)` to put yours in its place"
                        : "it stands in \(path)")
            }
            first[rule.id] = rule.path
        }
    }

    private static func isFragment(_ path: String) -> Bool {
        path.hasPrefix("fragments/") || path.hasPrefix("policies/fragments/")
    }

    private static func isTable(_ path: String) -> Bool {
        path.hasPrefix("tables/") || path.hasPrefix("policies/tables/")
    }

    /// Whether a rule's file is the built-in one: equal up to the tests, which are not embedded.
    private static func isSame(_ source: SourceFile, _ builtin: SourceFile) -> Bool {
        guard source.bytes.starts(with: builtin.bytes) else { return false }
        let rest = source.bytes.dropFirst(builtin.bytes.count)
        return rest.isEmpty || rest.starts(with: Array("tests:".utf8))
    }

    // MARK: Frameworks, settings, tenants

    private mutating func loadFrameworks(_ tree: some FileTree, folder: String, areBuiltin: Bool) throws(WorkspaceError)
    {
        let known = workspace.rules.map(\.rule.id)
        for source in try sources(tree, folder) {
            var file = FileDiagnostics(file: source)
            let (read, mentioned) = FrameworkParser.parse(&file)
            for rule in mentioned where !known.contains(rule.text) && vocabulary.replacements[rule.text] == nil {
                file.error(
                    "framework/unknown-rule", "there is no rule `\(rule.text)`", at: rule.span,
                    help: suggestion(for: rule.text, among: known))
            }
            if var framework = read {
                if !areBuiltin, let other = workspace.frameworks[framework.id],
                    BuiltinFiles.bytes(other.path) != source.bytes
                {
                    file.error(
                        "framework/duplicate", "there is a framework `\(framework.id)` already", at: nil,
                        help: "give it another name")
                }
                for index in framework.controls.indices {
                    framework.controls[index].rules = framework.controls[index].rules.map {
                        vocabulary.replacements[$0] ?? $0
                    }
                }
                workspace.frameworks[framework.id] = framework
                vocabulary.frameworks.insert(framework.id)
            }
            diagnostics += file.found
        }
    }

    private mutating func loadSettings(_ tree: some FileTree, isNeeded: Bool) throws(WorkspaceError) {
        guard let entry = try tree.file(at: "parapet.yaml") else {
            guard isNeeded else { return }
            diagnostics.append(
                Diagnostic(
                    code: "settings/missing", message: "there is no such file: this is not a Parapet repository",
                    path: "parapet.yaml", help: "`parapet init` makes one; then commit it"))
            return
        }
        guard let source = try source(entry, tree) else { return }
        var file = FileDiagnostics(file: source)
        workspace.settings = SettingsParser.parse(&file)
        diagnostics += file.found
    }

    private mutating func loadTenants(_ tree: some FileTree) throws(WorkspaceError) {
        let sources = try sources(tree, "tenants")
        var defaults = TenantKeys()
        if let source = sources.first(where: { $0.path == "tenants/_defaults.yaml" }) {
            var file = FileDiagnostics(file: source)
            defaults = TenantParser.parseDefaults(vocabulary: vocabulary, &file)
            diagnostics += Self.hidingExternalIDs(file.found)
        }
        var names: [String: String] = [:]
        var externalIDs: [String: String] = [:]
        for source in sources where source.path != "tenants/_defaults.yaml" {
            var file = FileDiagnostics(file: source)
            if let (tenant, span) = TenantParser.parse(defaults: defaults, vocabulary: vocabulary, &file) {
                if let path = names.updateValue(source.path, forKey: tenant.name) {
                    file.error(
                        "tenant/duplicate", "there is a tenant `\(tenant.name)` already", at: tenant.span,
                        help: "it stands in \(path)")
                }
                if let path = externalIDs.updateValue(source.path, forKey: tenant.externalID) {
                    file.error(
                        "tenant/shared-external-id", "another tenant has the same `external_id`", at: span,
                        help: "it stands in \(path); every tenant needs one of its own: openssl rand -hex 16")
                }
                workspace.tenants.append(tenant)
            }
            diagnostics += Self.hidingExternalIDs(file.found)
        }
        workspace.tenants.sort { $0.name < $1.name }
    }

    /// Leaves out the excerpts that could show an ExternalId: diagnostics end up in public logs.
    private static func hidingExternalIDs(_ found: [Diagnostic]) -> [Diagnostic] {
        found.map { diagnostic in
            let texts = [diagnostic.excerpt, diagnostic.message, diagnostic.help].compactMap { $0 }
            guard texts.contains(where: { $0.contains("external_id") }) else { return diagnostic }
            var hidden = diagnostic
            hidden.excerpt = nil
            return hidden
        }
    }
}

/// The built-in files as a tree.
struct BuiltinTree: FileTree {
    func file(at path: String) -> FileTreeEntry? {
        BuiltinFiles.bytes(path) == nil ? nil : FileTreeEntry(path: path, kind: .file, handle: path)
    }

    func files(under folder: String) -> [FileTreeEntry] {
        guard let kind = BuiltinFiles.Kind(rawValue: folder) else { return [] }
        return BuiltinFiles.paths(kind).map { FileTreeEntry(path: $0, kind: .file, handle: $0) }
    }

    func read(_ entry: FileTreeEntry, limit: Int) -> [UInt8] { BuiltinFiles.bytes(entry.handle) ?? [] }
}
