internal import Documents

/// The tags that say who is responsible for a resource.
public struct OwnerTags: Sendable, Equatable {
    /// Those that are asked first come first.
    public var keys: [String]

    public init(_ keys: [String] = []) { self.keys = keys }

    /// The value of the first key that the resource has; keys are compared byte by byte. A value that is blank names
    /// nobody, and the next key is asked. Nil where nobody is named, and where the tags could not be read.
    public func owner(in tags: [String: String]) -> String? {
        for key in keys {
            guard let value = tags.first(where: { $0.key.hasSameBytes(as: key) })?.value,
                !value.allSatisfy(\.isWhitespace)
            else { continue }
            return value
        }
        return nil
    }
}
