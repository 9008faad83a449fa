import Documents
import Testing

@testable import Rules

/// A question to a list of filter rules, and what is to be answered.
struct IngressCase: Sendable, CustomStringConvertible {
    var query: String
    /// In YAML's flow style.
    var list: String
    var truth: Truth
    /// As JSON pointers without the leading slash.
    var witnesses: [String]?
    var reasons: [String]?

    init(
        _ query: String, _ list: String, _ truth: Truth, _ witnesses: [String]? = nil, reasons: [String]? = nil
    ) {
        self.query = query
        self.list = list
        self.truth = truth
        self.witnesses = witnesses
        self.reasons = reasons
    }

    var description: String { "\(query) of \(list)" }

    func check(_ judge: (IngressQuery, JSON, _ explaining: Bool) -> NetworkAnswer) throws {
        let query = try IngressQueryParserTests.query(query)
        var diagnostics = FileDiagnostics(file: SourceFile(path: "list.yaml", text: list))
        let list = try #require(YAMLReader.read(&diagnostics)).json
        let answer = judge(query, list, true)
        #expect(answer.truth == truth)
        if let witnesses { #expect(answer.witnesses.map { JSONPointer.text($0) } == witnesses) }
        if let reasons { #expect(answer.reasons == reasons) }
        switch truth {
        case .true:
            #expect(answer.reasons.isEmpty)
            #expect(!answer.witnesses.isEmpty)
        case .false: #expect(answer.reasons.isEmpty && answer.witnesses.isEmpty)
        case .unknown:
            #expect(!answer.reasons.isEmpty)
            #expect(answer.reasons.count == answer.witnesses.count)
        }
        #expect(judge(query, list, false) == NetworkAnswer(truth: truth, reasons: [], witnesses: []))
    }
}
