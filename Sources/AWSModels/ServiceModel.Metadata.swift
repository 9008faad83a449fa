internal import Documents

extension ServiceModel {
    /// The facts at the head of a model.
    struct Metadata {
        let service: String
        let serviceID: String
        let apiVersion: String
        let wireProtocol: WireProtocol
        let jsonVersion: String
        let targetPrefix: String
        let endpointPrefix: String
        let signingName: String
        let iamPrefix: String
        let accept: String?
        let signsAsS3: Bool
        let globalEndpoint: String?
        let isQueryCompatible: Bool

        init(json: JSON) throws(ModelError) {
            guard let service = json["service"]?.string else {
                throw ModelError(.malformed, "a model has no member `service`")
            }
            guard json["v"]?.integer == 1 else {
                throw ModelError(.malformed, "the model of `\(service)` is not of version 1")
            }
            guard let wireProtocol = json["protocol"]?.string.flatMap(WireProtocol.init(rawValue:)) else {
                throw ModelError(.malformed, "the model of `\(service)` names no known protocol")
            }
            self.service = service
            self.wireProtocol = wireProtocol
            serviceID = json["serviceId"]?.string ?? service
            apiVersion = json["apiVersion"]?.string ?? ""
            jsonVersion = json["jsonVersion"]?.string ?? "1.0"
            targetPrefix = json["targetPrefix"]?.string ?? ""
            endpointPrefix = json["endpointPrefix"]?.string ?? service
            signingName = json["signingName"]?.string ?? endpointPrefix
            iamPrefix = json["iam"]?.string ?? signingName
            accept = json["accept"]?.string
            signsAsS3 = json["sig"]?.string?.hasPrefix("s3") ?? false
            globalEndpoint = json["globalEndpoint"]?.string
            isQueryCompatible = json["queryCompat"] != nil
        }
    }
}
