/// A file of a folder that is written whole. Its bytes are made when they are needed, each time anew: of many files, few
/// are in memory at once.
public struct TreeFile: Sendable {
    /// Relative to the folder.
    public var path: String
    private let make: @Sendable () -> [UInt8]

    public init(path: String, bytes: @escaping @autoclosure @Sendable () -> [UInt8]) {
        self.path = path
        make = bytes
    }

    public var bytes: [UInt8] { make() }
}
