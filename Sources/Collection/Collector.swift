internal import AWS
public import Documents
public import Resources

/// Collects an account into a snapshot, by manifest. No code here knows a resource type.
public struct Collector: Sendable {
    /// The account that is collected.
    public struct Target: Sendable {
        public var account: String
        public var partition: String
        public var regions: [String]
        /// Where calls without a region go.
        public var globalRegion: String

        public init(account: String, partition: String, regions: [String], globalRegion: String) {
            self.account = account
            self.partition = partition
            self.regions = regions
            self.globalRegion = globalRegion
        }
    }

    /// How many calls are under way at once, unless said otherwise.
    public static let defaultConcurrency = 32

    let plan: CollectionPlan
    let target: Target
    let calls: CallCache
    private let redaction: SecretRedaction
    private let progress: CollectionProgress

    public init(
        plan: CollectionPlan, target: Target, client: any APICaller, concurrency: Int = Collector.defaultConcurrency,
        redaction: SecretRedaction = SecretRedaction(), progress: CollectionProgress = CollectionProgress()
    ) {
        self.redaction = redaction
        self.plan = plan
        self.target = target
        self.progress = progress
        calls = CallCache(client: client, limit: ConcurrencyLimit(concurrency), shared: plan.sharedOperations)
    }

    /// Collects everything that the plan names. What cannot be read becomes a gap or an uncollected attribute.
    public func collect(at moment: Timestamp) async -> Snapshot {
        var resources: [Resource] = []
        var gaps: [CollectionGap] = []
        await withTaskGroup(of: Outcome.self) { group in
            for manifest in plan.manifests {
                group.addTask { await collect(manifest) }
            }
            for await outcome in group {
                resources += outcome.resources
                gaps += outcome.gaps
            }
        }
        return Snapshot(
            account: target.account, partition: target.partition, regions: target.regions, collectedAt: moment,
            types: plan.types, gaps: gaps, resources: resources)
    }

    private struct Outcome: Sendable {
        var resources: [Resource] = []
        var gaps: [CollectionGap] = []
    }

    /// An item of a list, and the region in which it was listed.
    private struct Item: Sendable {
        var value: JSON
        var region: String
    }

    private func collect(_ manifest: Manifest) async -> Outcome {
        var outcome = Outcome()
        var items: [Item] = []
        switch manifest.origin {
        case .account: items = [Item(value: .object([:]), region: "global")]
        case .region: items = target.regions.map { Item(value: .object([:]), region: $0) }
        case .listed(let list): (items, outcome.gaps) = await self.items(of: manifest, list)
        }
        var seen: Set<String> = []
        await withTaskGroup(of: Resource.self) { group in
            for item in items {
                // A resource that shows in several regions is taken once.
                if case .member(let path) = manifest.region {
                    let region = path.value(in: item.value)?.string ?? item.region
                    guard seen.insert("\(region)/\(id(of: item, manifest))").inserted else { continue }
                }
                group.addTask { await resource(item, manifest) }
            }
            for await resource in group {
                outcome.resources.append(resource)
                progress.collected()
            }
        }
        return outcome
    }

    // MARK: Lists

    private func items(of manifest: Manifest, _ list: Manifest.ListCall) async -> ([Item], [CollectionGap]) {
        let regions = list.call.scope == .global ? ["global"] : target.regions
        var byRegion: [String: [Item]] = [:]
        var gaps: [CollectionGap] = []
        await withTaskGroup(of: (String, Result<JSON, AWSError>).self) { group in
            for region in regions {
                group.addTask { (region, await answer(list.call, items: [], region: region)) }
            }
            for await (region, result) in group {
                func gap(_ code: AWSError.Code) -> CollectionGap {
                    CollectionGap(
                        type: manifest.type, region: region, operation: list.call.name, code: code.rawValue)
                }
                switch result {
                case .success(let answer):
                    let items = list.items.values(in: answer).map { value in
                        Item(value: Self.named(value, list.itemName), region: region)
                    }
                    let good = items.filter { !id(of: $0, manifest).isEmpty }
                    byRegion[region] = good
                    // An empty list is sent as such: an answer without it, or an item without an id, is no answer.
                    let isComplete = list.items.segments.first.map { answer[$0] != nil } ?? true
                    guard isComplete, good.count == items.count else {
                        gaps.append(gap(AWSError.Code.malformedResponse))
                        continue
                    }
                case .failure(let error): gaps.append(gap(error.code))
                }
            }
        }
        return (regions.flatMap { byRegion[$0] ?? [] }, gaps)
    }

    private static func named(_ value: JSON, _ name: String?) -> JSON {
        guard let name else { return value }
        return .object([name: value])
    }

    // MARK: Resources

    private func id(of item: Item, _ manifest: Manifest) -> String {
        switch manifest.origin {
        case .account: target.account
        case .region: item.region
        case .listed: manifest.id.value(in: item.value)?.string ?? ""
        }
    }

    private func resource(_ item: Item, _ manifest: Manifest) async -> Resource {
        let region = await self.region(of: item, manifest)
        var resource = Resource(
            type: manifest.type, id: id(of: item, manifest), arn: "", account: target.account, region: region,
            config: .null)
        resource.arn =
            manifest.arn.filled { place in
                switch place {
                case "partition": target.partition
                case "account": target.account
                case "region": region
                default: ValuePath(place).value(in: item.value)?.string
                }
            } ?? ""
        var config = manifest.keep.keepsAll ? JSONObject() : manifest.keep.apply(to: item.value).object ?? JSONObject()
        for path in manifest.policyDocuments {
            config = path.map(.object(config), Self.parsedPolicy).object ?? config
        }
        await withTaskGroup(of: Part.self) { group in
            for attribute in manifest.attributes {
                group.addTask {
                    let value = await value(of: attribute, items: [item.value], region: region)
                    let isMissing = value.isAnsweredWithout && plan.isList(attribute.name, of: manifest.type)
                    return .attribute(attribute.name, isMissing ? .malformed : value)
                }
            }
            group.addTask { .tags(await tags(of: manifest, item: item.value, region: region)) }
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
        for name in plan.skippedAttributes(of: manifest.type) { resource.uncollected[name] = "NotRequested" }
        resource.config = manifest.volatile.reduce(.object(config)) { document, path in
            path.map(document) { value in
                value.string.flatMap { Timestamp($0) }.map { .string($0.day.description) } ?? value
            }
        }
        return redaction.applied(to: resource, manifest)
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
            guard case .success(let answer) = await answer(call, items: [item.value], region: item.region) else {
                return "unknown"
            }
            let name = (call.value?.value(in: answer) ?? .null).string ?? empty ?? "unknown"
            return also[name] ?? name
        }
    }

    static func parsedPolicy(_ value: JSON) -> JSON {
        guard let text = value.string, let document = try? JSON.parse(text) else { return value }
        return document
    }

    // MARK: Calls

    /// Makes a call; its input comes from the items, the innermost first.
    func answer(_ call: Manifest.Call, items: [JSON], region: String) async -> Result<JSON, AWSError> {
        var input = call.fixed
        for (member, path) in call.input {
            guard let value = items.lazy.compactMap({ path.value(in: $0) }).first else {
                return .failure(
                    AWSError(
                        .invalidInput, "there is no `\(path)` to call with", kind: .invalid, service: call.service,
                        operation: call.operation, region: region))
            }
            input[member] = value
        }
        let hasRegion = call.scope == .regional && region != "global" && region != "unknown"
        let place = hasRegion ? region : target.globalRegion
        let result = await calls.answer(call.service, call.operation, .object(input), region: place)
        if case .failure(let error) = result, !call.absent.contains(error.code.rawValue) { progress.failed(error) }
        return result
    }
}
