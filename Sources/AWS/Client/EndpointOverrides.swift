/// Endpoints that stand in for those of AWS: from `AWS_ENDPOINT_URL_<SERVICE>`, then from `AWS_ENDPOINT_URL`.
public struct EndpointOverrides: Sendable {
    private let all: String?
    private let services: [String: String]

    /// No overrides.
    public init() {
        all = nil
        services = [:]
    }

    public init(environment: [String: String]) {
        let isIgnored = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
        let prefix = "AWS_ENDPOINT_URL_"
        var services: [String: String] = [:]
        for (name, value) in isIgnored ? [:] : environment where name.hasPrefix(prefix) && !value.isEmpty {
            services[String(name.dropFirst(prefix.count))] = value
        }
        self.services = services
        all = environment["AWS_ENDPOINT_URL"].flatMap { $0.isEmpty || isIgnored ? nil : $0 }
    }

    /// The URL for a service, by the ID in its model, such as `Secrets Manager`.
    public func url(serviceID: String) -> String? {
        services[String(serviceID.uppercased().map { $0 == " " || $0 == "-" ? "_" : $0 })] ?? all
    }
}
