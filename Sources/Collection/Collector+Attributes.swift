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
    static let malformed = failed(.malformedResponse)

    static func failed(_ code: AWSError.Code) -> AttributeValue {
        AttributeValue(value: nil, uncollected: ["": code.rawValue])
    }
}

extension Collector {
    func value(of attribute: Manifest.Attribute, items: [JSON], region: String) async -> AttributeValue {
        guard attribute.when.fits(items), let items = attribute.cut(items) else { return .absent }
        let result: Result<JSON, AWSError>
        if let bulk = attribute.bulk {
            result = await element(
                of: attribute.call, bulk, items: items, region: region, omitsEmpty: attribute.omitsEmpty)
        } else {
            result = await answer(attribute.call, items: items, region: region)
        }
        switch result {
        case .failure(let error):
            return attribute.call.isAbsent(error) ? .absent : .failed(error.code)
        case .success(let answer):
            guard let part = attribute.part(of: answer) else {
                return attribute.omitsEmpty
                    ? AttributeValue(value: .array([])) : AttributeValue(value: nil, isAnsweredWithout: true)
            }
            var value = part
            if let pick = attribute.pick {
                guard let picked = pick.value(in: value) else { return .malformed }
                value = picked
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
        case .call(let call, let bulk)?:
            let result =
                if let bulk {
                    await element(of: call, bulk, items: items, region: region)
                } else {
                    await answer(call, items: items, region: region)
                }
            switch result {
            case .success(let answer):
                guard let path = call.value else { return .success(Self.tags(answer)) }
                return .success(Self.tags(path.value(in: answer) ?? .array(path.values(in: answer))))
            case .failure(let error):
                return call.isAbsent(error) ? .success([:]) : .failure(error)
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

extension Manifest.Attribute {
    /// The items with the members in front that `before` shortens; nil where there is nothing to shorten.
    fileprivate func cut(_ items: [JSON]) -> [JSON]? {
        var cut: [JSON] = []
        for (path, texts) in before {
            guard let text = items.lazy.compactMap({ path.value(in: $0)?.string }).first else { return nil }
            let bytes = Array(text.utf8)
            let end = bytes.indices.last { start in texts.contains { bytes[start...].starts(with: $0.utf8) } }
            guard let end, end > 0 else { return nil }
            let head = JSON.string(String(decoding: bytes[..<end], as: UTF8.self))
            cut.append(path.segments.reversed().reduce(head) { .object([$1: $0]) })
        }
        return cut + items
    }

    /// What `value` names in the answer, or in each element of a list of elements.
    fileprivate func part(of answer: JSON) -> JSON? {
        guard let path = call.value else { return answer }
        guard bulk?.many == true else { return path.value(in: answer) }
        return .array((answer.array ?? []).compactMap { path.value(in: $0) })
    }
}

extension Manifest.Pick {
    /// Nil where not exactly one element fits, or that one has no such member.
    fileprivate func value(in list: JSON) -> JSON? {
        let fitting = (list.array ?? []).filter { filter.fits([$0]) }
        guard let element = fitting.first, fitting.count == 1 else { return nil }
        guard let value else { return element }
        return value.value(in: element)
    }
}
