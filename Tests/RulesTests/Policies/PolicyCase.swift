import Documents
import Testing

@testable import Rules

/// A policy, a question as rules write it, and the answer.
struct PolicyCase: Sendable, CustomTestStringConvertible {
    var question: String
    var truth: Truth
    /// The statements of the policy, without brackets; or a whole document.
    var policy: String
    /// What one of the reasons says.
    var reason: String?
    var trust = PolicyCase.trust

    static let trust = Trust(
        account: "111122223333", accounts: ["222233334444"], organizations: ["o-own"])

    init(_ question: String, _ truth: Truth, _ policy: String, _ reason: String? = nil, trust: Trust = PolicyCase.trust)
    {
        self.question = question
        self.truth = truth
        self.policy = policy
        self.reason = reason
        self.trust = trust
    }

    var testDescription: String { "\(question): \(policy)" }

    var document: JSON {
        get throws {
            if policy.hasPrefix(#"{"Version"#) || policy.hasPrefix(#"{"Statement"#) { return try JSON.parse(policy) }
            return try JSON.parse(#"{"Version": "2012-10-17", "Statement": [\#(policy)]}"#)
        }
    }

    /// The question, read as the operand of `allows`.
    var query: GrantQuery {
        get throws {
            var diagnostics = FileDiagnostics(file: SourceFile(path: "query.yaml", text: "{\(question)}"))
            let node = try #require(YAMLReader.read(&diagnostics))
            let query = GrantQueryParser.parse(node, operator: "allows", &diagnostics)
            #expect(diagnostics.found.isEmpty)
            return try #require(query)
        }
    }

    func check(_ judge: (PolicySet, GrantQuery, Trust) -> PolicyAnswer) throws {
        let answer = judge(PolicySet(documents: [try document]), try query, trust)
        #expect(answer.truth == truth, "\(answer.reasons)")
        #expect((answer.truth == .unknown) == !answer.reasons.isEmpty)
        if let reason { #expect(answer.reasons.contains { $0.contains(reason) }, "\(answer.reasons)") }
    }
}

/// An Allow on everything, for whom and under what.
func grant(_ principal: String, _ action: String, _ condition: String? = nil, resource: String = "*") -> String {
    let conditions = condition.map { #", "Condition": {\#($0)}"# } ?? ""
    return
        #"{"Effect": "Allow", "Principal": \#(principal), "Action": "\#(action)", "Resource": "\#(resource)"\#(conditions)}"#
}

func deny(_ principal: String, _ action: String, _ condition: String? = nil, resource: String = "*") -> String {
    grant(principal, action, condition, resource: resource).replacing("Allow", with: "Deny", maxReplacements: 1)
}
