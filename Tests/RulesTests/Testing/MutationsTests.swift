import Documents
import Testing

@testable import Rules

/// Which mutants a condition has. Each stands in the table as the condition that somebody could have written instead.
@Suite struct MutationsTests {
    static func mutants(_ text: String) throws -> [Mutation<Condition>] {
        let condition = try #require(RuleParserTests.condition(text), "\(text)")
        return Mutations(catalog: Sample.catalog)
            .mutations(of: condition, in: MutationScope("Test::Sample", in: Sample.catalog))
    }

    private func expect(_ text: String, _ wanted: [String]) throws {
        let found = try Self.mutants(text).map(\.subject.whole)
        let conditions = try wanted.map { try #require(RuleParserTests.condition($0), "\($0)").whole }
        #expect(found == conditions, "\(text)")
    }

    static let scalars: [(String, [String])] = [
        ("{text: ab}", ["{text: {ne: ab}}", "{text: a}"]),
        ("{text: {ne: ab}}", ["{text: {eq: ab}}", "{text: {ne: a}}"]),
        ("{text: \"\"}", ["{text: {ne: \"\"}}", "{text: x}"]),
        ("{text: {eq: {ref: $.inner.text}}}", ["{text: {ne: {ref: $.inner.text}}}"]),
        // Two values: the other one is all that is not this one.
        ("{state: on}", ["{state: off}"]),
        ("{flag: true}", ["{flag: false}"]),
        ("{size: 3}", ["{size: {ne: 3}}", "{size: 2}", "{size: 4}"]),
        (
            "{text: {in: [a, b, c]}}",
            [
                "{text: {not_in: [a, b, c]}}", "{text: {in: [b, c]}}", "{text: {in: [a, c]}}", "{text: {in: [a, b]}}",
            ]
        ),
        ("{text: {not_in: [ab]}}", ["{text: {in: [ab]}}", "{text: {not_in: [a]}}"]),
        ("{text: {starts_with: ab}}", ["{text: {ends_with: ab}}", "{text: {starts_with: a}}"]),
        ("{text: {ends_with: ab}}", ["{text: {starts_with: ab}}", "{text: {ends_with: b}}"]),
        ("{text: {contains: ab}}", ["{text: {contains: a}}", "{not: {text: {contains: ab}}}"]),
        ("{text: {glob: a*}}", ["{text: {glob: a}}", "{not: {text: {glob: a*}}}"]),
        (
            "{text: {glob: a*b?c}}",
            [
                "{text: {glob: ab?c}}", "{text: {glob: a*b*c}}", "{text: {glob: a*b?c*}}",
                "{not: {text: {glob: a*b?c}}}",
            ]
        ),
        (
            "{text: {matches: ^a$}}",
            ["{text: {matches: a$}}", "{text: {matches: ^a}}", "{not: {text: {matches: ^a$}}}"]
        ),
        ("{text: {matches: 'a\\$'}}", ["{not: {text: {matches: 'a\\$'}}}"]),
        ("{text: {exists: true}}", ["{text: {exists: false}}"]),
        ("{text: {absent: true}}", ["{text: {absent: false}}"]),
        ("{policy: {admin: true}}", ["{policy: {admin: false}}"]),
        ("{inner.text: {cidr_is: world}}", ["{inner.text: {cidr_is: public}}", "{inner.text: {cidr_is: private}}"]),
    ]

    @Test(arguments: scalars) func changesScalars(text: String, mutants: [String]) throws { try expect(text, mutants) }

    /// Of all the comparisons that answer alike, one.
    static let numbers: [(String, [String])] = [
        ("{size: {gte: 14}}", ["{size: {gt: 14}}", "{size: {eq: 14}}", "{size: {gte: 13}}"]),
        ("{size: {gt: 14}}", ["{size: {gte: 14}}", "{size: {ne: 14}}", "{size: {gt: 15}}"]),
        ("{size: {lte: 14}}", ["{size: {lt: 14}}", "{size: {eq: 14}}", "{size: {lte: 15}}"]),
        ("{size: {lt: 14}}", ["{size: {lte: 14}}", "{size: {ne: 14}}", "{size: {lt: 13}}"]),
        ("{size: {gte: {ref: $.low}}}", ["{size: {gt: {ref: $.low}}}", "{size: {eq: {ref: $.low}}}"]),
        ("{share: {lt: 0.5}}", ["{share: {lte: 0.5}}", "{share: {lt: -0.5}}", "{share: {lt: 1.5}}"]),
        ("{share: {lt: 2}}", ["{share: {lte: 2}}", "{share: {lt: 1}}", "{share: {lt: 3}}"]),
        // At the end of what numbers there are, nothing is moved, and nothing overflows.
        (
            "{size: {gt: 9223372036854775807}}",
            ["{size: {gte: 9223372036854775807}}", "{size: {ne: 9223372036854775807}}"]
        ),
        (
            "{size: {lt: -9223372036854775808}}",
            ["{size: {lte: -9223372036854775808}}", "{size: {ne: -9223372036854775808}}"]
        ),
        ("{size: 9223372036854775807}", ["{size: {ne: 9223372036854775807}}", "{size: 9223372036854775806}"]),
        // A count is never negative: above 0 is not 0, and at most 0 is 0.
        ("{names: {count: {gt: 0}}}", ["{names: {count: {gte: 0}}}", "{names: {count: {gt: 1}}}"]),
        (
            "{names: {count: {gte: 1}}}",
            ["{names: {count: {gt: 1}}}", "{names: {count: {eq: 1}}}", "{names: {count: {gte: 0}}}"]
        ),
        ("{names: {count: {lte: 0}}}", ["{names: {count: {lt: 0}}}", "{names: {count: {lte: 1}}}"]),
        (
            "{names: {count: {eq: 0}}}",
            ["{names: {count: {ne: 0}}}", "{names: {count: {eq: -1}}}", "{names: {count: {eq: 1}}}"]
        ),
        (
            "{names: {count: {where: {this: ab}, gt: 1, lt: 4}}}",
            [
                "{names: {count: {gt: 1, lt: 4}}}",
                "{names: {count: {where: {this: {ne: ab}}, gt: 1, lt: 4}}}",
                "{names: {count: {where: {this: a}, gt: 1, lt: 4}}}",
                "{names: {count: {where: {this: ab}, gt: 1}}}",
                "{names: {count: {where: {this: ab}, gt: 1, lte: 4}}}",
                "{names: {count: {where: {this: ab}, gt: 1, ne: 4}}}",
                "{names: {count: {where: {this: ab}, gt: 1, lt: 3}}}",
                "{names: {count: {where: {this: ab}, lt: 4}}}",
                "{names: {count: {where: {this: ab}, gte: 1, lt: 4}}}",
                "{names: {count: {where: {this: ab}, ne: 1, lt: 4}}}",
                "{names: {count: {where: {this: ab}, gt: 2, lt: 4}}}",
            ]
        ),
    ]

    @Test(arguments: numbers) func changesNumbers(text: String, mutants: [String]) throws { try expect(text, mutants) }

    static let times: [(String, [String])] = [
        (
            "{time: {older_than: 90d}}",
            ["{time: {newer_than: 90d}}", "{time: {older_than: 89d}}", "{time: {older_than: 91d}}"]
        ),
        (
            "{time: {newer_than: 1h}}",
            ["{time: {older_than: 1h}}", "{time: {newer_than: 0h}}", "{time: {newer_than: 2h}}"]
        ),
        ("{time: {newer_than: 0w}}", ["{time: {older_than: 0w}}", "{time: {newer_than: 1w}}"]),
        ("{time: {older_than: {param: age}}}", ["{time: {newer_than: {param: age}}}"]),
        (
            "{time: {before: \"2026-01-01T00:00:00Z\"}}",
            [
                "{time: {after: \"2026-01-01T00:00:00Z\"}}", "{time: {before: \"2025-12-31T00:00:00Z\"}}",
                "{time: {before: \"2026-01-02T00:00:00Z\"}}",
            ]
        ),
        ("{time: {after: {ref: $.time}}}", ["{time: {before: {ref: $.time}}}"]),
    ]

    @Test(arguments: times) func changesTimes(text: String, mutants: [String]) throws { try expect(text, mutants) }

    static let lists: [(String, [String])] = [
        (
            "{names: {some: {this: {exists: true}}}}",
            [
                "{names: {every: {this: {exists: true}}}}", "{names: {none: {this: {exists: true}}}}",
                "{names: {some: {this: {exists: false}}}}",
            ]
        ),
        (
            "{names: {every: {as: it, this: {exists: true}}}}",
            [
                "{names: {some: {as: it, this: {exists: true}}}}", "{names: {none: {as: it, this: {exists: true}}}}",
                "{names: {every: {as: it, this: {exists: false}}}}",
            ]
        ),
        (
            "{names: {none: {this: {exists: true}}}}",
            [
                "{names: {some: {this: {exists: true}}}}", "{names: {every: {this: {exists: true}}}}",
                "{names: {none: {this: {exists: false}}}}",
            ]
        ),
        ("{names: {contains: ab}}", ["{names: {contains: a}}", "{not: {names: {contains: ab}}}"]),
        (
            "{names: {subset_of: [a, b]}}",
            [
                "{names: {superset_of: [a, b]}}", "{names: {intersects: [a, b]}}", "{names: {subset_of: [b]}}",
                "{names: {subset_of: [a]}}", "{not: {names: {subset_of: [a, b]}}}",
            ]
        ),
        (
            "{names: {superset_of: [a, b]}}",
            [
                "{names: {subset_of: [a, b]}}", "{names: {intersects: [a, b]}}", "{names: {superset_of: [b]}}",
                "{names: {superset_of: [a]}}", "{not: {names: {superset_of: [a, b]}}}",
            ]
        ),
        // To have all of one is to have one of one.
        (
            "{names: {intersects: [ab]}}",
            [
                "{names: {subset_of: [ab]}}", "{names: {intersects: [a]}}", "{not: {names: {intersects: [ab]}}}",
            ]
        ),
        (
            "{low..high: {covers_any: [22]}}",
            [
                "{low..high: {covers_any: [21]}}", "{low..high: {covers_any: [23]}}",
                "{not: {low..high: {covers_any: [22]}}}",
            ]
        ),
        (
            "{low..high: {covers_all: [22, 80]}}",
            [
                "{low..high: {covers_any: [22, 80]}}", "{low..high: {covers_all: [80]}}",
                "{low..high: {covers_all: [22]}}",
                "{low..high: {covers_all: [21, 80]}}", "{low..high: {covers_all: [23, 80]}}",
                "{low..high: {covers_all: [22, 79]}}", "{low..high: {covers_all: [22, 81]}}",
            ]
        ),
        (
            "{low..high: {inside: [0, 9]}}",
            [
                "{low..high: {inside: [-1, 9]}}", "{low..high: {inside: [1, 9]}}", "{low..high: {inside: [0, 8]}}",
                "{low..high: {inside: [0, 10]}}", "{not: {low..high: {inside: [0, 9]}}}",
            ]
        ),
        (
            "{related.others: {some: {state: on}}}",
            [
                "{related.others: {every: {state: on}}}", "{related.others: {none: {state: on}}}",
                "{related.others: {some: {state: off}}}",
            ]
        ),
        (
            "{rules: {some: {port: {exists: true}}}}",
            [
                "{rules: {every: {port: {exists: true}}}}", "{rules: {none: {port: {exists: true}}}}",
                "{rules: {some: {port: {exists: false}}}}",
            ]
        ),
    ]

    @Test(arguments: lists) func changesLists(text: String, mutants: [String]) throws { try expect(text, mutants) }

    static let junctions: [(String, [String])] = [
        ("{not: {flag: true}}", ["{flag: true}", "{not: {flag: false}}"]),
        (
            "{flag: true, state: on}",
            [
                "{any: [{flag: true}, {state: on}]}", "{all: [{state: on}]}", "{all: [{flag: false}, {state: on}]}",
                "{all: [{flag: true}]}", "{all: [{flag: true}, {state: off}]}",
            ]
        ),
        (
            "{any: [{flag: true}, {use: f}]}",
            [
                "{all: [{flag: true}, {use: f}]}", "{any: [{use: f}]}", "{any: [{flag: false}, {use: f}]}",
                "{any: [{flag: true}]}",
            ]
        ),
        ("{all: [{flag: true}]}", ["{all: [{flag: false}]}"]),
        ("{use: f}", []),
        (
            "{text: {ne: ab, exists: true}}",
            [
                "{text: {exists: true}}", "{text: {eq: ab, exists: true}}", "{text: {ne: a, exists: true}}",
                "{text: {ne: ab}}", "{text: {ne: ab, exists: false}}",
            ]
        ),
        (
            "{text: {glob: a*, exists: true}}",
            [
                "{text: {exists: true}}", "{text: {glob: a, exists: true}}",
                "{all: [{text: {exists: true}}, {not: {text: {glob: a*}}}]}", "{text: {glob: a*}}",
                "{text: {glob: a*, exists: false}}",
            ]
        ),
    ]

    @Test(arguments: junctions) func changesJunctions(text: String, mutants: [String]) throws {
        try expect(text, mutants)
    }

    static let absences: [(String, [String])] = [
        (
            "{flag: {eq: true, if_absent: false}}",
            [
                "{flag: {eq: false, if_absent: false}}", "{flag: true}", "{flag: {eq: true, if_absent: true}}",
            ]
        ),
        // The nearest value with another outcome; with 1 to 23 it says the same.
        (
            "{size: {gte: 24, if_absent: 0}}",
            [
                "{size: {gt: 24, if_absent: 0}}", "{size: {eq: 24, if_absent: 0}}", "{size: {gte: 23, if_absent: 0}}",
                "{size: {gte: 24}}", "{size: {gte: 24, if_absent: 24}}",
            ]
        ),
        (
            "{text: {in: [ab, c], if_absent: \"\"}}",
            [
                "{text: {not_in: [ab, c], if_absent: \"\"}}", "{text: {in: [c], if_absent: \"\"}}",
                "{text: {in: [ab], if_absent: \"\"}}", "{text: {in: [ab, c]}}", "{text: {in: [ab, c], if_absent: ab}}",
            ]
        ),
        // Which values say the same depends on the parameter.
        (
            "{size: {gte: {param: least}, if_absent: 8}}",
            [
                "{size: {gt: {param: least}, if_absent: 8}}", "{size: {eq: {param: least}, if_absent: 8}}",
                "{size: {gte: {param: least}}}", "{size: {gte: {param: least}, if_absent: 7}}",
                "{size: {gte: {param: least}, if_absent: 9}}",
            ]
        ),
        // What stands in anyway is not dropped.
        (
            "{defaulted: {eq: ab, if_absent: meant}}",
            [
                "{defaulted: {ne: ab, if_absent: meant}}", "{defaulted: {eq: a, if_absent: meant}}",
                "{defaulted: {eq: ab, if_absent: ab}}",
            ]
        ),
        (
            "{names: {count: {eq: 5}, if_absent: []}}",
            [
                "{names: {count: {ne: 5}, if_absent: []}}", "{names: {count: {eq: 4}, if_absent: []}}",
                "{names: {count: {eq: 6}, if_absent: []}}",
            ]
        ),
        ("{text: {exists: true, if_absent: a}}", ["{text: {exists: false, if_absent: a}}"]),
    ]

    @Test(arguments: absences) func changesAbsence(text: String, mutants: [String]) throws { try expect(text, mutants) }

    @Test func changesGrants() throws {
        let found = try Self.mutants("{policy: {allows: {principal: anyone, actions: [\"s3:A\", \"s3:B\"]}}}")
        #expect(
            found.map(\.change.description) == [
                "`principal: anyone` was dropped", "the action `s3:A` was dropped", "the action `s3:B` was dropped",
                "`conditions: not_restricting` became `any`", "`conditions: not_restricting` became `none`",
                "`allows` became `not` `allows`",
            ])
        let queries = found.compactMap { mutation -> GrantQuery? in
            guard case .test(let test) = mutation.subject, case .grants(let query)? = test.operations.first?.argument
            else { return nil }
            return query
        }
        #expect(queries.map { $0.principal == nil } == [true, false, false, false, false])
        #expect(queries.map(\.actions).map(\.count) == [2, 1, 1, 2, 2])
        #expect(queries.map(\.conditions) == [.notRestricting, .notRestricting, .notRestricting, .any, .none])
        // Without its only action, it would ask nothing.
        let single = try Self.mutants("{policy: {allows: {actions: [\"s3:A\"], conditions: any}}}")
        #expect(single.count == 3)
    }

    @Test func changesWhatIsAskedOfGrants() throws {
        let found = try Self.mutants(
            """
            {policy: {denies: {principal: [lambda.amazonaws.com], actions: ["s3:A"], resources: ["*"], \
            lacks: [aws:SourceArn], context: {aws:SecureTransport: "false"}, conditions: any}}}
            """)
        #expect(
            found.map(\.change.description).prefix(4) == [
                "the principal `lambda.amazonaws.com` was dropped", "the resource `*` was dropped",
                "the condition key `aws:SourceArn` was dropped",
                "`aws:SecureTransport: false` of `context` was dropped",
            ])
    }

    @Test func changesWhatCountsTogether() throws {
        let text = "{documents: {of: [policy, policies.document], boundary: boundary, admin: true}}"
        let found = try Self.mutants(text)
        #expect(
            found.map(\.change.description) == [
                "`admin: true` became `false`", "`policy` was dropped", "`policies.document` was dropped",
                "`boundary: boundary` was dropped",
            ])
        let sources = found.compactMap { mutation -> PolicySources? in
            guard case .test(let test) = mutation.subject, case .documents(let sources) = test.path.kind else {
                return nil
            }
            return sources
        }
        #expect(
            sources.map { $0.granting.map(\.text) }.dropFirst() == [
                ["policies.document"], ["policy"], ["policy", "policies.document"],
            ])
        #expect(sources.map { $0.boundary == nil } == [false, false, false, true])
    }

    static let networks: [(String, [String])] = [
        (
            "{text: {within: 10.0.0.0/8}}",
            ["{text: {overlaps: 10.0.0.0/8}}", "{text: {within: 10.0.0.0/7}}", "{text: {within: 10.0.0.0/9}}"]
        ),
        (
            "{text: {overlaps: [10.0.0.1, \"::/0\"]}}",
            [
                "{text: {within: [10.0.0.1, \"::/0\"]}}", "{text: {overlaps: [\"::/0\"]}}",
                "{text: {overlaps: [10.0.0.1]}}", "{text: {overlaps: [10.0.0.0/31, \"::/0\"]}}",
                "{text: {overlaps: [10.0.0.1, \"::/1\"]}}",
            ]
        ),
        ("{text: {within: {param: blocks}}}", ["{text: {overlaps: {param: blocks}}}"]),
        (
            "{text: {prefix_len: {lte: 8}}}",
            [
                "{text: {prefix_len: {lt: 8}}}", "{text: {prefix_len: {eq: 8}}}", "{text: {prefix_len: {lte: 9}}}",
            ]
        ),
        (
            "{text: {prefix_len: {eq: 0, lt: 128}}}",
            [
                "{text: {prefix_len: {lt: 128}}}", "{text: {prefix_len: {eq: 1, lt: 128}}}",
                "{text: {prefix_len: {eq: 0}}}", "{text: {prefix_len: {eq: 0, lte: 128}}}",
                "{text: {prefix_len: {eq: 0, lt: 127}}}",
            ]
        ),
        ("{blocks: {cover: world}}", ["{not: {blocks: {cover: world}}}"]),
        (
            "{filters: {ingress: {allows: {ports: [0, 80-81], protocol: tcp, from: world}}}}",
            [
                "{ports: any, protocol: tcp, from: world}", "{ports: [80-81], protocol: tcp, from: world}",
                "{ports: [1, 80-81], protocol: tcp, from: world}", "{ports: [0], protocol: tcp, from: world}",
                "{ports: [0, 79-81], protocol: tcp, from: world}", "{ports: [0, 81], protocol: tcp, from: world}",
                "{ports: [0, 80], protocol: tcp, from: world}", "{ports: [0, 80-82], protocol: tcp, from: world}",
                "{ports: [0, 80-81], protocol: udp, from: world}", "{ports: [0, 80-81], protocol: any, from: world}",
                "{ports: [0, 80-81], protocol: tcp, from: public}",
            ].map { "{filters: {ingress: {allows: \($0)}}}" } + [
                "{not: {filters: {ingress: {allows: {ports: [0, 80-81], protocol: tcp, from: world}}}}}"
            ]
        ),
        (
            "{filters: {ingress: {allows: {ports: all, from: 10.0.0.0/8}}}}",
            [
                "{from: 10.0.0.0/8}", "{ports: all, protocol: tcp, from: 10.0.0.0/8}",
                "{ports: all, protocol: udp, from: 10.0.0.0/8}", "{ports: all, from: public}",
            ].map { "{filters: {ingress: {allows: \($0)}}}" } + [
                "{not: {filters: {ingress: {allows: {ports: all, from: 10.0.0.0/8}}}}}"
            ]
        ),
        // ICMP has no ports.
        (
            "{filters: {ingress: {allows: {protocol: icmp, from: public}}}}",
            [
                "{protocol: tcp, from: public}", "{protocol: udp, from: public}", "{from: public}",
                "{protocol: icmp, from: world}",
            ].map { "{filters: {ingress: {allows: \($0)}}}" } + [
                "{not: {filters: {ingress: {allows: {protocol: icmp, from: public}}}}}"
            ]
        ),
        (
            "{text: {lookup: {table: t, column: c, gt: 3, lt: 9}}}",
            [
                "lt: 9", "gte: 3, lt: 9", "ne: 3, lt: 9", "gt: 4, lt: 9", "gt: 3", "gt: 3, lte: 9", "gt: 3, ne: 9",
                "gt: 3, lt: 8",
            ].map { "{text: {lookup: {table: t, column: c, \($0)}}}" }
        ),
        ("{text: {in: {table: t, column: c}}}", ["{text: {not_in: {table: t, column: c}}}"]),
    ]

    @Test(arguments: networks) func changesNetworks(text: String, mutants: [String]) throws {
        try expect(text, mutants)
    }

    /// An operator without mutants would be one that no test has to notice. None says the same as what it was made from.
    @Test(arguments: OperatorReference.all.flatMap(\.examples).map(\.condition))
    func everyOperatorHasMutants(text: String) throws {
        let condition = try #require(RuleParserTests.condition(text))
        let found = try Self.mutants(text).map(\.subject.whole)
        #expect(!found.isEmpty)
        #expect(Set(found).count == found.count, "\(found)")
        #expect(!found.contains(condition.whole), "\(found)")
    }

    @Test func namesThePlaceAndATest() throws {
        let changes = try Self.mutants("any:\n- size: {gte: 3}\n- names: {count: {gt: 4}}\n").map(\.change)
        #expect(
            changes.map { "\($0.span.line):\($0.span.column) \($0.description): \($0.hint)" } == [
                "2:3 `any` became `all`: a test in which some of the 2 conditions hold, and some do not",
                "2:3 the condition on `size` was dropped: a test in which, of the 2, it alone holds",
                "2:10 `gte` became `gt`: a test in which `size` is 3",
                "2:10 `gte` became `eq`: a test in which `size` is 4",
                "2:10 `gte: 3` became `2`: a test in which `size` is 2",
                "3:3 the condition on `names` was dropped: a test in which, of the 2, it alone holds",
                "3:11 `gt` became `gte`: a test with 4 in `names`",
                "3:11 `gt` became `ne`: a test with 3 in `names`",
                "3:11 `gt: 4` became `5`: a test with 5 in `names`",
            ])
    }

    /// Ages that tell, by the operators' own meaning.
    @Test(arguments: [
        ("older_than", ["90d", "91d"]), ("newer_than", ["89d", "90d"]),
    ])
    func namesTheAgeThatTells(name: String, ages: [String]) throws {
        let hints = try Self.mutants("{time: {\(name): 90d}}").dropFirst().map(\.change.hint)
        #expect(hints == ages.map { "a test in which `time` is exactly \($0) old" })
    }
}

extension Condition {
    /// All of the condition, what quantifiers ask of elements too. The comparisons of a count in one order.
    var whole: String {
        switch self {
        case .all(let parts): "all(\(parts.map(\.whole).joined(separator: ", ")))"
        case .any(let parts): "any(\(parts.map(\.whole).joined(separator: ", ")))"
        case .not(let inner): "not(\(inner.whole))"
        case .use(let name, _): "use(\(name))"
        case .test(let test):
            ([test.path.text] + test.operations.map(\.whole) + [test.ifAbsent.map { "if_absent \($0.text())" } ?? ""])
                .joined(separator: " ")
        }
    }
}

extension Operation {
    fileprivate var whole: String {
        switch argument {
        case .quantified(let condition, _): "\(text)(\(condition.whole))"
        case .count(let condition, let comparisons):
            "count(\(condition?.whole ?? "")) "
                + comparisons.map { "\($0.name.rawValue) \($0.operand.text)" }.sorted().joined(separator: ", ")
        case .grants(let query): "\(text) \(query)"
        case .ingress(let query): "\(text) \(query)"
        case .lookup(_, let condition): "\(text)(\(condition.whole))"
        default: text
        }
    }
}
