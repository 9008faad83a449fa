internal import Documents

/// An IAM policy document with its variants taken off: one statement or a list, one text or a list, text or URL-encoded
/// text instead of a structure, any case of what IAM compares without case.
///
/// What cannot be read stays in it: as a statement, or a part of one, of which nothing is certain.
struct PolicyDocument: Sendable {
    var statements: [Statement] = []
    /// Why parts of it could not be read. Each is in a statement too, so that it weighs where it could matter.
    var faults: [String] = []

    struct Statement: Sendable {
        enum Effect: Sendable {
            case allow, deny
            /// Nobody knows.
            case either
        }

        var effect: Effect
        var principals: PolicyPrincipals
        var actions: PolicyPatterns
        var resources: PolicyPatterns
        var conditions: [PolicyCondition]
        /// Its position; nil where `Statement` is a single one.
        var index: Int?
        /// The document's position in its set.
        var document = 0

        var mayAllow: Bool { effect != .deny }
        var mayDeny: Bool { effect != .allow }
    }

    /// Nil where the value is no policy document, or one that cannot be read as a whole.
    init?(_ value: JSON) {
        self.init(reading: value)
        if !faults.isEmpty { return nil }
    }

    /// Larger documents are not looked at. AWS takes at most a few dozen kilobytes.
    static let maximumStatements = 4_096
}

extension PolicyDocument {
    /// Reads whatever is there.
    init(reading value: JSON) { read(value) }

    private mutating func read(_ value: JSON) {
        let structure: JSON
        switch PolicyText.structure(of: value) {
        case .success(let value): structure = value
        case .failure(let fault): return add(fault)
        }
        guard let object = structure.object else {
            return add(PolicyFault("a policy document is a map, not \(structure.kind)"))
        }
        let version = object["Version"] ?? "2008-10-17"
        guard version == "2012-10-17" || version == "2008-10-17" else {
            return add(PolicyFault("`Version` is \(Self.shown(version))"))
        }
        for key in object.keys where !["Version", "Id", "Statement"].contains(where: key.hasSameBytes) {
            add(PolicyFault("the element `\(PolicyFault.quoted(key))` is not known"))
        }
        guard let statement = object["Statement"] else { return add(PolicyFault("there is no `Statement`")) }
        let list = statement.array
        guard (list?.count ?? 1) <= Self.maximumStatements else {
            return add(PolicyFault("there are more than \(Self.maximumStatements) statements"))
        }
        for (index, element) in (list ?? [statement]).enumerated() {
            var reader = StatementReader(element, takesVariables: version == "2012-10-17")
            statements.append(reader.statement(index: list == nil ? nil : index))
            faults += reader.faults
        }
    }

    /// A statement that could mean anything stands for what cannot be read.
    private mutating func add(_ fault: PolicyFault) {
        faults.append(fault.reason)
        statements.append(
            Statement(
                effect: .either, principals: .unreadable(fault.reason), actions: .unreadable(fault.reason),
                resources: .unreadable(fault.reason), conditions: [.unreadable(fault.reason)]))
    }

    static func shown(_ value: JSON) -> String {
        value.string.map { "`\(PolicyFault.quoted($0))`" } ?? value.kind
    }

    /// One text, or a list of texts. Nil for anything else.
    static func texts(_ value: JSON?) -> [String]? {
        switch value {
        case .string(let text)?: return [text]
        case .array(let elements)?:
            let texts = elements.compactMap(\.string)
            return texts.count == elements.count ? texts : nil
        default: return nil
        }
    }

    /// ASCII letters in lower case, all else as it is.
    static func folded(_ text: some StringProtocol) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
                }))
    }
}

/// Reads one statement.
private struct StatementReader {
    private static let elements = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ]

    let value: JSON
    let takesVariables: Bool
    var faults: [String] = []

    init(_ value: JSON, takesVariables: Bool) {
        self.value = value
        self.takesVariables = takesVariables
    }

    mutating func statement(index: Int?) -> PolicyDocument.Statement {
        guard let object = value.object else {
            let reason = fault("a statement is a map, not \(value.kind)")
            return PolicyDocument.Statement(
                effect: .either, principals: .unreadable(reason), actions: .unreadable(reason),
                resources: .unreadable(reason), conditions: [.unreadable(reason)], index: index)
        }
        var statement = PolicyDocument.Statement(
            effect: .either, principals: principals(), actions: patterns("Action"), resources: patterns("Resource"),
            conditions: PolicyCondition.parse(object["Condition"], takesVariables: takesVariables), index: index)
        faults += statement.conditions.compactMap(\.fault)
        switch object["Effect"]?.string {
        case "Allow"?: statement.effect = .allow
        case "Deny"?: statement.effect = .deny
        default:
            let shown = object["Effect"].map { "is \(PolicyDocument.shown($0))" } ?? "is missing"
            statement.conditions.append(.unreadable(fault("`Effect` \(shown)")))
        }
        for key in object.keys where !Self.elements.contains(where: key.hasSameBytes) {
            let reason = fault("the element `\(PolicyFault.quoted(key))` is not known")
            statement.conditions.append(.unreadable(reason))
        }
        return statement
    }

    private mutating func fault(_ reason: String) -> String {
        faults.append(reason)
        return reason
    }

    private mutating func principals() -> PolicyPrincipals {
        let (named, excepted) = (value["Principal"], value["NotPrincipal"])
        if named != nil, excepted != nil { return .unreadable(fault("both `Principal` and `NotPrincipal` are there")) }
        guard let part = named ?? excepted else { return .unnamed }
        switch PolicyPrincipals.entries(part, named == nil ? "NotPrincipal" : "Principal") {
        case .success(let entries):
            for case .unreadable(let reason) in entries { faults.append(reason) }
            return named == nil ? .allBut(entries) : .named(entries)
        case .failure(let found): return .unreadable(fault(found.reason))
        }
    }

    /// Of `Action` and `NotAction`, or `Resource` and `NotResource`. Without a resource, as in roles' trust policies,
    /// what the policy is attached to is meant.
    private mutating func patterns(_ element: String) -> PolicyPatterns {
        let (listed, excepted) = (value[element], value["Not" + element])
        if listed != nil, excepted != nil {
            return .unreadable(fault("both `\(element)` and `Not\(element)` are there"))
        }
        let name = listed == nil ? "Not" + element : element
        guard let part = listed ?? excepted else {
            if element == "Resource" { return .listed([PolicyPattern("*")]) }
            return .unreadable(fault("there is no `Action`"))
        }
        guard let texts = PolicyDocument.texts(part), !texts.isEmpty else {
            return .unreadable(fault("`\(name)` is neither text nor a list of texts"))
        }
        var patterns: [PolicyPattern] = []
        for text in texts {
            let pattern =
                element == "Action"
                ? PolicyPattern(PolicyDocument.folded(text))
                : PolicyPattern(text, takesVariables: takesVariables)
            let isOfForm = element == "Action" ? Self.isAction(pattern) : !text.isEmpty
            guard isOfForm, pattern.scalars.count <= PolicyPattern.maximumLength else {
                return .unreadable(fault("`\(name)` holds `\(PolicyFault.quoted(text))`"))
            }
            patterns.append(pattern)
        }
        return listed == nil ? .allBut(patterns) : .listed(patterns)
    }

    /// `service:Action`, or wildcards alone.
    private static func isAction(_ pattern: PolicyPattern) -> Bool {
        let parts = pattern.text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2 { return !parts[0].isEmpty && !parts[1].isEmpty }
        return !pattern.scalars.isEmpty && pattern.scalars.allSatisfy { $0 == "*" || $0 == "?" }
    }
}
