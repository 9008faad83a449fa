import AWSModels
import Collection
import Documents
import Resources
import Rules

enum Fixtures {
    /// The built-in resource types.
    static func catalog() throws -> ResourceCatalog { try ResourceCatalog.builtin(models: ModelLibrary.builtin()) }

    /// A plan for the types of some scanners.
    static func plan(_ scanners: Set<String>, rules: [Rule] = []) throws -> CollectionPlan {
        let catalog = try catalog()
        return CollectionPlan(
            catalog: catalog, scanners: scanners,
            dependencies: RuleDependencies(rules, fragments: [:], catalog: catalog))
    }

    static func collect(
        _ plan: CollectionPlan, _ caller: ScriptedCaller, regions: [String] = ["eu-west-1", "us-east-1"],
        concurrency: Int = 8
    ) async -> Snapshot {
        let target = Collector.Target(
            account: "111122223333", partition: "aws", regions: regions, globalRegion: "us-east-1")
        return await Collector(plan: plan, target: target, client: caller, concurrency: concurrency)
            .collect(at: Timestamp(seconds: 1_768_435_200))
    }

    static var noDependencies: RuleDependencies {
        RuleDependencies([], fragments: [:], catalog: ResourceCatalog([ResourceType]()))
    }

    static func rule(_ text: String) throws -> Rule {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "rule.yaml", text: text))
        guard let rule = RuleParser.parse(&diagnostics) else { throw FixtureError(text: "\(diagnostics.found)") }
        return rule
    }
}

struct FixtureError: Error {
    var text: String
}
