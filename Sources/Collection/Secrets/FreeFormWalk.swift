internal import AWS
internal import Documents
internal import Resources

/// Puts a description in the place of each free-form value that a path names.
struct FreeFormWalk {
    let redaction: SecretRedaction
    let form: Manifest.FreeForm
    /// What the resource is known by: salt for digests.
    let place: [String]
    /// Pointers into the config, and why what stands there could not be told of.
    private(set) var uncollected: [String: String] = [:]

    /// Nil where nothing can be kept.
    mutating func walk(_ value: JSON, _ rest: ArraySlice<String>, _ pointer: [String]) -> JSON? {
        guard let segment = rest.first else { return description(of: value, pointer) }
        switch value {
        case .array(let elements):
            return .array(
                elements.enumerated().map { index, element in
                    walk(element, rest, pointer + [String(index)]) ?? .null
                })
        case .object(var object):
            guard let member = object[segment], !member.isNull else { return value }
            object[segment] = walk(member, rest.dropFirst(), pointer + [segment])
            return .object(object)
        default: return value
        }
    }

    /// Nil, and a code in `uncollected`, where the value is not what the manifest says.
    private mutating func description(of value: JSON, _ pointer: [String]) -> JSON? {
        switch form {
        case .map:
            guard let object = value.object else { break }
            return map(object.map { ($0.key, $0.value) }, pointer)
        case .pairs:
            guard let elements = value.array else { break }
            let pairs = elements.compactMap(Self.pair)
            guard pairs.count == elements.count else { break }
            return map(pairs, pointer)
        case .text:
            if let text = value.string { return describe(text: Array(text.utf8), pointer) }
            guard let elements = value.array else { break }
            let words = elements.compactMap(\.string)
            guard words.count == elements.count else { break }
            // A line for each word, so that a secret's line is its word's number.
            let lines = words.map { Array($0.utf8).map { $0 == 0x0A ? 0x20 : $0 } }
            return describe(text: Array(lines.joined(separator: [0x0A])), pointer, isCommand: true)
        case .base64:
            guard let text = value.string, let bytes = Base64.decode(text) else { break }
            return describe(packed: bytes, pointer)
        }
        uncollected[JSONPointer.text(pointer)] = AWSError.Code.malformedResponse.rawValue
        return nil
    }

    /// `{Name, Value}`, `{ParameterKey, ParameterValue}`: the name, and the value or null.
    private static func pair(_ element: JSON) -> (String, JSON)? {
        guard let object = element.object else { return nil }
        guard let key = object.first(where: { Manifest.FreeForm.isKey($0.key) })?.value.string else { return nil }
        return (key, object.first { Manifest.FreeForm.isValue($0.key) }?.value ?? .null)
    }

    // MARK: Descriptions

    private func map(_ members: [(String, JSON)], _ pointer: [String]) -> JSON {
        var keys: [String] = []
        var secrets: [JSON] = []
        var references: [JSON] = []
        for (key, value) in members.sorted(by: { $0.0.precedesByBytes($1.0) }) {
            let name = redaction.name(key)
            keys.append(name)
            guard !value.isNull else { continue }
            let text = value.string ?? value.text()
            guard let kind = redaction.detector.kind(of: text, key: key) else { continue }
            if kind == .reference {
                references.append(.string(name))
            } else {
                let place = place + pointer + [key]
                secrets.append(secret(["Key": .string(name)], kind, Array(text.utf8), at: place))
            }
        }
        return ["Keys": .array(keys.map(JSON.string)), "Secrets": .array(secrets), "References": .array(references)]
    }

    private mutating func describe(packed bytes: [UInt8], _ pointer: [String]) -> JSON {
        let encoding: JSONObject = Gzip.isGzip(bytes) ? ["Encoding": "gzip"] : [:]
        switch PackedText(bytes, limit: TextScan.limit) {
        case .text(let text): return describe(text: text, pointer, encoding)
        case .unreadable(let reason):
            leave(pointer, reason)
            var object = encoding
            object["Length"] = .integer(Int64(bytes.count))
            return .object(object)
        }
    }

    /// The description of a text. Where parts of it could not be read, that is told instead of secrets.
    private mutating func describe(
        text: [UInt8], _ pointer: [String], _ members: JSONObject = [:], isCommand: Bool = false
    ) -> JSON {
        var object = members
        object["Length"] = .integer(Int64(text.count))
        guard text.count <= TextScan.limit else {
            leave(pointer, .tooLarge)
            return .object(object)
        }
        let scan = redaction.detector.scan(text, isCommand: isCommand)
        object["References"] = .array(
            scan.found.filter { $0.kind == .reference }.map { .integer(Int64($0.line)) })
        let secrets = scan.found.filter { $0.kind != .reference }
        // A secret that was found is one, whatever else the text holds.
        if !scan.isComplete { leave(pointer, .compressed, secrets.isEmpty ? ["Secrets"] : []) }
        if scan.isComplete || !secrets.isEmpty {
            object["Secrets"] = .array(
                secrets.map {
                    secret(["Line": .integer(Int64($0.line))], $0.kind, Array($0.secret), at: place + pointer)
                })
        }
        return .object(object)
    }

    private mutating func leave(
        _ pointer: [String], _ reason: PackedText.Reason, _ members: [String] = ["Secrets", "References"]
    ) {
        for member in members { uncollected[JSONPointer.text(pointer + [member])] = reason.rawValue }
    }

    private func secret(_ place: JSONObject, _ kind: SecretKind, _ secret: [UInt8], at salt: [String]) -> JSON {
        var object = place
        object["Kind"] = .string(kind.rawValue)
        if let digest = redaction.digests.digest(of: secret, kind, at: salt) { object["Hash"] = .string(digest) }
        return .object(object)
    }
}
