internal import Documents

/// Reads `tests:`.
enum RuleTestParser {
    static func parse(
        _ node: YAMLNode, types: [String], parameters: [Rule.Parameter], _ diagnostics: inout FileDiagnostics
    ) -> [RuleTest] {
        guard let nodes = node.sequence else {
            diagnostics.error("rule/type", "`tests` must be a list, not \(node.kind)", at: node.span)
            return []
        }
        return nodes.compactMap { test($0, types, parameters, &diagnostics) }
    }

    private static func test(
        _ node: YAMLNode, _ types: [String], _ parameters: [Rule.Parameter], _ diagnostics: inout FileDiagnostics
    ) -> RuleTest? {
        var map = YAMLMapReader(node, of: "a test", area: "rule", &diagnostics)
        let expect = map.choice("expect", of: VerdictKind.self, required: true, &diagnostics)
        let why = map.string("why", &diagnostics)
        let type = map.string("type", &diagnostics)
        let given = map.node("given", required: true, &diagnostics)
        let id = map.string("id", &diagnostics)
        let region = map.string("region", &diagnostics)
        let account = map.string("account", &diagnostics)
        let tags = map.stringMap("tags", &diagnostics) ?? []
        let now = moment(map.node("now", &diagnostics), &diagnostics)
        let values = map.node("params", &diagnostics)
        let with = map.node("with", &diagnostics)
        map.finish(&diagnostics)
        guard let expect, let given else { return nil }
        var subject = fixture(given, type: type ?? types.first ?? "", &diagnostics)
        if let type, !types.contains(type) {
            diagnostics.error(
                "rule/test", "the rule does not judge `\(type)`", at: map.span(of: "type"),
                help: suggestion(for: type, among: types))
        }
        subject.id = id ?? "example"
        subject.region = region ?? RuleTest.defaultRegion
        subject.account = account ?? RuleTest.defaultAccount
        subject.tags = Dictionary(tags.map { ($0.key, $0.value) }) { first, _ in first }
        if let values, values.mapping == nil {
            diagnostics.error("rule/type", "`params` must be a map, not \(values.kind)", at: values.span)
        }
        if let with, with.sequence == nil {
            diagnostics.error("rule/type", "`with` must be a list, not \(with.kind)", at: with.span)
        }
        var settings: [String: JSON] = [:]
        for pair in values?.mapping ?? [] {
            let name = pair.key.text ?? ""
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                diagnostics.error(
                    "rule/parameter", "the rule has no parameter `\(name)`", at: pair.key.span,
                    help: suggestion(for: name, among: parameters.map(\.name)))
                continue
            }
            if let fault = parameter.fault(in: pair.value.json) {
                diagnostics.error("rule/parameter", "`\(name)` \(fault)", at: pair.value.span)
            }
            settings[name] = pair.value.json
        }
        let related = (with?.sequence ?? []).compactMap { self.related($0, subject, &diagnostics) }
        return RuleTest(
            expect: expect, why: why, subject: subject, related: related, parameters: settings,
            now: now ?? RuleTest.defaultNow, span: node.span)
    }

    private static func related(
        _ node: YAMLNode, _ subject: RuleTest.Fixture, _ diagnostics: inout FileDiagnostics
    ) -> RuleTest.Fixture? {
        var map = YAMLMapReader(node, of: "a related resource", area: "rule", &diagnostics)
        let type = map.string("type", required: true, &diagnostics)
        let id = map.string("id", &diagnostics)
        let region = map.string("region", &diagnostics)
        let account = map.string("account", &diagnostics)
        let tags = map.stringMap("tags", &diagnostics) ?? []
        let gap = map.string("uncollected", &diagnostics)
        let given = map.node("given", required: gap == nil, &diagnostics)
        map.finish(&diagnostics)
        guard let type else { return nil }
        var fixture =
            given.map { Self.fixture($0, type: type, &diagnostics) }
            ?? RuleTest.Fixture(
                type: type, id: "", region: "", account: "", tags: [:], config: .object([:]), uncollected: [:])
        fixture.id = id ?? "related"
        fixture.region = region ?? subject.region
        fixture.account = account ?? subject.account
        fixture.tags = Dictionary(tags.map { ($0.key, $0.value) }) { first, _ in first }
        fixture.gap = gap
        return fixture
    }

    private static func fixture(_ node: YAMLNode, type: String, _ diagnostics: inout FileDiagnostics)
        -> RuleTest.Fixture
    {
        var uncollected: [String: String] = [:]
        if node.mapping == nil {
            diagnostics.error("rule/type", "`given` must be a map, not \(node.kind)", at: node.span)
        }
        let config = document(node, [], &uncollected)
        return RuleTest.Fixture(
            type: type, id: "", region: "", account: "", tags: [:], config: config, uncollected: uncollected, node: node
        )
    }

    /// The document; what carries `!uncollected` is left out (null in lists) and noted with its code.
    private static func document(_ node: YAMLNode, _ pointer: [String], _ uncollected: inout [String: String]) -> JSON {
        if node.tag == "!uncollected" {
            let code = node.text ?? ""
            uncollected[JSONPointer.text(pointer)] = code.isEmpty ? "Uncollected" : code
            return .null
        }
        switch node.content {
        case .scalar: return node.json
        case .sequence(let nodes):
            return .array(nodes.enumerated().map { document($1, pointer + [String($0)], &uncollected) })
        case .mapping(let pairs):
            var object = JSONObject()
            for pair in pairs {
                let key = pair.key.text ?? ""
                let value = document(pair.value, pointer + [key], &uncollected)
                if !value.isNull { object[key] = value }
            }
            return .object(object)
        }
    }

    private static func moment(_ node: YAMLNode?, _ diagnostics: inout FileDiagnostics) -> Timestamp? {
        guard let node else { return nil }
        if let moment = node.text.flatMap({ Timestamp($0) }) { return moment }
        diagnostics.error("rule/type", "`now` must be a moment such as 2026-01-15T00:00:00Z", at: node.span)
        return nil
    }
}
