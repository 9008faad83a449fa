public import Documents

/// The files that people write, each with a JSON Schema (draft 2020-12) by which editors complete and check them; and
/// findings and reviews, for programs that read them.
public enum FileFormat: String, Sendable, CaseIterable {
    case rule, tenant, framework, waiver, settings, fragment, table, findings, review

    /// Where such files stand in a repository.
    public var place: String {
        switch self {
        case .rule: "policies/**/*.yaml"
        case .tenant: "tenants/*.yaml"
        case .framework: "frameworks/*.yaml"
        case .waiver: "waivers/*.yaml"
        case .settings: "parapet.yaml"
        case .fragment: "policies/fragments/*.yaml"
        case .table: "policies/tables/*.yaml"
        case .findings: "TENANT/findings.json on the results branch"
        case .review: "parapet review --format json"
        }
    }

    /// The schema, which stands alone: it refers to nothing outside.
    public func schema(_ vocabulary: SchemaVocabulary) -> JSON {
        let (schema, definitions): (JSON, JSONObject) =
            switch self {
            case .rule: (RuleSchema.rule(vocabulary), ConditionSchema.definitions)
            case .fragment: (RuleSchema.fragment(vocabulary), ConditionSchema.definitions)
            case .tenant: (TenantSchema.tenant(vocabulary), TenantSchema.definitions)
            case .framework: (FrameworkSchema.framework(vocabulary), [:])
            case .waiver: (WaiverSchema.waiver(vocabulary), [:])
            case .settings: (SettingsSchema.settings, [:])
            case .table: (TableSchema.table, [:])
            case .findings: (FindingsSchema.findings(), FindingsSchema.definitions)
            case .review: (ReviewSchema.review, ReviewSchema.definitions)
            }
        var object = schema.object ?? [:]
        object["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        object["title"] = .string("Parapet: \(rawValue) (\(place))")
        if !definitions.isEmpty { object["$defs"] = .object(definitions) }
        return .object(object)
    }
}

/// The names that files can hold, for completions. Only types, regions and scanners are complete: rules and frameworks
/// can be a repository's own.
public struct SchemaVocabulary: Sendable {
    public var types: [String]
    public var regions: [String]
    public var scanners: [String]
    public var rules: [String]
    public var frameworks: [String]

    public init(types: [String], regions: [String], scanners: [String], rules: [String], frameworks: [String]) {
        self.types = types
        self.regions = regions
        self.scanners = scanners
        self.rules = rules
        self.frameworks = frameworks
    }
}
