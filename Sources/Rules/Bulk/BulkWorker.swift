internal import Documents
internal import Resources

/// One thread's part of a bulk evaluation, with machines and a parser of its own.
struct BulkWorker {
    /// A verdict that waits until relations can be followed.
    struct Deferred: Sendable {
        /// Where the resource's record starts.
        var record: Int
        var program: Int
        var entry: Int
    }

    /// What the first pass over a chunk finds.
    struct Part: Sendable {
        var results: BulkResults
        var table: RelationTable
        /// The types of the resources.
        var types: Set<String> = []
        var deferred: [Deferred] = []
    }

    private let evaluator: BulkEvaluator
    private let text: SnapshotText
    private let machines: [Machine]
    private let judges: [[RuleJudge]]
    private let keepsVerdicts: Bool

    init(
        _ evaluator: BulkEvaluator, _ text: SnapshotText, relations: (any RelationSource)?, keepsVerdicts: Bool
    ) {
        self.evaluator = evaluator
        self.text = text
        self.keepsVerdicts = keepsVerdicts
        let machines = evaluator.programs.map {
            Machine($0, now: evaluator.facts.now, relations: relations, trust: evaluator.facts.trust)
        }
        self.machines = machines
        judges = zip(evaluator.programs, machines).map { program, machine in
            program.rules.map { entry in
                let assignment = evaluator.assignments[entry.rule]
                return RuleJudge(assignment.rule, settings: assignment.settings, entry: entry, machine: machine)
            }
        }
    }

    /// The first pass: what relations lead to is not known yet.
    func judge(_ chunk: SnapshotText.Chunk, _ table: RelationTable) -> Result<Part, BulkError> {
        var part = Part(results: BulkResults(evaluator.assignments.map(\.rule.id)), table: table)
        let targets = Set(table.targets)
        var types = TypeNames(evaluator.programs.map(\.type), targets: targets)
        var reader: RecordReader
        do { reader = try RecordReader() } catch { return .failure(BulkError(message: error.message, line: 0)) }
        var fault: BulkError?
        text.forEachRecord(in: chunk) { start, bytes in
            guard fault == nil else { return }
            let outcome = reader.read(bytes, isPadded: text.isPadded(bytes)) { view in
                let type = types.lookup(view.type.text)
                part.results.countResource()
                if type.isTarget { part.table.insert(view, ordinal: start) }
                if let program = type.program { judge(view, program, record: start, &part) }
            }
            if let message = outcome { fault = BulkError(message: message, line: text.line(of: start)) }
        }
        part.types = types.seen
        return fault.map { .failure($0) } ?? .success(part)
    }

    private func judge(_ view: ResourceView, _ program: Int, record: Int, _ part: inout Part) {
        let machine = machines[program]
        machine.load(view)
        withUnsafePointer(to: view) { pointer in
            let scope = Machine.Scope(base: view.config, resource: pointer, isRoot: true)
            for index in machine.program.rules.indices {
                let entry = machine.program.rules[index]
                machine.state.pointee.isDeferred = false
                var kind = machine.kind(entry, scope)
                // A failure is certain, but what it rests on may lie behind a relation.
                let waits = kind == .unknown || keepsVerdicts && kind == .fail
                if waits, machine.state.pointee.isDeferred {
                    part.deferred.append(Deferred(record: record, program: program, entry: index))
                } else if keepsVerdicts {
                    part.results.add(judges[program][index].verdict(on: view), rule: entry.rule)
                } else {
                    if kind == .unknown, entry.onUnknownFails { kind = .fail }
                    part.results.add(kind, rule: entry.rule)
                }
            }
        }
    }

    /// The second pass: the verdicts that depend on relations.
    func judge(_ deferred: [Deferred]) -> Result<BulkResults, BulkError> {
        var results = BulkResults(evaluator.assignments.map(\.rule.id))
        var reader: RecordReader
        do { reader = try RecordReader() } catch { return .failure(BulkError(message: error.message, line: 0)) }
        for item in deferred {
            let bytes = text.record(at: item.record)
            let fault = reader.read(bytes, isPadded: text.isPadded(bytes)) { view in
                let judge = judges[item.program][item.entry]
                if keepsVerdicts {
                    results.add(judge.verdict(on: view), rule: judge.entry.rule)
                } else {
                    results.add(judge.kind(of: view), rule: judge.entry.rule)
                }
            }
            if let fault { return .failure(BulkError(message: fault, line: text.line(of: item.record))) }
        }
        return .success(results)
    }
}

/// Finds the program of a type by the bytes of its name.
private struct TypeNames {
    struct Entry {
        var name: [UInt8]
        var program: Int?
        var isTarget: Bool
        var isSeen = false
    }

    private var entries: [Entry]
    private var last = 0

    init(_ programs: [String], targets: Set<String>) {
        entries = programs.enumerated().map { index, name in
            Entry(name: Array(name.utf8), program: index, isTarget: targets.contains(name))
        }
        for name in targets.subtracting(programs).sorted() {
            entries.append(Entry(name: Array(name.utf8), program: nil, isTarget: true))
        }
    }

    var seen: Set<String> { Set(entries.filter(\.isSeen).map { String(decoding: $0.name, as: UTF8.self) }) }

    mutating func lookup(_ name: UnsafeBufferPointer<UInt8>) -> (program: Int?, isTarget: Bool) {
        if last >= entries.count || !matches(last, name) {
            if let index = entries.indices.first(where: { matches($0, name) }) {
                last = index
            } else {
                entries.append(Entry(name: Array(name), program: nil, isTarget: false))
                last = entries.count - 1
            }
        }
        entries[last].isSeen = true
        return (entries[last].program, entries[last].isTarget)
    }

    private func matches(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        entries[index].name.withUnsafeBufferPointer { $0.hasSameBytes(as: name) }
    }
}
