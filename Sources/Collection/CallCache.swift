internal import AWS
internal import Documents

/// Makes calls, and each call that several places of a plan share only once in a scan.
actor CallCache {
    private let client: any APICaller
    private let limit: ConcurrencyLimit
    private let shared: Set<String>
    private var answers: [String: Task<Result<JSON, AWSError>, Never>] = [:]
    private var preparations: [String: Task<AWSError?, Never>] = [:]
    private var tables: [String: Task<Result<[[UInt8]: [JSON]], AWSError>, Never>] = [:]

    init(client: any APICaller, limit: ConcurrencyLimit, shared: Set<String>) {
        self.client = client
        self.limit = limit
        self.shared = shared
    }

    nonisolated func answer(
        _ service: String, _ operation: String, _ input: JSON, region: String
    ) async -> Result<JSON, AWSError> {
        guard shared.contains("\(service):\(operation)") else {
            return await newAnswer(service, operation, input, region: region)
        }
        return await kept(service, operation, input, region)
    }

    /// Does what has to be done before other calls, once for each region. Returns why it failed.
    func prepared(
        _ name: String, region: String, _ work: @escaping @Sendable () async -> AWSError?
    ) async -> AWSError? {
        let key = "\(name) \(region)"
        if let task = preparations[key] { return await task.value }
        let task = Task { await work() }
        preparations[key] = task
        return await task.value
    }

    /// The elements of one answer by their keys, made once for all items that look theirs up.
    func table(
        _ name: String, _ make: @escaping @Sendable () async -> Result<[[UInt8]: [JSON]], AWSError>
    ) async -> Result<[[UInt8]: [JSON]], AWSError> {
        if let task = tables[name] { return await task.value }
        let task = Task { await make() }
        tables[name] = task
        return await task.value
    }

    private func kept(_ service: String, _ operation: String, _ input: JSON, _ region: String) async -> Result<
        JSON, AWSError
    > {
        let key = "\(service):\(operation) \(region) \(input.text())"
        if let task = answers[key] { return await task.value }
        let task = Task { await newAnswer(service, operation, input, region: region) }
        answers[key] = task
        return await task.value
    }

    /// An answer of now, whatever was answered before: for what changes from one call to the next.
    nonisolated func newAnswer(
        _ service: String, _ operation: String, _ input: JSON, region: String
    ) async -> Result<JSON, AWSError> {
        do {
            return .success(
                try await limit.run { () async throws(AWSError) in
                    try await client.answer(service, operation, input, region: region)
                })
        } catch {
            return .failure(error)
        }
    }
}
