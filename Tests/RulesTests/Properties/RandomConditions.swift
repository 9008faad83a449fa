import Documents
import Resources
import TestSupport

@testable import Rules

/// Makes conditions and documents at random: of `Sample`'s types, with everything that can be missing, hidden or of a
/// wrong type.
struct RandomConditions {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func one<Element>(of list: [Element]) -> Element { list[Int.random(in: list.indices, using: &generator)] }
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    // MARK: Conditions

    enum Scope { case resource, other, structure, text, integer }

    static let span = Span(line: 1, column: 1)

    mutating func condition(_ scope: Scope = .resource, depth: Int = 3) -> Condition {
        if depth > 0, chance(35) {
            let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in condition(scope, depth: depth - 1) }
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return .all(parts)
            case 1: return .any(parts)
            default: return .not(parts[0])
            }
        }
        return .test(test(scope, depth: depth))
    }

    private mutating func test(_ scope: Scope, depth: Int) -> Condition.Test {
        if scope == .resource || scope == .other, chance(8) { return documents(scope) }
        let places: [(Path.Kind, String)]
        switch scope {
        case .text: places = [(.this, "text")]
        case .integer: places = [(.this, "integer")]
        case .structure:
            places = [
                (.members(["cidr"]), "text"), (.members(["port"]), "integer"), (.members(["names"]), "texts"),
                (.range(from: ["port"], to: ["port"]), "range"), (.members(["none", "there"]), "text"),
            ]
        case .resource, .other:
            places =
                [
                    (.members(["text"]), "text"), (.members(["state"]), "text"), (.members(["flag"]), "boolean"),
                    (.members(["size"]), "integer"), (.members(["share"]), "number"), (.members(["time"]), "time"),
                    (.members(["free"]), "text"), (.members(["free", "inner"]), "text"),
                    (.members(["inner", "text"]), "text"), (.members(["inner"]), "structure"),
                    (.members(["names"]), "texts"), (.members(["sizes"]), "integers"),
                    (.members(["rules"]), "structures"), (.members(["defaulted"]), "text"),
                    (.members(["ages", "bob"]), "integer"), (.range(from: ["low"], to: ["high"]), "range"),
                    (.tag("Name"), "text"), (.tag("none"), "text"), (.region, "text"), (.account, "text"),
                ]
                + (scope == .resource || depth > 1
                    ? [
                        (.related(scope == .other ? "named_by" : "named"), "resources"),
                        (.related(scope == .other ? "samples" : "others"), "resources"),
                    ] : [])
        }
        let (kind, type) = one(of: places)
        var test = Condition.Test(
            path: Path(kind: kind, text: "p", span: Self.span), operations: [], ifAbsent: nil, span: Self.span)
        for _ in 0..<(chance(15) ? 2 : 1) { test.operations.append(operation(type, scope, depth)) }
        if chance(20), type != "resources", case let value = value(type, depth: 1), !value.isNull {
            test.ifAbsent = value
        }
        return test
    }

    private mutating func documents(_ scope: Scope) -> Condition.Test {
        let relations = scope == .other ? ["named_by", "samples"] : ["named", "others"]
        let ways =
            ["policy", "policies.document", "inner", "text"] + relations.map { "related.\($0).policies.document" }
        func way(_ text: String) -> PolicySources.Way? { PolicySources.Way(text, span: Self.span) }
        let granting = (0..<Int.random(in: 1...2, using: &generator)).compactMap { _ in way(one(of: ways)) }
        let boundary = chance(40) ? way(one(of: ["boundary", "related.\(relations[0]).policy"])) : nil
        let operation =
            chance(50)
            ? Operation(name: .admin, argument: .flag(chance(70)), span: Self.span)
            : Operation(
                name: one(of: [.allows, .denies]), argument: .grants(GrantQuery(actions: ["s3:GetObject"])),
                span: Self.span)
        let kind = Path.Kind.documents(PolicySources(granting: granting, boundary: boundary))
        return Condition.Test(
            path: Path(kind: kind, text: "documents", span: Self.span), operations: [operation], ifAbsent: nil,
            span: Self.span)
    }

    private mutating func operation(_ type: String, _ scope: Scope, _ depth: Int) -> Operation {
        func make(_ name: OperatorName, _ argument: Operation.Argument) -> Operation {
            Operation(name: name, argument: argument, span: Self.span)
        }
        if type != "range", chance(12) { return make(one(of: [.exists, .absent]), .flag(chance(50))) }
        switch type {
        case "texts", "integers", "structures", "resources":
            if type != "resources", type != "structures", chance(30) {
                let name = one(of: [OperatorName.subsetOf, .supersetOf, .intersects])
                return make(name, .operand(operand(type, list: true)))
            }
            let inner: Scope =
                switch type {
                case "texts": .text
                case "integers": .integer
                case "structures": .structure
                default: scope == .other ? .resource : .other
                }
            if chance(25) {
                let comparisons = [(name: one(of: OperatorName.comparisons), operand: operand("integer", list: false))]
                return make(.count, .count(chance(60) ? condition(inner, depth: depth - 1) : nil, comparisons))
            }
            return make(
                one(of: [.some, .every, .none]),
                .quantified(condition(inner, depth: depth - 1), binding: chance(20) ? "it" : nil))
        case "range":
            return make(one(of: [.coversAny, .coversAll, .inside]), .operand(operand("integers", list: true)))
        case "time":
            if chance(50) {
                let duration = Operation.Duration(text: "9d", seconds: one(of: [0, 3_600, 86_400 * 9]))
                return make(one(of: [.olderThan, .newerThan]), .duration(duration))
            }
            return make(one(of: [.before, .after, .lt, .gte]), .operand(operand("time", list: false)))
        case "text":
            if chance(10) { return make(.cidrIs, .cidrClass(one(of: CIDRClass.allCases))) }
            if chance(40) {
                let name = one(of: [OperatorName.glob, .startsWith, .endsWith, .contains, .matches])
                return make(
                    name,
                    .operand(
                        .literal(
                            .string(
                                one(
                                    of: ["a", "ab", "*b", "", "?", "é"].filter {
                                        name != .matches || !["*b", "?"].contains($0)
                                    })))))
            }
        case "integer", "number":
            if chance(50) { return make(one(of: [.lt, .lte, .gt, .gte]), .operand(operand(type, list: false))) }
        default: break
        }
        let name = one(of: [OperatorName.eq, .ne, .in, .notIn])
        let isList = name == .in || name == .notIn
        return make(name, .operand(operand(isList ? type + "s" : type, list: isList)))
    }

    private mutating func operand(_ type: String, list: Bool) -> Operand {
        if chance(12) {
            let path = list ? one(of: ["names", "sizes", "none"]) : one(of: ["text", "size", "free", "none"])
            return .reference(Path(kind: .members([path]), text: path, span: Self.span))
        }
        if chance(8) { return .parameter(list ? "list" : one(of: ["number", "unset"]), Self.span) }
        return .literal(list ? .array((0..<2).map { _ in scalar(type) }) : scalar(type))
    }

    // MARK: Values

    private mutating func scalar(_ type: String) -> JSON {
        switch type {
        case "boolean", "booleans": return .bool(chance(50))
        case "integer", "integers": return .integer(one(of: [0, 1, 2, 3, 22, -1, .max]))
        case "number", "numbers": return one(of: [.number(0.5), .integer(1), .number(2.0), .number(1e300)])
        case "time":
            return .string(
                one(of: [
                    "2026-01-15T00:00:00Z", "2026-01-06T00:00:00Z", "2025-12-31T23:59:59.5Z",
                    "2026-01-15T01:00:00+01:00",
                    "soon", "2026-02-30T00:00:00Z",
                ]))
        default:
            return .string(
                one(of: ["a", "b", "ab", "", "é", "e\u{301}", "0.0.0.0/0", "10.0.0.0/8", "eu-west-1", "meant", "on"]))
        }
    }

    private mutating func value(_ type: String, depth: Int) -> JSON {
        if chance(4) { return .null }
        if chance(4) { return one(of: [.string("x"), .integer(7), .array([]), .object([:]), .bool(true)]) }
        switch type {
        case "texts", "integers", "structures":
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in value(String(type.dropLast()), depth: depth) }
            )
        case "structure":
            var object = JSONObject()
            if chance(80) { object["cidr"] = scalar("text") }
            if chance(80) { object["port"] = scalar("integer") }
            if chance(60) { object["names"] = value("texts", depth: 0) }
            if chance(30) { object["text"] = scalar("text") }
            return .object(object)
        case "policy":
            let statement = { (effect: String, action: String) -> JSON in
                ["Effect": .string(effect), "Action": .string(action), "Resource": "*"]
            }
            return [
                "Statement": .array([
                    statement(one(of: ["Allow", "Allow", "Deny"]), one(of: ["*", "s3:*", "s3:GetObject", "ec2:*"]))
                ])
            ]
        case "policies":
            return .array(
                (0..<Int.random(in: 0...2, using: &generator)).map { _ in ["document": value("policy", depth: 0)] })
        default: return scalar(type)
        }
    }

    mutating func document() -> JSON {
        var object = JSONObject()
        for (name, type) in [
            ("text", "text"), ("state", "text"), ("flag", "boolean"), ("size", "integer"), ("share", "number"),
            ("time", "time"), ("free", "text"), ("inner", "structure"), ("names", "texts"), ("sizes", "integers"),
            ("rules", "structures"), ("defaulted", "text"), ("low", "integer"), ("high", "integer"),
            ("policy", "policy"), ("policies", "policies"), ("boundary", "policy"),
        ] where chance(75) {
            object[name] = value(type, depth: 2)
        }
        if chance(20) { object["free"] = ["inner": scalar("text")] }
        if chance(40) { object["ages"] = ["bob": scalar("integer")] }
        return .object(object)
    }

    /// A resource in which now and then something could not be read.
    mutating func resource(_ type: String, _ id: String) -> Resource {
        var resource = Resource(
            type: type, id: id, arn: "arn:\(id)", account: one(of: ["111122223333", "111122223333", "444455556666"]),
            region: one(of: ["eu-west-1", "eu-west-1", "us-east-1"]), tags: chance(70) ? ["Name": "a"] : [:],
            config: document())
        for _ in 0..<(chance(40) ? Int.random(in: 1...3, using: &generator) : 0) {
            let places = resource.config.places
            guard !places.isEmpty else { break }
            resource = resource.hiding(one(of: places))
        }
        if chance(5) { resource.uncollected["inner/text"] = "AccessDenied" }
        if chance(3) { resource.uncollected["tags"] = "AccessDenied" }
        return resource
    }
}
