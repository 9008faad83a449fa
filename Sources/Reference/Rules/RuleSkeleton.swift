internal import Documents
public import Resources

/// A new rule of a type, to be filled in. It is valid as it is, and its tests pass: it asks for a member that the type has.
public enum RuleSkeleton {
    /// Nil for a type without any member to ask for.
    public static func text(id: String, type: ResourceType) -> String? {
        guard let question = Question(type: type) else { return nil }
        let identity = identity(of: type)
        let named = identity.map { "{\($0)}" } ?? "account {account}"
        let root = question.path.segments[0]
        var gap = document(identity, [:])
        gap[root] = nil
        let unknown = flow(gap) + (gap.isEmpty ? "" : ", ") + "\(root): !uncollected AccessDenied"
        return """
            rule: \(id)
            title: "TODO: say what holds of every resource that passes"
            severity: medium
            resource: \(type.name)
            # where: {PATH: value}              # which resources it is about; leave it out for all
            pass_when:
              \(question.path): \(question.condition)
            message: "TODO: say what is wrong with \(named)"
            remediation:
              text: "TODO: say what to do"
            references: []
            tests:
              - {expect: fail, given: {\(flow(document(identity, question.failing)))}}
              - {expect: pass, given: {\(flow(document(identity, question.passing)))}}
              - {expect: unknown, given: {\(unknown)}}

            """
    }

    /// The member that identifies a resource, where messages can name it.
    private static func identity(of type: ResourceType) -> String? {
        guard case .listed = type.manifest.origin, let member = type.manifest.idMember, member.segments.count == 1,
            case .text? = type.schema[member]
        else { return nil }
        return member.segments[0]
    }

    private static func document(_ identity: String?, _ members: JSONObject) -> JSONObject {
        var document = members
        if let identity, document[identity] == nil { document[identity] = "example" }
        return document
    }

    /// The members as YAML writes them between braces. Names of members are plain words.
    private static func flow(_ object: JSONObject) -> String {
        object.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", ")
    }

    private static func flow(_ value: JSON) -> String {
        if case .object(let object) = value { return "{\(flow(object))}" }
        return value.text()
    }
}

/// What a new rule asks, with documents that answer no and yes.
private struct Question {
    var path: ValuePath
    var condition: String
    var failing: JSONObject
    var passing: JSONObject

    /// Takes the member that makes the best example: a switch, an enumeration, then whatever there is.
    init?(type: ResourceType) {
        var found: [(rank: Int, path: [String], schema: Schema)] = []
        Self.visit(type.schema, [], of: type, &found)
        // Of several, the last by name: switches that are named for what they forbid or demand tend to stand there.
        let best = found.min { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.path.count != right.path.count { return left.path.count < right.path.count }
            return right.path.joined(separator: ".").precedesByBytes(left.path.joined(separator: "."))
        }
        guard let best else { return nil }
        path = ValuePath(segments: best.path)
        switch best.schema {
        case .boolean:
            condition = "{eq: true, if_absent: false}"
            failing = Self.document(path, false)
            passing = Self.document(path, true)
        case .text(let values) where values.count > 1:
            condition = "{eq: \(JSON.string(values[0]).text()), if_absent: \(JSON.string(values[1]).text())}"
            failing = Self.document(path, .string(values[1]))
            passing = Self.document(path, .string(values[0]))
        default:
            condition = "{exists: true}"
            failing = [:]
            passing = Self.document(path, Self.sample(best.schema))
        }
    }

    private static func visit(
        _ schema: Schema, _ path: [String], of type: ResourceType,
        _ found: inout [(rank: Int, path: [String], schema: Schema)]
    ) {
        if case .structure(let members) = schema {
            for (name, value) in members where isWord(name) { visit(value, path + [name], of: type, &found) }
        }
        guard !path.isEmpty, path != type.manifest.idMember?.segments,
            !type.sensitive.contains(where: { path.starts(with: $0.segments) })
        else { return }
        found.append((rank(schema), path, schema))
    }

    private static func rank(_ schema: Schema) -> Int {
        switch schema {
        case .boolean: 0
        case .text(let values): values.count > 1 ? 1 : 2
        case .integer, .number, .timestamp: 3
        case .list: 4
        case .structure, .map, .policyDocument, .any, .blob: 5
        }
    }

    private static func sample(_ schema: Schema) -> JSON {
        switch schema {
        case .text(let values): .string(values.first ?? "example")
        case .integer, .number: 1
        case .boolean: true
        case .timestamp: "2026-01-01T00:00:00Z"
        case .list: []
        case .structure, .map, .policyDocument: [:]
        case .any, .blob: "example"
        }
    }

    private static func document(_ path: ValuePath, _ value: JSON) -> JSONObject {
        let document = path.segments.reversed().reduce(value) { inner, segment in .object([segment: inner]) }
        return document.object ?? [:]
    }

    private static func isWord(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
