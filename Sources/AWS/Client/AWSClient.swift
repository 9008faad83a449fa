public import AWSModels
public import Documents
public import HTTP
internal import Synchronization

/// Calls operations of AWS services, driven by their models.
public final class AWSClient: Sendable {
    public let models: ModelLibrary
    public let configuration: Configuration
    public let statistics: CallStatistics
    public let quota = RetryQuota()
    let transport: any HTTPTransport
    let provider: any CredentialProvider
    /// Where buckets are, as far as S3 has told.
    private let bucketRegions = Mutex<[String: String]>([:])

    public init(
        transport: any HTTPTransport, models: ModelLibrary, credentials: any CredentialProvider,
        configuration: Configuration = Configuration(), statistics: CallStatistics = CallStatistics()
    ) {
        self.transport = transport
        self.models = models
        self.configuration = configuration
        self.statistics = statistics
        provider = credentials
    }

    /// A client with other credentials, and with the same transport, models and statistics.
    public func using(_ credentials: any CredentialProvider) -> AWSClient {
        AWSClient(
            transport: transport, models: models, credentials: credentials, configuration: configuration,
            statistics: statistics)
    }

    /// Calls an operation once, with retries. `service` is the name of a model, such as `s3`; member names in `input`
    /// and in the result are boto3's.
    public func call(
        _ service: String, _ operation: String, _ input: JSON = [:], region: String
    ) async throws(AWSError) -> JSON {
        statistics.countCall(service, operation)
        do throws(AWSError) {
            let call = try prepare(service, operation, input, region: region)
            try call.checkInput()
            return try await perform(call)
        } catch {
            statistics.countFailure()
            throw error.during(service: service, operation: operation, region: region)
        }
    }

    private func prepare(
        _ service: String, _ operation: String, _ input: JSON, region: String
    ) throws(AWSError) -> PreparedCall {
        guard S3Addressing.isRegion(region) else {
            throw AWSError(.unknownRegion, "`\(region.prefix(40))` is no region's name", kind: .invalid)
        }
        do throws(ModelError) {
            let model = try models.model(service)
            let operation = try model.operation(operation)
            return PreparedCall(model: model, operation: operation, input: input, region: region)
        } catch {
            throw AWSError(model: error)
        }
    }

    private func perform(_ call: PreparedCall) async throws(AWSError) -> JSON {
        var call = call
        call.encoded = try RequestEncoder(model: call.model).encode(call.operation, call.input)
        if let bucket = call.bucket, let known = bucketRegions.withLock({ $0[bucket] }) { call.region = known }
        var retry = 0
        var paid: Int?
        var isRedirected = false
        while true {
            let failure: CallFailure
            switch await attempt(call) {
            case .success(let output):
                quota.giveBack(paid)
                return output
            case .failure(let problem): failure = problem
            }
            if failure.error.kind == .throttled { statistics.countThrottle() }
            if let region = failure.bucketRegion, let bucket = call.bucket, !isRedirected, region != call.region {
                bucketRegions.withLock { $0[bucket] = region }
                call.region = region
                isRedirected = true
                continue
            }
            guard let kind = failure.retry, retry + 1 < configuration.retries.maximumAttempts else {
                throw failure.error
            }
            let cost = RetryQuota.cost(kind)
            guard quota.take(cost) else { throw failure.error }
            paid = cost
            let delay = configuration.retries.delay(
                kind, retry: retry, random: configuration.random(), wish: failure.retryAfter)
            do { try await configuration.sleep(delay) } catch { throw AWSError.cancelled }
            retry += 1
            statistics.countRetry()
        }
    }

    private func attempt(_ call: PreparedCall) async -> Result<JSON, CallFailure> {
        var secrets = call.sensitiveTexts
        do throws(AWSError) {
            let (request, used) = try await signed(call)
            secrets += used
            let response = try await send(request)
            if (200..<300).contains(response.status) {
                return .success(try ResponseDecoder(model: call.model).decode(call.operation, response))
            }
            return .failure(CallFailure(response, call, secrets: secrets))
        } catch {
            let isTransient = error.kind == .network && error.code != .tlsFailure
            return .failure(CallFailure(error: error, retry: isTransient ? .transient : nil))
        }
    }

    private func send(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
        do throws(HTTPError) {
            return try await transport.send(request, timeouts: configuration.timeouts)
        } catch {
            throw AWSError(http: error)
        }
    }
}
