import Documents
import Resources
import Testing

@testable import Rules

@Suite struct MutationRunnerTests {
    static func rule(_ condition: String, tests: String, more: String = "", resource: String = "Test::Sample") throws
        -> Rule
    {
        let text = """
            rule: sample
            title: A sample
            severity: low
            resource: \(resource)
            \(more)
            \(condition)
            tests:
            \(tests)
            """
        var diagnostics = FileDiagnostics(file: SourceFile(path: "sample.yaml", text: text))
        let rule = RuleParser.parse(&diagnostics)
        return try #require(rule, "\(diagnostics.found.map(\.message))")
    }

    static func survivors(_ rule: Rule, fragments: [String: Fragment] = [:]) async -> [String] {
        let runner = MutationRunner(catalog: Sample.catalog, fragments: fragments)
        return await runner.run([rule], jobs: 2).subjects.flatMap(\.survivors).map(\.description)
    }

    static let weak = """
        - {expect: pass, given: {size: 20}}
        - {expect: fail, given: {size: 3}}
        """

    /// What tests far from the limit do not notice, and those at it do.
    @Test func weakTestsLeaveSurvivors() async throws {
        let weak = try Self.rule("pass_when: {size: {gte: 14}}", tests: Self.weak)
        #expect(await Self.survivors(weak) == ["`gte` became `gt`", "`gte: 14` became `13`"])
        let strong = try Self.rule(
            "pass_when: {size: {gte: 14}}",
            tests: "- {expect: pass, given: {size: 14}}\n- {expect: pass, given: {size: 15}}\n"
                + "- {expect: fail, given: {size: 13}}")
        #expect(await Self.survivors(strong) == [])
    }

    /// Rules that look things up find them while their mutants are tried.
    @Test func findsTables() async throws {
        let rule = try Self.rule(
            "fail_when: {text: {lookup: {table: runtimes, column: major, lt: 22}}}",
            tests: "- {expect: fail, given: {text: python3.8}}\n- {expect: pass, given: {text: node22}}")
        let runner = MutationRunner(catalog: Sample.catalog, tables: Sample.tables)
        let results = await runner.run([rule], jobs: 1)
        #expect(results.subjects[0].survivors.map(\.description) == ["`lt` became `ne`", "`lt: 22` became `21`"])
    }

    /// The verdict stays, but it rests on something else.
    @Test(arguments: [("", ["the condition on `flag` was dropped"]), (", why: /flag", [])])
    func aPointerThatIsNoLongerNamedKills(why: String, survivors: [String]) async throws {
        let rule = try Self.rule(
            "pass_when: {flag: true, size: 1}",
            tests: """
                - {expect: pass, given: {flag: true, size: 1}}
                - {expect: fail\(why), given: {flag: false, size: 2}}
                - {expect: fail, given: {flag: true, size: 2}}
                - {expect: fail, given: {flag: true, size: 0}}
                """)
        #expect(await Self.survivors(rule) == survivors)
    }

    @Test func changesRules() async throws {
        let rule = try Self.rule(
            "fail_when: {size: {gt: {param: most}}}", tests: "- {expect: pass, given: {size: 1}}",
            more: """
                where: {flag: true}
                on_unknown: fail
                params: {most: {type: integer, default: 5, max: 5}, unused: {type: integer, default: 1}}
                """, resource: "[Test::Sample, Test::Other]")
        let mutants = Mutations(catalog: Sample.catalog).mutants(of: rule)
        #expect(
            mutants.map(\.change.description)
                == [
                    "`Test::Sample` was dropped", "`Test::Other` was dropped", "the default of `most` became `4`",
                    "`on_unknown` became `report`", "`where` was dropped", "`eq: true` became `false`",
                    "`fail_when` became `pass_when`", "`gt` became `gte`", "`gt` became `ne`",
                ])
        #expect(mutants.map { $0.subject.resources.count } == [1, 1, 2, 2, 2, 2, 2, 2, 2])
        #expect(mutants[0].subject.resources == ["Test::Other"])
        #expect(mutants[2].subject.parameters.map(\.value) == [4, 1])
        #expect(mutants[3].subject.onUnknown == .report)
        #expect(mutants[4].subject.applicability == nil)
        #expect(mutants[6].subject.polarity == .passWhen)
    }

    @Test(arguments: [
        ("duration, default: 90d", "older_than", "time", ["\"89d\"", "\"91d\""]),
        ("list of strings, default: [a, b]", "in", "text", ["[\"b\"]", "[\"a\"]"]),
        ("boolean, default: true", "eq", "flag", ["false"]),
    ])
    func changesDefaults(kind: String, name: String, path: String, values: [String]) throws {
        let rule = try Self.rule(
            "fail_when: {\(path): {\(name): {param: p}}}", tests: "- {expect: pass, given: {}}",
            more: "params: {p: {type: \(kind)}}")
        let found = Mutations(catalog: Sample.catalog).mutants(of: rule)
            .filter { $0.change.description.hasPrefix("the default") }.flatMap { $0.subject.parameters.map(\.value) }
        #expect(found.map { $0.text() } == values)
    }

    /// A fragment is tested by all rules that use it, through others too.
    @Test func fragmentsHaveMutantsOfTheirOwn() async throws {
        func fragment(_ name: String, _ text: String) throws -> Fragment {
            Fragment(
                name: name, resource: "Test::Sample", condition: try #require(RuleParserTests.condition(text)),
                path: "\(name).yaml")
        }
        let fragments = [
            "inner": try fragment("inner", "{size: {gte: 14}}"), "outer": try fragment("outer", "{not: {use: inner}}"),
            "unused": try fragment("unused", "{flag: true}"),
        ]
        var low = try Self.rule("fail_when: {use: outer}", tests: Self.weak)
        let runner = MutationRunner(catalog: Sample.catalog, fragments: fragments)
        let first = await runner.run([low], jobs: 1)
        #expect(first.subjects.map(\.name) == ["sample", "inner", "outer"])
        #expect(first.subjects.map(\.kind) == [.rule, .fragment, .fragment])
        #expect(
            first.subjects.map { $0.survivors.map(\.description) } == [
                [], ["`gte` became `gt`", "`gte: 14` became `13`"], [],
            ])
        #expect(first.subjects[1].path == "inner.yaml")
        low.id = "other"
        low.tests = try Self.rule("fail_when: {use: outer}", tests: "- {expect: pass, given: {size: 14}}").tests
        let second = await runner.run([try Self.rule("fail_when: {use: outer}", tests: Self.weak), low], jobs: 2)
        #expect(second.subjects.first { $0.name == "inner" }?.survivors.map(\.description) == ["`gte: 14` became `13`"])
    }

    @Test func outcomeDoesNotDependOnJobs() async {
        let runner = MutationRunner(catalog: RuleFiles.catalog)
        // Without tests, nothing is noticed.
        let rules = RuleFiles.rules.map { rule in
            var rule = rule
            rule.tests = Array(rule.tests.prefix(2))
            return rule
        }
        let texts = await [1, 3, 64].asyncMap { await runner.run(rules, jobs: $0).text(.plain) }
        #expect(Set(texts).count == 1)
        #expect(texts[0].contains("SURVIVED"))
        let none = await runner.run([], jobs: 2)
        #expect(none.mutants == 0 && none.reaches(percent: 100))
    }

    /// Mutants are rules that somebody could have written: the checker finds nothing wrong with them.
    @Test(arguments: RuleFiles.rules) func mutantsAreSound(rule: Rule) throws {
        let mutants = Mutations(catalog: RuleFiles.catalog).mutants(of: rule)
        let texts = mutants.map {
            "\($0.subject.condition.whole) \($0.subject.polarity) \($0.change.description)"
        }
        #expect(Set(texts).count == texts.count)
        for mutant in mutants {
            var diagnostics = FileDiagnostics(file: SourceFile(path: rule.path, text: ""))
            _ = RuleChecker(catalog: RuleFiles.catalog, requiresTests: false).check(mutant.subject, &diagnostics)
            #expect(!diagnostics.hasErrors, "\(mutant.change.description) \(diagnostics.found.map(\.message))")
        }
    }

    /// The tests of the built-in rules notice nearly everything; docs/mutation.md says what they do not, and why.
    @Test func builtinRulesAreWellTested() async {
        let results = await MutationRunner(catalog: RuleFiles.catalog).run(RuleFiles.rules, jobs: 2)
        #expect(results.reaches(percent: 95), "\(results.text(.plain))")
    }
}

extension Sequence {
    fileprivate func asyncMap<Output>(_ work: (Element) async -> Output) async -> [Output] {
        var outputs: [Output] = []
        for element in self { outputs.append(await work(element)) }
        return outputs
    }
}
