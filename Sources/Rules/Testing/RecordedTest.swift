public import Documents
public import Resources

/// Turns a real resource into a test of a rule: what the rule reads of it, and no more. Account numbers become those of
/// examples, and sensitive values are left out.
public struct RecordedTest {
    private let rule: Rule
    private let context: EvaluationContext
    private let dependencies: RuleDependencies
    /// Account numbers as they are, and as they are written.
    private var accounts: [String: String] = [:]

    public init(_ rule: Rule, fragments: [String: Fragment], in context: EvaluationContext) {
        self.rule = rule
        self.context = context
        dependencies = RuleDependencies([rule], fragments: fragments, catalog: context.catalog)
    }

    /// The test as an element of `tests:`, on one line.
    public mutating func text(of resource: Resource) -> String {
        // JSON is YAML, but for the tag of what could not be read.
        let parts = document(of: resource).text().split(separator: "\"\\u0000", omittingEmptySubsequences: false)
        return parts.enumerated().map { index, part in
            guard index > 0, let quote = part.firstIndex(of: "\"") else { return String(part) }
            return "!uncollected " + part[..<quote] + part[part.index(after: quote)...]
        }.joined()
    }

    /// The test as JSON; a text that starts with U+0000 is the code with which a value could not be read.
    mutating func document(of resource: Resource) -> JSON {
        let verdict = RuleEvaluator(rule, in: context).verdict(for: resource)
        accounts[resource.account] = RuleTest.defaultAccount
        var test: JSONObject = [
            "expect": .string(verdict.kind.rawValue), "id": .string(redacted(resource.id)),
            "region": .string(resource.region), "now": .string(context.now.description),
            "given": given(resource),
        ]
        if rule.resources.count > 1 { test["type"] = .string(resource.type) }
        if !resource.tags.isEmpty { test["tags"] = redacted(resource.envelope["tags"] ?? .object([:])) }
        let related = self.related(to: resource)
        if !related.isEmpty { test["with"] = .array(related) }
        return .object(test)
    }

    /// Resources of the other types that the rule looks at, in the same account.
    private mutating func related(to resource: Resource) -> [JSON] {
        let types = dependencies.members.keys.filter { !rule.resources.contains($0) }.sorted()
        var found: [JSON] = []
        for type in types {
            for other in context.snapshot.resources[type] ?? [] where other.account == resource.account {
                found.append([
                    "type": .string(type), "id": .string(redacted(other.id)), "region": .string(other.region),
                    "given": given(other),
                ])
            }
        }
        return found
    }

    /// The members that the rule reads, and those that name the resource.
    private mutating func given(_ resource: Resource) -> JSON {
        guard let type = context.catalog[resource.type], let config = resource.config.object else {
            return .object([:])
        }
        var wanted = dependencies.members[resource.type] ?? []
        for place in type.manifest.id.places { wanted.formUnion(ValuePath(place).segments.prefix(1)) }
        var object = JSONObject()
        for (key, value) in config where wanted.contains(key) { object[key] = value }
        var document = JSON.object(object)
        for path in type.sensitive { document = path.map(document) { _ in .null } }
        var visible = redacted(document.withoutNulls)
        for (pointer, code) in resource.uncollected.sorted(by: { $0.key < $1.key }) {
            let segments = JSONPointer.segments(pointer)
            guard let first = segments.first, wanted.contains(first) else { continue }
            visible.hide(segments[...], code.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
        }
        return visible
    }

    // MARK: Redaction

    private mutating func redacted(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): return .string(redacted(text))
        case .array(let elements):
            var list: [JSON] = []
            for element in elements { list.append(redacted(element)) }
            return .array(list)
        case .object(let object):
            var copy = JSONObject()
            for (key, member) in object { copy[redacted(key)] = redacted(member) }
            return .object(copy)
        default: return value
        }
    }

    /// Runs of twelve digits are account numbers.
    private mutating func redacted(_ text: String) -> String {
        var output = ""
        var digits = ""
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                digits.unicodeScalars.append(scalar)
            } else {
                output += example(digits)
                digits = ""
                output.unicodeScalars.append(scalar)
            }
        }
        return output + example(digits)
    }

    private mutating func example(_ digits: String) -> String {
        guard digits.count == 12 else { return digits }
        if let known = accounts[digits] { return known }
        let number = String(repeating: String((accounts.count + 3) % 10), count: 12)
        accounts[digits] = number
        return number
    }
}

extension JSON {
    /// Puts the mark of what could not be read at a place, or at the first of its parents that is missing.
    fileprivate mutating func hide(_ segments: ArraySlice<String>, _ code: String) {
        guard let first = segments.first else {
            self = .string("\u{0}" + code)
            return
        }
        switch self {
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index) else { return }
            elements[index].hide(segments.dropFirst(), code)
            self = .array(elements)
        case .object(var object):
            var member = object[first] ?? .null
            member.hide(object[first] == nil ? [] : segments.dropFirst(), code)
            object[first] = member
            self = .object(object)
        default: self = .string("\u{0}" + code)
        }
    }

    fileprivate var withoutNulls: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutNulls))
        case .object(let object):
            // Elements keep their places.
            .object(JSONObject(object.compactMap { $0.value.isNull ? nil : ($0.key, $0.value.withoutNulls) }))
        default: self
        }
    }
}
