internal import AWS
internal import Documents
internal import Resources

/// Calls that tell more of listed items: of each, or of several at once.
extension Collector {
    func detailed(_ items: [Item], by detail: Manifest.Detail) async -> [Item] {
        guard let batch = detail.batch else {
            return await concurrently(items) { item in
                var item = item
                switch await value(of: detail.call, items: item.scope, region: item.region) {
                case .success(let value): item.take(value)
                case .failure(let error): item.failure = error.code
                }
                return item
            }
        }
        let results = await concurrently(chunks(of: items, detail.call, batch)) { chunk in
            await detailed(chunk.map { items[$0] }, by: detail, batch, at: chunk)
        }
        var items = items
        for (index, item) in results.joined() { items[index] = item }
        return items
    }

    /// Positions of items that fit into one call: of one region, with the same other inputs.
    func chunks(of items: [Item], _ call: Manifest.Call, _ batch: Manifest.Batch) -> [[Int]] {
        var groups: [String: [Int]] = [:]
        var order: [String] = []
        for (index, item) in items.enumerated() {
            let others = call.input.filter { $0.member != [batch.member] }
                .map { input in item.scope.lazy.compactMap { input.path.value(in: $0) }.first?.text() ?? "" }
            let key = ([item.region] + others).joined(separator: " ")
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(index)
        }
        return order.flatMap { key -> [[Int]] in
            let indices = groups[key] ?? []
            return stride(from: 0, to: indices.count, by: batch.size).map {
                Array(indices[$0..<min($0 + batch.size, indices.count)])
            }
        }
    }

    private func detailed(
        _ items: [Item], by detail: Manifest.Detail, _ batch: Manifest.Batch, at indices: [Int]
    ) async -> [(Int, Item)] {
        guard let first = items.first else { return [] }
        let call = detail.call
        let names = names(of: items, call, batch)
        let result = await value(of: batch.call(call, names), items: first.scope, region: first.region)
        return zip(indices, zip(items, names)).map { index, pair in
            var (item, name) = pair
            switch result {
            case .failure(let error): item.failure = error.code
            case .success(let answer):
                let element = name.flatMap { name in
                    answer.array?.first { detail.key?.value(in: $0) == name }
                }
                if let element {
                    item.take(element)
                } else {
                    item.failure = .notReturned
                }
            }
            return (index, item)
        }
    }

    /// What each item gives to a batch.
    func names(of items: [Item], _ call: Manifest.Call, _ batch: Manifest.Batch) -> [JSON?] {
        let path = call.input.first { $0.member == [batch.member] }?.path
        return items.map { item in path.flatMap { path in item.scope.lazy.compactMap { path.value(in: $0) }.first } }
    }

    /// What a call's `value` names in its answer.
    private func value(of call: Manifest.Call, items: [JSON], region: String) async -> Result<JSON, AWSError> {
        await answer(call, items: items, region: region).flatMap { answer in
            guard let path = call.value else { return .success(answer) }
            // Details of one item can come in a list of one.
            guard let found = path.value(in: answer) else {
                return .failure(
                    AWSError(
                        .malformedResponse, "the answer has no `\(path)`", kind: .invalid, service: call.service,
                        operation: call.operation, region: region))
            }
            return .success(found)
        }
    }
}

extension Manifest.Batch {
    /// The call for several items.
    func call(_ call: Manifest.Call, _ names: [JSON?]) -> Manifest.Call {
        var batched = call
        batched.input.removeAll { $0.member == [member] }
        batched.fixed[member] = .array(names.compactMap { $0 })
        return batched
    }
}

extension Item {
    /// Makes what a detail tells part of the item.
    fileprivate mutating func take(_ detail: JSON) {
        var detail = detail
        // Details of one item can come in a list of one.
        if let elements = detail.array, elements.count == 1 { detail = elements[0] }
        guard case .object(var object) = value, let more = detail.object else {
            failure = .malformedResponse
            return
        }
        object.merge(more) { _, detailed in detailed }
        value = .object(object)
    }
}
