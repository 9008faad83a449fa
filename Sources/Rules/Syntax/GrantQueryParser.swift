internal import Documents

/// Reads the operand of `allows` and `denies`.
struct GrantQueryParser {
    /// `name` is the operator, for messages. Every fault becomes a diagnostic; nil stands for what could not be read.
    static func parse(
        _ node: YAMLNode, operator name: String, _ diagnostics: inout FileDiagnostics
    ) -> GrantQuery? {
        var reader = GrantQueryParser(name: name, diagnostics: diagnostics)
        let query = reader.read(node)
        diagnostics = reader.diagnostics
        return query
    }

    private let name: String
    private var diagnostics: FileDiagnostics
    private var isGood = true

    private init(name: String, diagnostics: FileDiagnostics) {
        self.name = name
        self.diagnostics = diagnostics
    }

    private mutating func fault(_ message: String, at span: Span?, help: String? = nil) {
        diagnostics.error("rule/operand", message, at: span, help: help)
        isGood = false
    }

    private mutating func read(_ node: YAMLNode) -> GrantQuery? {
        var map = YAMLMapReader(node, of: "`\(name)`", area: "rule", &diagnostics)
        var query = GrantQuery(actions: [])
        principal(&map, &query)
        query.actions = texts("actions", "action", required: true, &map).map { element in
            action(element.text, at: element.span)
            return element.text
        }
        query.resources = texts("resources", "resource", &map).map { element in
            resource(element.text, at: element.span)
            return element.text
        }
        if let node = map.node("conditions", &diagnostics) {
            if let choice = choice(node, "conditions", of: GrantQuery.Conditions.self) { query.conditions = choice }
        }
        query.lacks = texts("lacks", "condition key", &map).map { element in
            key(element.text, at: element.span)
            return element.text
        }
        context(&map, &query)
        map.finish(&diagnostics)
        if query.conditions == .none, !query.lacks.isEmpty {
            diagnostics.warning(
                "rule/operand", "statements without conditions lack every condition key", at: map.span(of: "lacks"),
                help: "leave `lacks` out, or write `conditions: not_restricting`")
        }
        return isGood && node.mapping != nil && !query.actions.isEmpty ? query : nil
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode, _ key: String, of type: Choice.Type, or more: String? = nil
    ) -> Choice? {
        if let text = node.text, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let given = node.text.map { "`\($0)`" } ?? node.kind
        diagnostics.error(
            "rule/value", "`\(key)` cannot be \(given)", at: node.span,
            help: (node.text.flatMap { text in closestMatch(to: text, among: words).map { "did you mean `\($0)`?" } })
                ?? "one of: \(words.joined(separator: ", "))\(more.map { ", or \($0)" } ?? "")")
        isGood = false
        return nil
    }

    /// A list of texts that is not empty.
    private mutating func texts(
        _ key: String, _ one: String, required: Bool = false, _ map: inout YAMLMapReader
    ) -> [(text: String, span: Span)] {
        guard let node = map.node(key, required: required, &diagnostics) else {
            if required { isGood = false }
            return []
        }
        guard let nodes = node.sequence else {
            diagnostics.error(
                "rule/type", "`\(key)` must be a list, not \(node.kind)", at: node.span,
                help: node.text.map { "write [\"\($0)\"]" })
            isGood = false
            return []
        }
        if nodes.isEmpty { fault("`\(key)` names no \(one)", at: map.span(of: key)) }
        return nodes.compactMap { element in
            guard let text = element.text, !element.isNull, !text.isEmpty else {
                let found = element.text == "" && !element.isNull ? "empty text" : element.kind
                diagnostics.error("rule/type", "`\(key)` must hold text, not \(found)", at: element.span)
                isGood = false
                return nil
            }
            return (text, element.span)
        }
    }

    // MARK: Principals

    private static let formsOfPrincipals =
        "write an ARN, an account's twelve digits, or a service's name such as lambda.amazonaws.com"

    private mutating func principal(_ map: inout YAMLMapReader, _ query: inout GrantQuery) {
        guard let node = map.node("principal", &diagnostics) else { return }
        guard node.sequence != nil else {
            query.principal = choice(node, "principal", of: GrantQuery.Principal.self, or: "a list of ARNs")
            return
        }
        query.named = texts("principal", "principal", &map).map { element in
            named(element.text, at: element.span)
            return element.text
        }
    }

    private mutating func named(_ text: String, at span: Span) {
        if GrantQuery.Principal(rawValue: text) != nil {
            return fault("`\(text)` stands alone, not in a list", at: span, help: "write principal: \(text)")
        }
        if !text.isEmpty, text.allSatisfy({ $0 == "*" }) {
            return fault("`\(text)` is no principal's name", at: span, help: "write principal: anyone")
        }
        let digits = text.allSatisfy { $0.isASCII && $0.isNumber }
        if digits, text.utf8.count == 12 { return }
        if text.hasPrefix("arn:") {
            if PolicyARN.parts(text).count == 6 { return }
            return fault(
                "`\(text)` is no ARN", at: span, help: "an ARN has six parts: arn:aws:iam::111122223333:role/name")
        }
        if digits || !text.contains(".") || text.contains(where: { " /:,".contains($0) }) {
            fault(
                "`\(text)` is no principal", at: span,
                help: digits ? "an account has twelve digits" : Self.formsOfPrincipals)
        }
    }

    // MARK: Actions and resources

    private mutating func action(_ text: String, at span: Span) {
        if text == "*" { return }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            let help =
                parts.count == 1
                ? "write the service too: s3:\(text.allSatisfy { $0 == "*" || $0 == "?" } ? "*" : text), or \"*\" for all"
                : "an action has one colon: s3:GetObject"
            return fault("the action `\(text)` names no service", at: span, help: help)
        }
        if parts[0].isEmpty || parts[1].isEmpty || text.contains(where: { !Self.isActionCharacter($0) }) {
            return fault(
                "`\(text)` is no action", at: span, help: "write service:Action, such as s3:GetObject or s3:Get*")
        }
        if parts[0].contains(where: { $0 == "*" || $0 == "?" }), text != "*:*" {
            fault(
                "the action `\(text)` has a wildcard in the service", at: span,
                help: "name the service, or write \"*\" for all actions")
        }
    }

    private static func isActionCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "*?-_.:".contains(character))
    }

    private mutating func resource(_ text: String, at span: Span) {
        if text == "*" { return }
        if text.hasPrefix("arn:"), PolicyARN.parts(text).count == 6 { return }
        fault(
            "`\(text)` is no resource", at: span,
            help: text.hasPrefix("arn:")
                ? "an ARN has six parts: arn:aws:s3:::bucket/*" : "write an ARN with wildcards, or \"*\" for all")
    }

    // MARK: Condition keys

    private mutating func key(_ text: String, at span: Span) {
        let folded = PolicyDocument.folded(text)
        guard ConditionKeys.key(folded) == nil else { return }
        let names = ConditionKeys.all.map(\.name).filter { $0.contains(":") }
        fault(
            "there is no condition key `\(text)`", at: span,
            help: closestMatch(to: text, among: names).map { "did you mean `\($0)`?" }
                ?? (text.contains(":") ? nil : "a condition key has a prefix: aws:SourceArn"))
    }

    private mutating func context(_ map: inout YAMLMapReader, _ query: inout GrantQuery) {
        guard let node = map.node("context", &diagnostics) else { return }
        guard let pairs = node.mapping, !pairs.isEmpty else {
            fault(
                "`context` takes a map from condition keys to values, not \(node.mapping == nil ? node.kind : "an empty one")",
                at: node.span)
            return
        }
        for pair in pairs {
            guard let name = pair.key.text, let value = pair.value.text, !pair.value.isNull else {
                fault("`context` takes one value for each condition key", at: pair.value.span)
                continue
            }
            key(name, at: pair.key.span)
            query.context[name] = value
        }
    }
}
