internal import AWS
internal import Documents
internal import Resources

/// From an item to the document of a resource.
extension Collector {
    /// One document.
    func resource(_ item: Item, _ manifest: Manifest) async -> Resource {
        let region = await self.region(of: item, manifest)
        var resource = Resource(
            type: manifest.type, id: id(of: item, manifest), arn: "", account: target.account, region: region,
            config: .null)
        resource.arn = arn(of: item, manifest, region: region) ?? ""
        var config = manifest.keep.keepsAll ? JSONObject() : manifest.keep.apply(to: item.value).object ?? JSONObject()
        config.merge(item.handed) { own, _ in own }
        if let failure = item.failure {
            for name in manifest.keep.members.keys where config[name] == nil {
                resource.uncollected[name] = failure.rawValue
            }
        }
        await withTaskGroup(of: Part.self) { group in
            for attribute in manifest.attributes {
                group.addTask {
                    // Without its detail nobody knows whether the item has the attribute.
                    if let failure = item.failure, !attribute.when.isEmpty {
                        return .attribute(attribute.name, .failed(failure))
                    }
                    let value = await value(of: attribute, items: item.scope, region: region)
                    let isMissing = value.isAnsweredWithout && plan.isList(attribute.name, of: manifest.type)
                    return .attribute(attribute.name, isMissing ? .malformed : value)
                }
            }
            group.addTask { .tags(await tags(of: manifest, items: item.scope, region: region)) }
            for await part in group {
                switch part {
                case .attribute(let name, let attribute):
                    if let value = attribute.value, !value.isNull { config[name] = value }
                    for (pointer, code) in attribute.uncollected {
                        resource.uncollected[pointer.isEmpty ? name : "\(name)/\(pointer)"] = code
                    }
                case .tags(.success(let tags)): resource.tags = tags
                case .tags(.failure(let error)): resource.uncollected["tags"] = error.code.rawValue
                }
            }
        }
        for parse in manifest.parses {
            config = parse.path.map(.object(config)) { parse.format.value(of: $0) ?? $0 }.object ?? config
        }
        for name in plan.skippedAttributes(of: manifest.type) { resource.uncollected[name] = "NotRequested" }
        resource.config = manifest.cuttingToDays(.object(config))
        return redaction.applied(to: resource, manifest)
    }

    /// Nil where a member of it is missing, the region included.
    func arn(of item: Item, _ manifest: Manifest, region: String?) -> String? {
        manifest.arn.filled { place in
            switch place {
            case "partition": target.partition
            case "account": target.account
            case "region": region
            default: ValuePath(place).value(in: item.value)?.string
            }
        }
    }

    private enum Part: Sendable {
        case attribute(String, AttributeValue)
        case tags(Result<[String: String], AWSError>)
    }

    private func region(of item: Item, _ manifest: Manifest) async -> String {
        switch manifest.region {
        case .listed: return item.region
        case .member(let path): return path.value(in: item.value)?.string ?? item.region
        case .call(let call, let empty, let also):
            guard case .success(let answer) = await answer(call, items: item.scope, region: item.region) else {
                return "unknown"
            }
            let name = (call.value?.value(in: answer) ?? .null).string ?? empty ?? "unknown"
            return also[name] ?? name
        }
    }
}
