internal import AWS
internal import Documents
internal import Resources

/// What became of an attribute: a value, nothing (AWS has none), or codes for what could not be read.
struct AttributeValue: Sendable {
    var value: JSON?
    /// By pointer into the value; the empty pointer is the whole.
    var uncollected: [String: String] = [:]
    /// The call succeeded, and its answer lacks the member that was asked for.
    var isAnsweredWithout = false

    static let absent = AttributeValue(value: nil)
    static let malformed = AttributeValue(value: nil, uncollected: ["": AWSError.Code.malformedResponse.rawValue])

    static func failed(_ error: AWSError) -> AttributeValue {
        AttributeValue(value: nil, uncollected: ["": error.code.rawValue])
    }
}

extension Collector {
    func value(of attribute: Manifest.Attribute, items: [JSON], region: String) async -> AttributeValue {
        guard attribute.when.fits(items) else { return .absent }
        let result: Result<JSON, AWSError>
        if let bulk = attribute.bulk {
            result = await element(of: attribute.call, bulk, items: items, region: region)
        } else {
            result = await answer(attribute.call, items: items, region: region)
        }
        switch result {
        case .failure(let error):
            return attribute.call.absent.contains(error.code.rawValue) ? .absent : .failed(error)
        case .success(let answer):
            var value = answer
            if let path = attribute.call.value {
                guard let found = path.value(in: answer) else {
                    return AttributeValue(value: nil, isAnsweredWithout: true)
                }
                value = found
            }
            if attribute.bulk == nil, let format = attribute.call.format {
                guard let parsed = format.value(of: value) else { return .malformed }
                value = parsed
            }
            if let name = attribute.itemName, let elements = value.array {
                value = .array(elements.map { .object([name: $0]) })
            }
            for only in attribute.only { value = only.path.filtered(value) { only.filter.fits([$0]) } }
            value = attribute.keep.apply(to: value)
            guard !attribute.each.isEmpty, let elements = value.array else { return AttributeValue(value: value) }
            return await extended(elements, by: attribute.each, items: items, region: region)
        }
    }

    /// The element that tells of an item, out of an answer that tells of all.
    private func element(
        of call: Manifest.Call, _ bulk: Manifest.Bulk, items: [JSON], region: String
    ) async -> Result<JSON, AWSError> {
        @Sendable func failure<Value>(_ code: AWSError.Code, _ message: String) -> Result<Value, AWSError> {
            .failure(
                AWSError(
                    code, message, kind: .invalid, service: call.service, operation: call.operation, region: region))
        }
        let name = bulk.match.filled { place in
            items.lazy.compactMap { ValuePath(place).value(in: $0) }.first?.name
        }
        guard let name else { return failure(.invalidInput, "there is no `\(bulk.match.source)` to look up") }
        // Inputs are constant, and the same for all items.
        let input = JSON.object(call.fixed).text()
        let table = await calls.table("\(call.name) \(bulk.items) \(bulk.key) \(region) \(bulk.isMany) \(input)") {
            await answer(call, items: [], region: region).flatMap { answer in
                // An empty list is sent as such: an answer without it is no answer.
                if bulk.isMany, let list = bulk.items.segments.first, answer[list] == nil {
                    return failure(.malformedResponse, "the answer has no `\(bulk.items)`")
                }
                var elements = bulk.items.values(in: answer)
                if let format = call.format {
                    guard let text = elements.first, let rows = format.value(of: text)?.array else {
                        return failure(.malformedResponse, "the answer is no table")
                    }
                    elements = rows
                }
                let pairs = elements.compactMap { element in
                    bulk.key.value(in: element)?.name.map { (Array($0.utf8), element) }
                }
                guard bulk.isMany else { return .success(Dictionary(pairs, uniquingKeysWith: { first, _ in first })) }
                return .success(
                    Dictionary(grouping: pairs, by: { $0.0 }).mapValues { .array($0.map { $0.1 }) })
            }
        }
        return table.flatMap { table in
            if let element = table[Array(name.utf8)] { return .success(element) }
            return bulk.isMany ? .success([]) : failure(.notReturned, "the answer says nothing of it")
        }
    }

    /// Makes further calls for each element of a list; their values become members of the element.
    private func extended(
        _ elements: [JSON], by attributes: [Manifest.Attribute], items: [JSON], region: String
    ) async -> AttributeValue {
        var result = AttributeValue(value: nil)
        var extended = elements
        await withTaskGroup(of: (Int, String, AttributeValue).self) { group in
            for (index, element) in elements.enumerated() {
                for attribute in attributes {
                    group.addTask {
                        (index, attribute.name, await value(of: attribute, items: [element] + items, region: region))
                    }
                }
            }
            for await (index, name, part) in group {
                if let value = part.value, !value.isNull, case .object(var object) = extended[index] {
                    object[name] = value
                    extended[index] = .object(object)
                }
                for (pointer, code) in part.uncollected {
                    result.uncollected[
                        ([String(index), name] + (pointer.isEmpty ? [] : [pointer])).joined(separator: "/")] = code
                }
            }
        }
        result.value = .array(extended)
        return result
    }

    func tags(of manifest: Manifest, items: [JSON], region: String) async -> Result<[String: String], AWSError> {
        switch manifest.tags {
        case nil: return .success([:])
        case .member(let path)?: return .success(Self.tags(items.first.flatMap { path.value(in: $0) }))
        case .call(let call)?:
            switch await answer(call, items: items, region: region) {
            case .success(let answer):
                guard let path = call.value else { return .success(Self.tags(answer)) }
                return .success(Self.tags(path.value(in: answer) ?? .array(path.values(in: answer))))
            case .failure(let error):
                return call.absent.contains(error.code.rawValue) ? .success([:]) : .failure(error)
            }
        }
    }

    /// A list of keys and values, however they are named, or a map.
    private static func tags(_ value: JSON?) -> [String: String] {
        let pairs: [(String, String)]
        switch value {
        case .array(let elements)?:
            pairs = elements.compactMap { tag in
                let value = tag["Value"] ?? tag["value"] ?? tag["TagValue"]
                return (tag["Key"] ?? tag["key"] ?? tag["TagKey"])?.string.map { ($0, value?.string ?? "") }
            }
        case .object(let object)?: pairs = object.map { ($0.key, $0.value.string ?? "") }
        default: pairs = []
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
