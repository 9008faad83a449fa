internal import AWS
internal import Documents
internal import Resources

/// Answers that tell of all items at once.
extension Collector {
    /// The element that tells of an item; with `many`, a list of all such elements.
    func element(
        of call: Manifest.Call, _ bulk: Manifest.Bulk, items: [JSON], region: String, omitsEmpty: Bool = false
    ) async -> Result<JSON, AWSError> {
        guard let name = value(of: bulk.match, items: items, region: region) else {
            return .failure(
                .invalid(call, region, .invalidInput, "there is no `\(bulk.match.source)` to look up"))
        }
        let fixed = JSON.object(call.fixed).text()
        let table = await calls.table("\(call.name) \(fixed) \(bulk.items) \(bulk.key) \(omitsEmpty) \(region)") {
            await answer(call, items: [], region: region).flatMap { answer in
                bulk.table(of: answer, call, region: region, omitsEmpty: omitsEmpty)
            }
        }
        return table.flatMap { table in
            let elements = table[name.bytes()] ?? []
            if bulk.many { return .success(.array(elements)) }
            return elements.first.map { .success($0) }
                ?? .failure(.invalid(call, region, .notReturned, "the answer says nothing of it"))
        }
    }
}

extension Manifest.Bulk {
    /// The elements of an answer by the items that they name.
    fileprivate func table(
        of answer: JSON, _ call: Manifest.Call, region: String, omitsEmpty: Bool
    ) -> Result<[[UInt8]: [JSON]], AWSError> {
        // An empty list is sent as such: an answer without it is no answer.
        let isThere = items.segments.first.map { answer[$0] != nil } ?? true
        guard isThere || omitsEmpty else {
            return .failure(.invalid(call, region, .malformedResponse, "the answer has no `\(items)`"))
        }
        var elements = items.values(in: answer)
        if let format = call.format {
            guard let text = elements.first, let rows = format.value(of: text)?.array else {
                return .failure(.invalid(call, region, .malformedResponse, "the answer is no table"))
            }
            elements = rows
        }
        var table: [[UInt8]: [JSON]] = [:]
        for element in elements {
            for name in Set(key.values(in: element).map { $0.bytes() }) {
                table[name, default: []].append(element)
            }
        }
        return .success(table)
    }
}

extension AWSError {
    fileprivate static func invalid(
        _ call: Manifest.Call, _ region: String, _ code: Code, _ message: String
    ) -> AWSError {
        AWSError(code, message, kind: .invalid, service: call.service, operation: call.operation, region: region)
    }
}
