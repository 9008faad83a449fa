public struct RetryPolicy { static let throttlingCodes: Set<String> = [] }
