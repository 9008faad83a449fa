import AWSModels
import Documents

/// Cuts the models inside the protocol suites down to the form that `ServiceModel` reads.
struct SuiteModel {
    let suite: JSON
    private var shapes: [String: JSON] = [:]
    /// The older suites name the payload beside the input's shape.
    private var payload: String?

    init(suite: JSON) { self.suite = suite }

    static func model(suite: JSON, given: JSON) throws -> (ServiceModel, ServiceModel.Operation) {
        var cutter = SuiteModel(suite: suite)
        let json = cutter.cut(given)
        let model = try ServiceModel(json: json)
        return (model, try model.operation(given["name"]?.string ?? "?"))
    }

    private mutating func cut(_ given: JSON) -> JSON {
        let metadata = suite["metadata"] ?? .null
        var operation: JSONObject = [:]
        operation["m"] = given["http"]?["method"]
        operation["u"] = given["http"]?["requestUri"]
        if let input = given["input"], let name = input["shape"]?.string {
            payload = input["payload"]?.string
            add(name)
            if let payload = input["payload"], var shape = shapes[name]?.object {
                shape["pay"] = payload
                shapes[name] = .object(shape)
            }
            let source = suite["shapes"]?[name]
            operation["in"] = .string(name)
            operation["root"] = input["locationName"] ?? source?["locationName"]
            let namespace = input["xmlNamespace"] ?? source?["xmlNamespace"]
            operation["rootns"] = namespace?["uri"] ?? namespace
        }
        if let output = given["output"], let name = output["shape"]?.string {
            add(name)
            operation["out"] = .string(name)
            operation["wrap"] = output["resultWrapper"] ?? suite["shapes"]?[name]?["resultWrapper"]
            // The newer suites leave out what is the same for all operations.
            if metadata["protocol"] == "query", metadata["protocols"] != nil, operation["wrap"] == nil {
                operation["wrap"] = .string((given["name"]?.string ?? "?") + "Result")
            }
        }
        operation["host"] = given["endpoint"]?["hostPrefix"]
        var model: JSONObject = ["v": 1, "service": "suite"]
        model["protocol"] = metadata["protocol"]
        model["apiVersion"] = metadata["apiVersion"]
        model["jsonVersion"] = metadata["jsonVersion"]
        model["targetPrefix"] = metadata["targetPrefix"]
        if metadata["awsQueryCompatible"] != nil { model["queryCompat"] = 1 }
        model["ops"] = .object([given["name"]?.string ?? "?": .object(operation)])
        model["shapes"] = .object(JSONObject(shapes.map { ($0.key, $0.value) }))
        return .object(model)
    }

    private static let scalars: [String: JSON] = [
        "string": "s", "character": "s", "integer": "i", "long": "i", "float": "d", "double": "d", "boolean": "b",
        "blob": "x", "timestamp": "t",
    ]

    private static let traits = [
        "n": "locationName", "l": "location", "q": "queryName", "tf": "timestampFormat", "f": "flattened",
        "a": "xmlAttribute", "st": "streaming", "jv": "jsonvalue", "it": "idempotencyToken", "hl": "hostLabel",
    ]

    private mutating func reference(_ member: JSON, isPayload: Bool = false) -> JSON {
        let name = member["shape"]?.string ?? "?"
        let shape = suite["shapes"]?[name] ?? .null
        var result: JSONObject = [:]
        for (short, long) in Self.traits {
            let value = member[long] ?? shape[long]
            if let value, value != false { result[short] = value }
        }
        // The name of a structure is that of a root element, not of a member.
        if shape["type"] == "structure", !isPayload { result["n"] = member["locationName"] }
        if let namespace = member["xmlNamespace"] ?? shape["xmlNamespace"] {
            result["ns"] = namespace.string != nil ? namespace : [namespace["uri"] ?? "", namespace["prefix"] ?? ""]
        }
        let type = Self.type(of: shape)
        if type == "structure", shape["document"] == true {
            result["s"] = "j"
        } else if let code = Self.scalars[type], shape["enum"] == nil {
            result["s"] = code
        } else {
            add(name)
            result["s"] = .string(name)
        }
        return .object(result)
    }

    /// One suite calls a map a string.
    private static func type(of shape: JSON) -> String {
        shape["key"] != nil ? "map" : shape["type"]?.string ?? "?"
    }

    private func isPayload(_ member: String, _ structure: JSON) -> Bool {
        structure["payload"]?.string == member || payload == member
    }

    private mutating func add(_ name: String) {
        guard shapes[name] == nil, let source = suite["shapes"]?[name] else { return }
        shapes[name] = [:]
        var shape: JSONObject = [:]
        switch Self.type(of: source) {
        case "structure":
            var members: JSONObject = [:]
            for (key, member) in source["members"]?.object ?? [:] {
                members[key] = reference(member, isPayload: isPayload(key, source))
            }
            shape["m"] = .object(members)
            shape["req"] = source["required"]
            shape["pay"] = source["payload"]
            if source["union"] == true { shape["u"] = 1 }
        case "list": shape["e"] = source["member"].map { reference($0) }
        case "map":
            shape["k"] = source["key"].map { reference($0) }
            shape["v"] = source["value"].map { reference($0) }
        default: shape["en"] = source["enum"] ?? []
        }
        shapes[name] = .object(shape)
    }
}
