internal import AWS
internal import Documents
internal import Resources

/// Lists, one behind the other: clusters, then the services of each.
extension Collector {
    func items(of manifest: Manifest, _ list: Manifest.List) async -> ([Item], [CollectionGap]) {
        let home = list.levels[0].call.home
        guard home.isEmpty || home[target.partition] != nil else { return ([], []) }
        let regions = list.call.scope == .global ? ["global"] : target.regions
        let found = await concurrently(regions) { region in
            var items = [Item(value: .object([:]), region: region)]
            var gaps: [CollectionGap] = []
            var copies: [(name: String, path: ValuePath)] = []
            for level in list.levels {
                let handed = copies
                let answers = await listed(level, for: items, handing: handed)
                copies = level.copies
                items = answers.flatMap(\.items)
                for code in answers.compactMap(\.failure) {
                    let gap = CollectionGap(
                        type: manifest.type, region: region, operation: level.call.name, code: code.rawValue)
                    if !gaps.contains(gap) { gaps.append(gap) }
                }
            }
            for index in items.indices { items[index].id = list.id }
            let good = items.filter { !id(of: $0, manifest).isEmpty }
            if good.count < items.count, manifest.detail == nil {
                let gap = CollectionGap(
                    type: manifest.type, region: region, operation: list.call.name,
                    code: AWSError.Code.malformedResponse.rawValue)
                if !gaps.contains(gap) { gaps.append(gap) }
            }
            return (manifest.detail == nil ? good : items, gaps)
        }
        return (found.flatMap { $0.0 }, found.flatMap { $0.1 })
    }

    private struct Listed: Sendable {
        var items: [Item] = []
        var failure: AWSError.Code?
    }

    private func listed(
        _ level: Manifest.Level, for outer: [Item], handing copies: [(name: String, path: ValuePath)]
    ) async -> [Listed] {
        guard let batch = level.batch else {
            return await concurrently(outer) { outer in
                await listed(level, by: level.call, for: outer.handing(copies))
            }
        }
        return await concurrently(chunks(of: outer, level.call, batch)) { indices in
            let chunk = indices.map { outer[$0] }
            guard let first = chunk.first else { return Listed() }
            var listed = await listed(
                level, by: batch.call(level.call, names(of: chunk, level.call, batch)), for: first)
            for index in listed.items.indices { (listed.items[index].around, listed.items[index].handed) = ([], [:]) }
            return listed
        }
    }

    private func listed(_ level: Manifest.Level, by call: Manifest.Call, for outer: Item) async -> Listed {
        switch await answer(call, items: outer.scope, region: outer.region) {
        case .failure(let error):
            return Listed(failure: call.isAbsent(error) ? nil : error.code)
        case .success(let answer):
            let isRoot = outer.around.isEmpty && outer.value.object?.isEmpty == true
            let items = level.items.values(in: answer).compactMap { value -> Item? in
                var value = value
                if let name = level.itemName { value = .object([name: value]) }
                let around = isRoot ? [] : outer.scope
                guard level.when.fits([value] + around), !level.unless.names([value] + around) else { return nil }
                if case .object(var object) = value {
                    for constant in level.constants { object[constant.name] = .string(constant.value) }
                    for name in level.lastParts {
                        object[name] = object[name]?.string.map { .string(Self.lastPart(of: $0)) }
                    }
                    value = .object(object)
                }
                if level.batch == nil, case .object(var object) = value {
                    object.merge(outer.handed) { own, _ in own }
                    value = .object(object)
                }
                return Item(value: value, region: outer.region, around: around, handed: outer.handed)
            }
            // An empty list is sent as such: an answer without it is no answer.
            let isThere = level.items.segments.first.map { answer[$0] != nil } ?? true
            return Listed(items: items, failure: isThere || level.omitsEmpty ? nil : .malformedResponse)
        }
    }
}

extension Collector {
    private static func lastPart(of text: String) -> String {
        text.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(text[text.utf8.index(after: $0)...]) } ?? text
    }
}

extension Item {
    /// With members that the items below get.
    fileprivate func handing(_ copies: [(name: String, path: ValuePath)]) -> Item {
        var item = self
        for copy in copies { item.handed[copy.name] = copy.path.value(in: value) }
        return item
    }
}
