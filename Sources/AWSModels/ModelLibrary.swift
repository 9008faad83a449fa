internal import Documents
internal import Synchronization

/// The models at hand. Each is parsed when it is first asked for, and kept.
public final class ModelLibrary: Sendable {
    private let load: @Sendable (String) -> [UInt8]?
    private let cache = Mutex(Cache())

    private struct Cache {
        var models: [String: ServiceModel] = [:]
        var endpoints: Endpoints?
    }

    /// `load` returns the JSON text of a service's model, and for `endpoints` that of the endpoints.
    public init(load: @escaping @Sendable (String) -> [UInt8]?) { self.load = load }

    /// The model of `service`, such as `s3`.
    public func model(_ service: String) throws(ModelError) -> ServiceModel {
        if let model = cache.withLock({ $0.models[service] }) { return model }
        // Two callers may parse the same model at once; the first to finish is kept.
        let parsed = try ServiceModel(json: try json(service))
        return cache.withLock { cache in
            if let model = cache.models[service] { return model }
            cache.models[service] = parsed
            return parsed
        }
    }

    public func endpoints() throws(ModelError) -> Endpoints {
        if let endpoints = cache.withLock({ $0.endpoints }) { return endpoints }
        let parsed = try Endpoints(json: try json("endpoints"))
        cache.withLock { $0.endpoints = parsed }
        return parsed
    }

    private func json(_ name: String) throws(ModelError) -> JSON {
        guard let bytes = load(name) else { throw ModelError(.unknownService, "there is no model of `\(name)`") }
        do {
            return try JSON.parse(bytes)
        } catch {
            throw ModelError(.malformed, "the model of `\(name)` is not JSON: \(error)")
        }
    }
}
