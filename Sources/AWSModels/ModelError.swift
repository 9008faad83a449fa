/// Why a model, or a fact that a model should hold, cannot be had.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, for code that decides on it.
    public struct Code: Sendable, Hashable {
        public let name: String

        public init(_ name: String) { self.name = name }

        /// There is no model for the service.
        public static let unknownService = Code("unknownService")
        /// The model does not have the operation.
        public static let unknownOperation = Code("unknownOperation")
        /// No partition has such a region.
        public static let unknownRegion = Code("unknownRegion")
        /// The service has no endpoint of that kind there.
        public static let noEndpoint = Code("noEndpoint")
        /// The model is not what this version of Parapet reads.
        public static let malformed = Code("malformed")
    }

    public let code: Code
    public let message: String
    public var description: String { message }

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
