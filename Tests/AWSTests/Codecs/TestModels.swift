import AWSModels
import Documents

@testable import AWS

/// Small models for tests of the codecs.
enum TestModels {
    static func model(
        _ wireProtocol: String, operation: JSON = [:], shapes: JSON, extra: JSON = [:]
    ) throws -> (ServiceModel, ServiceModel.Operation) {
        var call = operation.object ?? [:]
        if shapes["In"] != nil { call["in"] = "In" }
        if shapes["Out"] != nil { call["out"] = "Out" }
        var json: JSONObject = [
            "v": 1, "service": "test", "apiVersion": "2020-01-01", "protocol": .string(wireProtocol),
            "jsonVersion": "1.1", "targetPrefix": "Test", "ops": ["Act": .object(call)], "shapes": shapes,
        ]
        for (key, value) in extra.object ?? [:] { json[key] = value }
        let model = try ServiceModel(json: .object(json))
        return (model, try model.operation("Act"))
    }
}
