import Documents
import Foundation
import Resources
import Testing

@testable import Rules

/// What people read of operators is what operators do.
@Suite struct OperatorReferenceTests {
    @Test func everyOperatorHasOneEntry() {
        #expect(OperatorReference.all.map(\.name.rawValue).sorted() == OperatorName.allCases.map(\.rawValue).sorted())
    }

    @Test(arguments: OperatorReference.all.map(\.name))
    func examplesHold(name: OperatorName) throws {
        let entry = try #require(OperatorReference.all.first { $0.name == name })
        #expect(entry.examples.contains { $0.truth == .true })
        #expect(entry.examples.contains { $0.truth == .false })
        for example in entry.examples {
            // Through the whole language: parser, checker, compiler, machine.
            let text = """
                rule: example
                title: An example of the reference
                severity: low
                resource: \(example.resource)
                fail_when: \(example.condition)
                tests:
                  - {expect: \(example.verdict.rawValue), given: \(example.given)}
                """
            let file = SourceFile(path: "\(name.rawValue).yaml", text: text)
            let (rule, diagnostics) = RuleFiles.read(file, tables: RuleFiles.tables, requiresTests: false)
            #expect(!diagnostics.hasErrors, "\(diagnostics.found.map { $0.text() }.joined())")
            let outcomes = RuleTestRunner(catalog: RuleFiles.catalog, tables: RuleFiles.tables).run(try #require(rule))
            for outcome in outcomes { #expect(outcome.fault == nil, "\(example.condition) on \(example.given)") }
            #expect(example.condition.contains(name.rawValue) || name == .eq)
        }
    }

    /// `UPDATE_GOLDEN=1` writes the reference into the document.
    @Test func theDocumentIsUpToDate() throws {
        let path = RuleFiles.package.appending(path: "docs/rules.md")
        let document = try String(contentsOf: path, encoding: .utf8)
        let marks = ("<!-- operators: generated -->\n", "<!-- end of operators -->")
        let start = try #require(document.range(of: marks.0))
        let end = try #require(document.range(of: marks.1))
        let text = "\n" + OperatorReference.markdown + "\n"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            let updated = document.replacingCharacters(in: start.upperBound..<end.lowerBound, with: text)
            try updated.write(to: path, atomically: true, encoding: .utf8)
        } else {
            #expect(document[start.upperBound..<end.lowerBound] == text)
        }
    }
}

extension OperatorReference.Example {
    fileprivate var verdict: VerdictKind {
        switch truth {
        case .true: .fail
        case .false: .pass
        case .unknown: .unknown
        }
    }
}
