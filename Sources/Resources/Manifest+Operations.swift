extension Manifest {
    /// All operations that the manifest calls, `service:Operation`, as often as they stand there.
    public var operations: [String] { calls.flatMap { ($0.after.map { [$0.name] } ?? []) + [$0.name] } }

    /// All calls, those that list first.
    public var calls: [Call] {
        var calls: [Call] = []
        if case .listed(let lists) = origin { calls += lists.flatMap { $0.levels.map(\.call) } }
        if case .call(let call, _, _) = region { calls.append(call) }
        if let detail { calls.append(detail.call) }
        if case .call(let call, _)? = tags { calls.append(call) }
        return calls + attributes.flatMap(\.calls)
    }
}

extension Manifest.Attribute {
    public var calls: [Manifest.Call] { [call] + each.flatMap(\.calls) }
}
