/// What a judgement of policy documents says.
public struct PolicyAnswer: Sendable {
    /// A statement, by the position of its document and its own; nil where `Statement` is a single one.
    public struct Place: Sendable, Hashable {
        public var document: Int
        public var statement: Int?

        public init(document: Int, statement: Int?) {
            self.document = document
            self.statement = statement
        }
    }

    public var truth: Truth
    /// Why it is unknown; empty otherwise. Each names a key or an element.
    public var reasons: [String] = []
    /// The statements that it rests on: those that grant or deny, or those that could.
    public var statements: [Place] = []
    /// The ways to more rights that are open, by name.
    public var escalations: [String] = []
}

/// What was found so far that could not be judged. Keeps few, for reports.
struct Doubts {
    private static let maximumReasons = 16

    private(set) var reasons: [String] = []
    private(set) var places: [PolicyAnswer.Place] = []

    var isEmpty: Bool { reasons.isEmpty && places.isEmpty }

    mutating func add(_ reason: String) {
        if reasons.count < Self.maximumReasons, !reasons.contains(reason) { reasons.append(reason) }
    }

    mutating func add(_ statement: PolicyDocument.Statement) {
        guard let place = statement.place, places.count < Self.maximumReasons, !places.contains(place) else { return }
        places.append(place)
    }

    func answer(otherwise truth: Truth, _ witnesses: [PolicyAnswer.Place] = []) -> PolicyAnswer {
        if isEmpty { return PolicyAnswer(truth: truth, statements: witnesses) }
        return PolicyAnswer(truth: .unknown, reasons: reasons, statements: places)
    }
}

extension PolicyDocument.Statement {
    /// Nil in a permissions boundary, which is none of the documents.
    var place: PolicyAnswer.Place? {
        document < 0 ? nil : PolicyAnswer.Place(document: document, statement: index)
    }
}
