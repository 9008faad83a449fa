import Documents
import Resources
import TestSupport
import Testing

@testable import Rules

/// Random conditions over the sample type, and random documents, parts of which could not be collected.
struct RandomSample {
    var generator: SeededGenerator

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &generator)]
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    mutating func condition(depth: Int, inElement: Bool = false) -> Condition {
        let compound = depth > 0 ? Int.random(in: 0..<6, using: &generator) : 5
        let count = Int.random(in: 1...3, using: &generator)
        switch compound {
        case 0: return .all((0..<count).map { _ in condition(depth: depth - 1, inElement: inElement) })
        case 1: return .any((0..<count).map { _ in condition(depth: depth - 1, inElement: inElement) })
        case 2: return .not(condition(depth: depth - 1, inElement: inElement))
        case 3 where !inElement: return list(depth: depth)
        default: return test(inElement ? elementTests : rootTests)
        }
    }

    private let rootTests = [
        "{text: a}", "{text: {ne: a}}", "{text: {in: [a, b]}}", "{text: {not_in: [a]}}", "{text: {exists: true}}",
        "{text: {absent: true}}",
        "{text: {glob: \"a*\"}}", "{flag: true}", "{size: {gt: 1}}", "{size: {lte: 2, if_absent: 0}}",
        "{inner.text: a}", "{low..high: {covers_any: [2]}}",
        "{time: {older_than: 10d}}", "{names: {contains: a}}", "{names: {subset_of: [a, b]}}",
        "{text: {eq: {ref: $.inner.text}}}",
        "{size: {in: {ref: $.sizes}}}", "{defaulted: meant}", "{names: {count: {gte: 2}}}", "{policy: {admin: true}}",
        "{region: eu-west-1}",
    ]
    private let elementTests = [
        "{port: 2}", "{port: {gt: 1}}", "{cidr: a}", "{cidr: {absent: true}}", "{names: {some: {this: a}}}",
        "{names: {every: {this: a}}}",
        "{names: {intersects: [a]}}", "{cidr: {eq: {ref: $.text}}}", "{port: {not_in: [1, 2], if_absent: 3}}",
    ]

    private mutating func test(_ texts: [String]) -> Condition {
        RuleParserTests.condition(pick(texts)) ?? .all([])
    }

    private mutating func list(depth: Int) -> Condition {
        Self.quantified(pick([.some, .every, .none]), condition(depth: depth - 1, inElement: true))
    }

    static func quantified(_ name: OperatorName, _ inner: Condition) -> Condition {
        let span = Span(line: 1, column: 1)
        return .test(
            Condition.Test(
                path: Path(kind: .members(["rules"]), text: "rules", span: span),
                operations: [Operation(name: name, argument: .quantified(inner, binding: nil), span: span)],
                ifAbsent: nil,
                span: span))
    }

    private mutating func text() -> JSON { .string(pick(["a", "b", "ab"])) }

    mutating func resource() -> Resource {
        var config: JSONObject = [:]
        if chance(80) { config["text"] = text() }
        if chance(80) { config["flag"] = .bool(chance(50)) }
        for key in ["size", "low", "high"] where chance(80) {
            config[key] = .integer(Int64.random(in: 0...4, using: &generator))
        }
        if chance(80) { config["inner"] = chance(80) ? ["text": text()] : [:] }
        if chance(80) { config["time"] = .string(pick(["2026-01-01T00:00:00Z", "2026-01-14T00:00:00Z", "never"])) }
        if chance(80) { config["names"] = .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in text() }) }
        if chance(80) { config["sizes"] = [1, 2] }
        if chance(50) { config["defaulted"] = text() }
        if chance(50) { config["policy"] = ["Statement": ["Effect": "Allow", "Action": "*", "Resource": "*"]] }
        if chance(90) {
            config["rules"] = .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    var rule: JSONObject = [:]
                    if chance(80) {
                        rule["port"] = chance(90) ? .integer(Int64.random(in: 0...3, using: &generator)) : "many"
                    }
                    if chance(80) { rule["cidr"] = text() }
                    if chance(80) { rule["names"] = .array([text(), text()]) }
                    return .object(rule)
                })
        }
        var resource = Sample.resource(.object(config))
        while chance(50) {
            let places = resource.config.places
            guard !places.isEmpty else { break }
            resource = resource.hiding(pick(places))
        }
        return resource
    }
}

@Suite struct KleeneTests {
    @Test(arguments: 0..<20)
    func laws(seed: Int) {
        var random = RandomSample(generator: SeededGenerator(seed: UInt64(seed)))
        for _ in 0..<50 {
            let resource = random.resource()
            let a = random.condition(depth: 3)
            let b = random.condition(depth: 3)
            let inner = random.condition(depth: 2, inElement: true)
            func truth(_ condition: Condition) -> Truth { Sample.truth(condition, resource).truth }
            #expect(truth(.not(.not(a))) == truth(a))
            #expect(truth(.not(.all([a, b]))) == truth(.any([.not(a), .not(b)])))
            #expect(truth(.not(.any([a, b]))) == truth(.all([.not(a), .not(b)])))
            #expect(truth(.all([a, b])) == truth(.all([b, a])))
            #expect(truth(.any([a, .all([a, b])])) == truth(a))
            #expect(truth(.all([a, .any([a, b])])) == truth(a))
            #expect(
                truth(RandomSample.quantified(.every, inner))
                    == truth(.not(RandomSample.quantified(.some, .not(inner)))))
            #expect(truth(RandomSample.quantified(.none, inner)) == truth(.not(RandomSample.quantified(.some, inner))))
        }
    }

    /// Knowing less never turns a truth around, and what is unknown has a cause.
    @Test(arguments: 0..<20)
    func hidingMovesOnlyToUnknown(seed: Int) {
        var random = RandomSample(generator: SeededGenerator(seed: UInt64(1_000 + seed)))
        for _ in 0..<15 {
            let resource = random.resource()
            let condition = random.condition(depth: 3)
            let before = Sample.truth(condition, resource).truth
            for place in resource.config.places {
                let after = Sample.truth(condition, resource.hiding(place))
                #expect(
                    after.truth == before || after.truth == .unknown, "\(condition) without \(place) of \(resource)")
                #expect((after.truth == .unknown) == !after.witnesses.causes.isEmpty)
            }
        }
    }

    /// The generator is worth its name.
    @Test func allTruthsOccur() {
        var random = RandomSample(generator: SeededGenerator(seed: 5))
        var counts: [String: Int] = [:]
        for _ in 0..<500 {
            let resource = random.resource()
            counts["\(Sample.truth(random.condition(depth: 3), resource).truth)", default: 0] += 1
        }
        #expect(counts.values.allSatisfy { $0 > 50 } && counts.count == 3, "\(counts)")
    }

    @Test func tables() {
        let all: [Truth] = [.true, .false, .unknown]
        for a in all {
            for b in all {
                let and: Truth = a == .false || b == .false ? .false : a == .true && b == .true ? .true : .unknown
                #expect(Truth.all([a, b]) == and)
                #expect(Truth.any([a, b]) == !Truth.all([!a, !b]))
            }
        }
        #expect(Truth.all([]) == .true)
        #expect(Truth.any([]) == .false)
    }
}
