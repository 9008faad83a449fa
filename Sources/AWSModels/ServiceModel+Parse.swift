public import Documents

extension ServiceModel {
    /// Reads a model as `scripts/update-models` writes it.
    public convenience init(json: JSON) throws(ModelError) {
        let metadata = try Metadata(json: json)
        var table = ShapeTable(service: metadata.service, source: json["shapes"]?.object ?? [:])
        try table.readShapes()
        var operations: [String: Operation] = [:]
        for (name, value) in json["ops"]?.object ?? [:] {
            operations[name] = try Self.operation(name, value, &table)
        }
        var retryable: [String: RetryKind] = [:]
        for (code, kind) in json["retryable"]?.object ?? [:] {
            retryable[code] = kind.string.flatMap(RetryKind.init(rawValue:)) ?? .transient
        }
        self.init(
            metadata: metadata, operations: operations, shapes: table.shapes, shapeIndexes: table.indexes,
            retryableCodes: retryable)
    }

    private static func operation(
        _ name: String, _ json: JSON, _ table: inout ShapeTable
    ) throws(ModelError) -> Operation {
        let input: Int? = if let name = json["in"]?.string { try table.index(of: name) } else { nil }
        let output: Int? = if let name = json["out"]?.string { try table.index(of: name) } else { nil }
        return Operation(
            name: name,
            method: json["m"]?.string ?? "POST",
            uri: json["u"]?.string ?? "/",
            input: input,
            output: output,
            resultWrapper: json["wrap"]?.string,
            rootElement: json["root"]?.string,
            rootNamespace: json["rootns"]?.string,
            hostPrefix: json["host"]?.string,
            isAnonymous: json["noauth"] != nil,
            hasUnsignedPayload: json["unsigned"] != nil,
            unwrapsRoot: json["unwrap"] != nil,
            staticContext: json["ctx"]?.object ?? [:],
            pagination: json["pg"].map(pagination))
    }

    private static func pagination(_ json: JSON) -> Pagination {
        func texts(_ key: String) -> [String] { json[key]?.array?.compactMap(\.string) ?? [] }
        return Pagination(
            inputTokens: texts("in"), outputTokens: texts("out"), resultKeys: texts("keys"),
            moreResults: json["more"]?.string, limitKey: json["limit"]?.string)
    }
}

/// Gives every shape an index: scalars first, then the named ones.
private struct ShapeTable {
    let service: String
    let source: JSONObject
    var shapes: [Shape] = [.string(values: []), .integer, .double, .boolean, .blob, .timestamp, .document]
    var indexes: [String: Int] = [:]

    static let codes = ["s": 0, "i": 1, "d": 2, "b": 3, "x": 4, "t": 5, "j": 6]

    init(service: String, source: JSONObject) {
        self.service = service
        self.source = source
        for (offset, member) in source.enumerated() { indexes[member.key] = shapes.count + offset }
    }

    func index(of name: String) throws(ModelError) -> Int {
        guard let index = indexes[name] ?? Self.codes[name] else {
            throw ModelError(.malformed, "the model of `\(service)` has no shape `\(name)`")
        }
        return index
    }

    mutating func readShapes() throws(ModelError) {
        for (name, json) in source { shapes.append(try shape(name, json)) }
    }

    private func shape(_ name: String, _ json: JSON) throws(ModelError) -> Shape {
        if let members = json["m"]?.object { return .structure(try structure(name, json, members)) }
        if let element = json["e"] { return .list(element: try reference(element)) }
        if let key = json["k"], let value = json["v"] {
            return .map(key: try reference(key), value: try reference(value))
        }
        if let values = json["en"]?.array { return .string(values: values.compactMap(\.string)) }
        throw ModelError(.malformed, "shape `\(name)` of `\(service)` is of no known kind")
    }

    private func structure(_ name: String, _ json: JSON, _ members: JSONObject) throws(ModelError) -> Shape.Structure {
        var list: [ShapeMember] = []
        for (name, member) in members { list.append(ShapeMember(name: name, reference: try reference(member))) }
        let payload = json["pay"]?.string
        return Shape.Structure(
            name: name, members: list, required: json["req"]?.array?.compactMap(\.string) ?? [],
            payload: payload.flatMap { name in list.firstIndex { $0.name == name } }, isUnion: json["u"] != nil)
    }

    private func reference(_ json: JSON) throws(ModelError) -> ShapeReference {
        if let name = json.string { return ShapeReference(shape: try index(of: name)) }
        guard let name = json["s"]?.string else {
            throw ModelError(.malformed, "a reference in the model of `\(service)` names no shape")
        }
        return ShapeReference(shape: try index(of: name), traits: Self.traits(json))
    }

    private static func traits(_ json: JSON) -> ShapeTraits {
        var traits = ShapeTraits()
        for (key, value) in json.object ?? [:] {
            switch key {
            case "n": traits.locationName = value.string
            case "l": traits.location = value.string.flatMap(ShapeTraits.Location.init(rawValue:))
            case "q": traits.queryName = value.string
            case "tf": traits.timestampFormat = value.string.flatMap(ShapeTraits.TimestampFormat.init(rawValue:))
            case "ns":
                traits.namespace = ShapeTraits.Namespace(
                    uri: value.string ?? value[0]?.string ?? "", prefix: value[1]?.string ?? "")
            case "f": traits.isFlattened = true
            case "a": traits.isXMLAttribute = true
            case "st": traits.isStreaming = true
            case "jv": traits.isJSONValue = true
            case "hl": traits.isHostLabel = true
            case "es": traits.isEventStream = true
            case "z": traits.isSensitive = true
            case "it": traits.isIdempotencyToken = true
            case "pd": traits.isPolicyDocument = true
            case "lp": traits.sendsLastPart = true
            default: break
            }
        }
        return traits
    }
}
