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
    let redaction: SecretRedaction
    let progress: CollectionProgress
    let watch = RegionWatch()

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
        progress.began(plan.calls(regions: target.regions.count))
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
        let snapshot = Snapshot(
            account: target.account, partition: target.partition, regions: target.regions, collectedAt: moment,
            types: plan.types, gaps: gaps, resources: resources)
        let off = watch.off
        progress.off(off)
        return snapshot.naming(off)
    }

    private struct Outcome: Sendable {
        var resources: [Resource] = []
        var gaps: [CollectionGap] = []
    }

    private func collect(_ manifest: Manifest) async -> Outcome {
        var outcome = Outcome()
        var items: [Item] = []
        switch manifest.origin {
        case .account: items = [Item(value: .object([:]), region: "global")]
        case .region: items = target.regions.map { Item(value: .object([:]), region: $0) }
        case .listed(let lists):
            for list in lists {
                let (found, gaps) = await self.items(of: manifest, list)
                items += found
                // Lists of a type may differ in their input alone.
                outcome.gaps += gaps.filter { !outcome.gaps.contains($0) }
            }
        }
        if let detail = manifest.detail {
            items = await detailed(items, by: detail)
            outcome.gaps += nameless(items, manifest, detail)
        }
        var seen: Set<String> = []
        // A resource that shows in several regions is taken once.
        items = items.filter { item in
            let id = id(of: item, manifest)
            return !id.isEmpty && seen.insert("\(listedRegion(of: item, manifest))/\(id)").inserted
        }
        if let wanted = plan.wantedARN(of: manifest.type) {
            // Without a region that a call tells, nobody knows yet: such an item stays.
            items = items.filter {
                arn(of: $0, manifest, region: knownRegion(of: $0, manifest))?.hasSameBytes(as: wanted) ?? true
            }
        }
        progress.listed(manifest.type, items.count)
        outcome.resources = await concurrently(consume items) { item in
            let resource = await resource(item, manifest)
            progress.collected()
            return resource
        }
        return outcome
    }

    /// Items whose name only their detail would have told: nobody knows what they are.
    private func nameless(
        _ items: [Item], _ manifest: Manifest, _ detail: Manifest.Detail
    ) -> [CollectionGap] {
        var gaps: [CollectionGap] = []
        for item in items where id(of: item, manifest).isEmpty {
            let gap = CollectionGap(
                type: manifest.type, region: item.region, operation: detail.call.name,
                code: (item.failure ?? .malformedResponse).rawValue)
            if !gaps.contains(gap) { gaps.append(gap) }
        }
        return gaps
    }

    /// The region that the item itself names, or that of its list.
    private func listedRegion(of item: Item, _ manifest: Manifest) -> String {
        if case .member(let path) = manifest.region, let region = path.value(in: item.value)?.string { return region }
        return item.region
    }

    /// Nil where only a call tells.
    private func knownRegion(of item: Item, _ manifest: Manifest) -> String? {
        if case .call = manifest.region { nil } else { listedRegion(of: item, manifest) }
    }

    /// Works on several elements at once, and keeps their order. How many calls are under way is bounded elsewhere; this
    /// bounds how many elements are in memory half-done. An element whose turn is over is given up.
    func concurrently<Element: Sendable, Result: Sendable>(
        _ elements: consuming [Element], _ work: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        var left = consume elements
        left.reverse()
        let count = left.count
        var results = [Result?](repeating: nil, count: count)
        await withTaskGroup(of: (Int, Result).self) { group in
            func start() {
                guard let element = left.popLast() else { return }
                let index = count - left.count - 1
                group.addTask { (index, await work(element)) }
            }
            for _ in 0..<Self.mostAtOnce { start() }
            for await (index, result) in group {
                results[index] = result
                start()
            }
        }
        return results.compactMap { $0 }
    }

    private static let mostAtOnce = 256

    func id(of item: Item, _ manifest: Manifest) -> String {
        switch manifest.origin {
        case .account: target.account
        case .region: item.region
        case .listed:
            (item.id ?? manifest.id).filled { place in
                // What there is one of has no name of its own.
                ValuePath(place).value(in: item.value)?.name ?? (place == "account" ? target.account : nil)
            } ?? ""
        }
    }
}

/// An item of a list, and where it was listed.
struct Item: Sendable {
    var value: JSON
    var region: String
    /// The items for which its list was called, the innermost first.
    var around: [JSON] = []
    /// Members that come from the items around it.
    var handed = JSONObject()
    /// Why its detail could not be read.
    var failure: AWSError.Code?
    /// How it is named, where its list says so.
    var id: Template?

    /// Where inputs of calls are looked for.
    var scope: [JSON] { [value] + around }
}

extension JSON {
    /// Text, or the digits of a number: what names something.
    var name: String? { string ?? integer.map { String($0) } }
}
