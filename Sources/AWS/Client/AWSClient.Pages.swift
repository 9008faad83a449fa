internal import AWSModels
public import Documents

extension AWSClient {
    /// The pages of an operation's result, called for one after the other.
    public struct Pages: AsyncSequence, AsyncIteratorProtocol, Sendable {
        public typealias Element = JSON
        public typealias Failure = AWSError

        let client: AWSClient
        let service: String
        let operation: String
        let region: String
        var input: JSON
        /// Digests of all tokens so far.
        private var seen: Set<[UInt8]> = []
        private var count = 0
        private var emptyCount = 0
        private var size = 0
        private var isFinished = false

        init(client: AWSClient, service: String, operation: String, input: JSON, region: String) {
            self.client = client
            self.service = service
            self.operation = operation
            self.input = input
            self.region = region
        }

        public func makeAsyncIterator() -> Pages { self }

        public mutating func next() async throws(AWSError) -> JSON? {
            try await next(isolation: nil)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(AWSError) -> JSON? {
            if isFinished { return nil }
            count += 1
            guard count <= client.configuration.maximumPages else {
                throw failure(.tooManyPages, "there are more than \(client.configuration.maximumPages) pages")
            }
            let page = try await client.answer(service, operation, input, region: region)
            size += page.size
            guard size <= client.configuration.maximumResultSize else {
                throw failure(
                    .resultTooLarge, "the pages have more than \(client.configuration.maximumResultSize) bytes")
            }
            try turn(page.output)
            return page.output
        }

        /// Prepares the call for the page after `page`.
        private mutating func turn(_ page: JSON) throws(AWSError) {
            guard let rules = try? client.models.model(service).operation(operation).pagination else {
                isFinished = true
                return
            }
            let next = rules.outputTokens.map { PagePath.find($0, in: page) ?? .null }
            let flag = rules.moreResults.flatMap { PagePath.value($0, in: page) }
            // A flag that is missing where a token is says nothing: the token counts.
            let hasMore = flag.map { !PagePath.isEmpty($0) } ?? true
            guard hasMore, next.contains(where: { !$0.isNull }) else {
                // A service that says there is more, and not where, has cut its answer short.
                if hasMore, flag != nil {
                    throw failure(.missingPageToken, "more results, but no page token")
                }
                isFinished = true
                return
            }
            guard seen.insert(SHA256.digest(JSON.array(next).bytes())).inserted else {
                throw failure(.repeatedPageToken, "repeated page token")
            }
            try countEmpty(page, rules)
            var object = input.object ?? [:]
            for (name, token) in zip(rules.inputTokens, next) { object[name] = token.isNull ? nil : token }
            input = .object(object)
        }

        private mutating func countEmpty(_ page: JSON, _ rules: ServiceModel.Pagination) throws(AWSError) {
            let hasItems = rules.resultKeys.contains { PagePath.find($0, in: page) != nil }
            emptyCount = hasItems || rules.resultKeys.isEmpty ? 0 : emptyCount + 1
            guard emptyCount <= client.configuration.maximumEmptyPages else {
                throw failure(.emptyPages, "\(emptyCount) pages without an item, and no end")
            }
        }

        private func failure(_ code: AWSError.Code, _ message: String) -> AWSError {
            AWSError(
                code, message, kind: .malformed, service: service, operation: operation, region: region)
        }
    }

    /// The pages of an operation; one page where the model does not page it.
    public func pages(_ service: String, _ operation: String, _ input: JSON = [:], region: String) -> Pages {
        Pages(client: self, service: service, operation: operation, input: input, region: region)
    }

    /// Calls for all pages and joins them: the lists that continue are appended, other members are the first page's,
    /// and page tokens are left out.
    public func callAllPages(
        _ service: String, _ operation: String, _ input: JSON = [:], region: String
    ) async throws(AWSError) -> JSON {
        let rules = try? models.model(service).operation(operation).pagination
        var pages = pages(service, operation, input, region: region)
        var result: JSON?
        var lists: [String: [JSON]] = [:]
        while let page = try await pages.next() {
            for key in rules?.resultKeys ?? [] {
                lists[key, default: []] += PagePath.find(key, in: page)?.array ?? []
            }
            result = result ?? page
        }
        var joined = result ?? [:]
        guard let rules else { return joined }
        for (key, list) in lists where PagePath.find(key, in: joined)?.array != nil || !list.isEmpty {
            joined = PagePath.replace(key, in: joined, with: .array(list))
        }
        let paths = rules.outputTokens.flatMap(PagePath.alternatives) + [rules.moreResults].compactMap(\.self)
        for path in paths where !path.contains("[") { joined = PagePath.replace(path, in: joined, with: nil) }
        return joined
    }
}
