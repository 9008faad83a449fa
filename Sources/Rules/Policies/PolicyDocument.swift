internal import Documents

/// An IAM policy document with its variants taken off: one statement or a list, one text or a list, any case of keys'
/// values that IAM compares without case.
struct PolicyDocument: Sendable {
    var statements: [Statement]

    struct Statement: Sendable {
        var allows: Bool
        var principals: Principals
        var actions: Patterns
        var resources: Patterns
        var conditions: [PolicyCondition]
    }

    enum Principals: Sendable {
        /// An identity policy names none.
        case unnamed
        case named([String])
        case allBut([String])

        /// Whether anyone at all is meant.
        var includesAnyone: Bool {
            switch self {
            case .unnamed: false
            case .named(let names): names.contains("*")
            case .allBut: true
            }
        }
    }

    enum Patterns: Sendable {
        case listed([String])
        case allBut([String])

        /// Whether something that the pattern stands for is meant.
        func overlaps(_ pattern: String) -> Bool {
            switch self {
            case .listed(let patterns): patterns.contains { Glob.overlap($0, pattern) }
            case .allBut(let patterns): !patterns.contains { Glob.covers($0, pattern) }
            }
        }

        /// The patterns that could be meant by another; none where it is told what is not meant.
        func overlapping(_ pattern: String) -> [String] {
            if case .listed(let patterns) = self { patterns.filter { Glob.overlap($0, pattern) } } else { [] }
        }

        /// Whether everything that the pattern stands for is meant.
        func covers(_ pattern: String) -> Bool {
            switch self {
            case .listed(let patterns): patterns.contains { Glob.covers($0, pattern) }
            case .allBut(let patterns): !patterns.contains { Glob.overlap($0, pattern) }
            }
        }
    }

    /// Nil where the value is no policy document.
    init?(_ value: JSON) {
        guard let statement = value["Statement"] else { return nil }
        let list = statement.array ?? [statement]
        var statements: [Statement] = []
        for element in list {
            guard let parsed = Statement(element) else { return nil }
            statements.append(parsed)
        }
        self.statements = statements
    }
}

extension PolicyDocument.Statement {
    init?(_ value: JSON) {
        guard let effect = value["Effect"]?.string, effect == "Allow" || effect == "Deny" else { return nil }
        allows = effect == "Allow"
        guard let actions = Self.patterns(value, "Action", "NotAction", lowercased: true) else { return nil }
        self.actions = actions
        resources = Self.patterns(value, "Resource", "NotResource", lowercased: false) ?? .listed(["*"])
        if let principal = value["Principal"] {
            principals = .named(Self.principals(principal))
        } else if let principal = value["NotPrincipal"] {
            principals = .allBut(Self.principals(principal))
        } else {
            principals = .unnamed
        }
        guard let conditions = PolicyCondition.parse(value["Condition"]) else { return nil }
        self.conditions = conditions
    }

    private static func patterns(_ value: JSON, _ key: String, _ notKey: String, lowercased: Bool) -> PolicyDocument
        .Patterns?
    {
        let fold: (String) -> String = { lowercased ? $0.lowercased() : $0 }
        if let listed = PolicyDocument.texts(value[key]) { return .listed(listed.map(fold)) }
        if let excepted = PolicyDocument.texts(value[notKey]) { return .allBut(excepted.map(fold)) }
        return nil
    }

    private static func principals(_ value: JSON) -> [String] {
        if let object = value.object { return object.flatMap { PolicyDocument.texts($0.value) ?? [] } }
        return PolicyDocument.texts(value) ?? []
    }
}

extension PolicyDocument {
    /// One text or a list of texts; numbers and booleans, which conditions may hold, as text.
    static func texts(_ value: JSON?) -> [String]? {
        switch value {
        case .string(let text)?: [text]
        case .bool(let flag)?: [flag ? "true" : "false"]
        case .integer(let number)?: [String(number)]
        case .array(let elements)?: elements.flatMap { texts($0) ?? [] }
        default: nil
        }
    }
}
