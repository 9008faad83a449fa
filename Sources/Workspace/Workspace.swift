public import Documents
public import Posture
internal import Resources
public import Rules

/// Everything that a revision says: settings, tenants, rules, fragments, tables,
/// frameworks, waivers.
public struct Workspace: Sendable {
    public var settings: Settings
    public var tenants: [Tenant]
    public var rules: [LoadedRule]
    public var fragments: [String: Fragment]
    public var tables: [String: Table] = [:]
    public var frameworks: [String: Framework]
    /// The files of fragments and tables, by path.
    public var sources: [String: SourceFile] = [:]
    public var waivers: [Waiver] = []
    /// Files of waivers that have faults.
    public var malformedWaivers: [MalformedWaiver] = []

    /// The rules that run for a tenant unless it disables them: stable built-in ones of its enabled scanners, and all of
    /// the repository's own.
    public func rules(for tenant: Tenant) -> [LoadedRule] {
        rules.filter { rule in
            switch rule.origin {
            case .repository: true
            case .builtin(let scanner): rule.rule.status == .stable && tenant.scanners.contains(scanner)
            }
        }
    }

    public func frameworks(for tenant: Tenant) -> [Framework] {
        tenant.frameworks.compactMap { frameworks[$0] }
    }

    /// Enabled scanners for which there is no built-in rule, so that nothing is judged.
    public func idleScanners(of tenant: Tenant) -> [String] {
        var active: Set<String> = []
        for rule in rules { if case .builtin(let scanner) = rule.origin { active.insert(scanner) } }
        return tenant.scanners.subtracting(active).sorted()
    }
}

/// A rule and where it is from.
public struct LoadedRule: Sendable {
    public enum Origin: Sendable, Equatable {
        /// Part of the program, for a scanner.
        case builtin(scanner: String)
        /// The repository's own.
        case repository
    }

    public var rule: Rule
    public var source: SourceFile
    public var origin: Origin
}
