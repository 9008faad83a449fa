import Documents
import Resources
import Testing

@testable import Rules

/// Resource types made for tests: no AWS model is needed to see what operators do.
enum Sample {
    static let schema = Schema.structure([
        "text": .text(values: []), "flag": .boolean, "size": .integer, "share": .number, "time": .timestamp,
        "free": .any, "policy": .policyDocument, "low": .integer, "high": .integer,
        "state": .text(values: ["on", "off"]),
        "names": .list(.text(values: [])), "sizes": .list(.integer), "inner": .structure(["text": .text(values: [])]),
        "rules": .list(.structure(["cidr": .text(values: []), "port": .integer, "names": .list(.text(values: []))])),
        "policies": .list(.structure(["document": .policyDocument])), "boundary": .policyDocument,
        "defaulted": .text(values: []), "ages": .map(.integer),
        "blocks": .list(.structure(["CidrIp": .text(values: [])])),
        "filters": .list(
            .structure([
                "IpProtocol": .text(values: []), "FromPort": .integer, "ToPort": .integer,
                "IpRanges": .list(.structure(["CidrIp": .text(values: [])])),
                "PrefixListIds": .list(.structure(["PrefixListId": .text(values: [])])),
            ])),
        "entries": .list(
            .structure([
                "RuleNumber": .integer, "RuleAction": .text(values: []), "Egress": .boolean,
                "Protocol": .text(values: []),
                "CidrBlock": .text(values: []),
            ])),
    ])

    static let catalog: ResourceCatalog = {
        let types = ["Test::Sample", "Test::Other"].map { name in
            var diagnostics = FileDiagnostics(
                file: SourceFile(
                    path: "sample.yaml",
                    text: """
                        resource: \(name)
                        always: account
                        arn: x
                        defaults: {defaulted: meant}
                        relations:
                          others: {to: Test::Other, scope: region, inverse: samples}
                          everywhere: {to: Test::Other, scope: account, inverse: everyone}
                          named: {to: Test::Other, key: {names: text}, inverse: named_by}
                        """))
            guard let manifest = Manifest.parse(&diagnostics) else { fatalError("\(diagnostics.found)") }
            return ResourceType(manifest: manifest, schema: schema)
        }
        return ResourceCatalog(types)
    }()

    static let tables: [String: Table] = {
        var diagnostics = FileDiagnostics(
            file: SourceFile(
                path: "runtimes.yaml",
                text: """
                    table: runtimes
                    key: runtime
                    columns: {runtime: text, ends: timestamp, major: integer}
                    source: https://example.com/runtimes
                    updated: 2026-01-01
                    rows:
                      - {runtime: python3.8, ends: 2025-01-01, major: 3}
                      - {runtime: node22, ends: 2027-04-30, major: 22}
                      - {runtime: "3.10"}
                    """))
        guard let table = TableParser.parse(&diagnostics) else { fatalError("\(diagnostics.found)") }
        return [table.name: table]
    }()

    static let now = Timestamp("2026-01-15T00:00:00Z") ?? Timestamp(seconds: 0)

    static func resource(_ config: JSON, uncollected: [String: String] = [:], tags: [String: String] = [:]) -> Resource
    {
        Resource(
            type: "Test::Sample", id: "s", arn: "arn:s", account: "111122223333", region: "eu-west-1", tags: tags,
            config: config, uncollected: uncollected)
    }

    /// What a condition says of a document. What stands at `hide` is marked as not collected.
    static func truth(
        _ condition: Condition, _ resource: Resource, others: [Resource] = [], gaps: [CollectionGap] = [],
        parameters: [String: JSON] = [:]
    ) -> (truth: Truth, witnesses: Witnesses) {
        let snapshot = Snapshot(
            account: resource.account, partition: "aws", regions: [resource.region], collectedAt: now,
            types: Set(catalog.names), gaps: gaps, resources: [resource] + others)
        let context = EvaluationContext(catalog: catalog, snapshot: snapshot)
        guard let type = catalog[resource.type] else { fatalError("no type") }
        var compiler = ProgramCompiler(type: resource.type, catalog: catalog, fragments: [:], tables: tables)
        compiler.parameters = parameters
        let index = compiler.compile(condition, .root(type))
        let program = compiler.finish()
        let relations = SnapshotRelations(program.relations, context.store, snapshot, catalog: catalog)
        let machine = Machine(program, now: context.now, relations: relations)
        let ordinal = (context.store.ordinals[resource.type] ?? 0..<0).first { ordinal in
            context.store.view(ordinal)?.id.string == resource.id
        }
        guard let view = ordinal.flatMap({ context.store.view($0) }) else { fatalError("no resource") }
        machine.load(view)
        return withUnsafePointer(to: view) { pointer in
            let place = Machine.Place(base: view.config, pointer: [], resource: pointer, isRoot: true)
            let truth = machine.truth(index, place.scope)
            var collector = WitnessCollector(machine)
            collector.gather(index, at: place)
            var walker = TreeWalker(resource, in: snapshot, catalog: catalog)
            walker.parameters = parameters
            walker.tables = tables
            #expect(walker.truth(condition, walker.root) == truth, "the tree walker says otherwise")
            return (truth, collector.witnesses)
        }
    }
}

extension Sample {
    /// A rule that fails where a condition holds.
    static func rule(_ id: String, _ condition: Condition, on types: [String] = ["Test::Sample"]) -> Rule {
        let span = Span(line: 1, column: 1)
        return Rule(
            id: id, title: id, severity: .high, resources: types, category: nil, parameters: [], applicability: nil,
            polarity: .failWhen, condition: condition, message: nil, remediation: Rule.Remediation(), references: [],
            owner: nil, status: .stable, onUnknown: .report, aliases: [], replaces: nil, link: nil, tests: [],
            path: "\(id).yaml", resourceSpans: types.map { _ in span }, idSpan: span)
    }
}
