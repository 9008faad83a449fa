public import Documents

extension Manifest {
    /// The config with the moments cut to their day that change without a change of configuration.
    public func cuttingToDays(_ config: JSON) -> JSON {
        volatile.reduce(config) { document, path in
            path.map(document) { value in
                value.string.flatMap { Timestamp($0) }.map { .string($0.day.description) } ?? value
            }
        }
    }
}
