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
    let limiter: RateLimiter
    let clockOffset: ClockOffset
    /// The account whose buckets are drawn on; nil: that of the credentials.
    let account: String?
    /// When, on the clock of the configuration, every call fails.
    let deadline: Duration?
    /// Where buckets are, as far as S3 has told.
    let bucketRegions = Mutex<[String: String]>([:])

    public convenience init(
        transport: any HTTPTransport, models: ModelLibrary, credentials: any CredentialProvider,
        configuration: Configuration = Configuration(), statistics: CallStatistics = CallStatistics()
    ) {
        self.init(
            transport: transport, models: models, provider: credentials, configuration: configuration,
            statistics: statistics,
            limiter: RateLimiter(
                limits: configuration.rateLimits, standard: configuration.standardRate, clock: configuration.clock),
            clockOffset: ClockOffset(), account: nil, deadline: nil)
    }

    private init(
        transport: any HTTPTransport, models: ModelLibrary, provider: any CredentialProvider,
        configuration: Configuration, statistics: CallStatistics, limiter: RateLimiter, clockOffset: ClockOffset,
        account: String?, deadline: Duration?
    ) {
        self.transport = transport
        self.models = models
        self.provider = provider
        self.configuration = configuration
        self.statistics = statistics
        self.limiter = limiter
        self.clockOffset = clockOffset
        self.account = account
        self.deadline = deadline
    }

    /// A client with other credentials, and with the same transport, models and rates; what it
    /// does is counted apart.
    ///
    /// `account` says whose rates are drawn on, where the access key does not tell. After `time` all calls of this client
    /// fail with `TenantDeadlineExceeded`, those under way and those that wait included.
    public func using(
        _ credentials: any CredentialProvider, account: String? = nil, endingAfter time: Duration? = nil
    ) -> AWSClient {
        AWSClient(
            transport: transport, models: models, provider: credentials, configuration: configuration,
            statistics: CallStatistics(), limiter: limiter, clockOffset: clockOffset, account: account,
            deadline: time.map { configuration.clock.now() + $0 })
    }

    /// Calls an operation once, with retries. `service` is the name of a model, such as `s3`; member names in `input`
    /// and in the result are boto3's.
    public func call(
        _ service: String, _ operation: String, _ input: JSON = [:], region: String
    ) async throws(AWSError) -> JSON {
        try await answer(service, operation, input, region: region).output
    }

    /// The result of a call, and how many bytes its answer had.
    func answer(
        _ service: String, _ operation: String, _ input: JSON, region: String
    ) async throws(AWSError) -> Answer {
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
}
