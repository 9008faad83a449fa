public import Documents
public import Resources

/// Judges the resources of a text by many rules at once, on several threads. Nothing but the resource at hand is kept in
/// memory: relations find their targets through an index and read them again.
public struct BulkEvaluator: Sendable {
    /// A rule with the values of its parameters.
    public struct Assignment: Sendable {
        public var rule: Rule
        public var settings: [String: JSON]

        public init(_ rule: Rule, settings: [String: JSON] = [:]) {
            self.rule = rule
            self.settings = settings
        }
    }

    /// What is known of the text as a whole.
    public struct Facts: Sendable {
        /// The moment that ages are counted to.
        public var now: Timestamp
        /// The types that were asked for; nil where nobody says: then those that the text has.
        public var types: Set<String>?
        public var gaps: [CollectionGap]
        /// Whom the tenant trusts.
        public var trust: Trust

        public init(now: Timestamp, types: Set<String>? = nil, gaps: [CollectionGap] = [], trust: Trust = Trust()) {
            self.trust = trust
            self.now = now
            self.types = types
            self.gaps = gaps
        }
    }

    let assignments: [Assignment]
    let catalog: ResourceCatalog
    /// By type, sorted by name.
    let programs: [Program]
    let facts: Facts

    public init(
        _ assignments: [Assignment], catalog: ResourceCatalog, fragments: [String: Condition] = [:],
        tables: [String: Table] = [:], facts: Facts
    ) {
        self.assignments = assignments
        self.catalog = catalog
        self.facts = facts
        var compilers: [String: ProgramCompiler] = [:]
        for (index, assignment) in assignments.enumerated() {
            for type in assignment.rule.resources {
                compilers[
                    type, default: ProgramCompiler(type: type, catalog: catalog, fragments: fragments, tables: tables)
                ]
                .add(assignment.rule, index: index, settings: assignment.settings)
            }
        }
        programs = compilers.sorted { $0.key < $1.key }.map { $0.value.finish() }
    }

    /// Judges all resources.
    ///
    /// - Parameters:
    ///   - jobs: how many threads work at once.
    ///   - keepsVerdicts: whether every verdict is kept, or counts alone.
    public func run(
        _ text: SnapshotText, jobs: Int, keepsVerdicts: Bool
    ) async throws(BulkError) -> BulkResults {
        let relations = programs.flatMap(\.relations)
        let chunks = text.chunks(jobs == 1 ? 1 : jobs * 8)
        let first = try await map(chunks, jobs: jobs) { [self] chunk in
            BulkWorker(self, text, relations: nil, keepsVerdicts: keepsVerdicts)
                .judge(chunk, RelationTable(relations, catalog: catalog))
        }
        var results = BulkResults(assignments.map(\.rule.id))
        var table = RelationTable(relations, catalog: catalog)
        var types: Set<String> = []
        var deferred: [BulkWorker.Deferred] = []
        for part in first {
            results.add(part.results)
            table.merge(part.table)
            types.formUnion(part.types)
            deferred += part.deferred
        }
        let known = facts.types ?? types
        let finalTable = table
        let slices = deferred.isEmpty ? [] : Self.slices(deferred, jobs == 1 ? 1 : jobs * 4)
        let second = try await map(slices, jobs: jobs) { [self] slice in
            let relations = TextRelations(
                text, table: finalTable, facts: RelationTable.Facts(types: known, gaps: facts.gaps))
            return BulkWorker(self, text, relations: relations, keepsVerdicts: keepsVerdicts).judge(slice)
        }
        for part in second { results.add(part) }
        addLists(known, to: &results)
        results.finish()
        return results
    }

    /// Lists that were not asked for, or could not be read: nothing is known of what they hold.
    private func addLists(_ types: Set<String>, to results: inout BulkResults) {
        for (index, assignment) in assignments.enumerated() {
            for type in assignment.rule.resources {
                var causes: [(UnknownCause, String)] = []
                if !types.contains(type) { causes.append((RelationGap.notCollected(type).cause, "*")) }
                for gap in facts.gaps where gap.type == type { causes.append((gap.cause, gap.region)) }
                for (cause, region) in causes {
                    var verdict = Verdict(
                        rule: assignment.rule.id, type: type, id: "*", arn: "", region: region, account: "*",
                        kind: .unknown)
                    verdict.setUnknown([cause], by: assignment.rule)
                    results.add(verdict, rule: index)
                }
            }
        }
    }

    private static func slices<Element>(_ list: [Element], _ number: Int) -> [[Element]] {
        let size = max(1, (list.count + number - 1) / number)
        return stride(from: 0, to: list.count, by: size).map { Array(list[$0..<min($0 + size, list.count)]) }
    }

    /// Works on all inputs, `jobs` at once; the outcomes stand in the inputs' order.
    private func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], jobs: Int, _ work: @escaping @Sendable (Input) -> Result<Output, BulkError>
    ) async throws(BulkError) -> [Output] {
        guard jobs > 1, inputs.count > 1 else {
            var outputs: [Output] = []
            for input in inputs { outputs.append(try work(input).get()) }
            return outputs
        }
        let results = await withTaskGroup(of: (Int, Result<Output, BulkError>).self) { group in
            var next = 0
            var results = [Result<Output, BulkError>?](repeating: nil, count: inputs.count)
            func start() {
                guard next < inputs.count else { return }
                let (index, input) = (next, inputs[next])
                group.addTask { (index, work(input)) }
                next += 1
            }
            for _ in 0..<jobs { start() }
            while let (index, result) = await group.next() {
                results[index] = result
                start()
            }
            return results
        }
        var outputs: [Output] = []
        for case let result? in results { outputs.append(try result.get()) }
        return outputs
    }
}

/// Why a text cannot be judged.
public struct BulkError: Error, Sendable, CustomStringConvertible {
    public var message: String
    /// The line of the text in which the record starts, from 1.
    public var line: Int

    public var description: String { "line \(line): \(message)" }
}
