internal import Documents

/// What differs between two snapshots. What could not be read is told as such, and never as removed or added.
public struct SnapshotDifference: Sendable {
    public struct Changed: Sendable {
        public var resource: Resource
        public var changes: [DocumentChange]
    }

    /// A resource that one of the snapshots cannot know, and why.
    public struct Unseen: Sendable {
        public var resource: Resource
        public var code: String
    }

    public private(set) var added: [Resource] = []
    public private(set) var removed: [Resource] = []
    public private(set) var changed: [Changed] = []
    /// In the old snapshot; what the new one has was not read.
    public private(set) var lost: [Unseen] = []
    /// In the new snapshot; what the old one has was not read.
    public private(set) var gained: [Unseen] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && lost.isEmpty && gained.isEmpty }

    public init(from old: Snapshot, to new: Snapshot, catalog: ResourceCatalog) {
        for type in Set(old.resources.keys).union(new.resources.keys).sorted(by: { $0.precedesByBytes($1) }) {
            let manifest = catalog[type]?.manifest
            let before = Self.byKey(old.resources[type] ?? [])
            let after = Self.byKey(new.resources[type] ?? [])
            for key in Set(before.keys).union(after.keys).sorted(by: <) {
                switch (before[key], after[key]) {
                case (let left?, let right?):
                    let changes = Self.changes(left, right, volatile: manifest?.volatile ?? [])
                    if !changes.isEmpty { changed.append(Changed(resource: right, changes: changes)) }
                case (let left?, nil):
                    if let code = new.reasonNotToKnow(left, manifest) {
                        lost.append(Unseen(resource: left, code: code))
                    } else {
                        removed.append(left)
                    }
                case (nil, let right?):
                    if let code = old.reasonNotToKnow(right, manifest) {
                        gained.append(Unseen(resource: right, code: code))
                    } else {
                        added.append(right)
                    }
                case (nil, nil): break
                }
            }
        }
    }

    /// What a resource is found again by. Bytes: ids that Unicode calls equivalent are two.
    private struct Key: Hashable, Comparable {
        var parts: [[UInt8]]

        init(_ parts: [String]) { self.parts = parts.map { Array($0.utf8) } }

        static func < (left: Key, right: Key) -> Bool {
            left.parts.lexicographicallyPrecedes(right.parts) { $0.lexicographicallyPrecedes($1) }
        }
    }

    /// By account, region and id; where several resources share these, by the ARN and the place in the list too.
    private static func byKey(_ resources: [Resource]) -> [Key: Resource] {
        var found: [Key: Resource] = [:]
        for resource in resources {
            var parts = [resource.account, resource.region, resource.id]
            if found[Key(parts)] != nil { parts.append(resource.arn) }
            while found[Key(parts)] != nil { parts.append("") }
            found[Key(parts)] = resource
        }
        return found
    }

    private static func changes(_ old: Resource, _ new: Resource, volatile: [ValuePath]) -> [DocumentChange] {
        DocumentDifference.changes(
            from: DocumentDifference.document(old, volatile), to: DocumentDifference.document(new, volatile))
    }
}

extension Snapshot {
    /// Why it says nothing of a resource that it does not have; nil where the resource is not there.
    fileprivate func reasonNotToKnow(_ resource: Resource, _ manifest: Manifest?) -> String? {
        guard types.contains(resource.type) else { return "NotRequested" }
        var isRegional = false
        switch manifest?.origin {
        case .listed(let lists)?: isRegional = lists.flatMap(\.levels).allSatisfy { $0.call.scope == .regional }
        case .region?: isRegional = true
        case .account?, nil: break
        }
        let gap = gaps.first {
            $0.type == resource.type && (!isRegional || $0.region == resource.region || $0.region == "global")
        }
        if let gap { return gap.code }
        return isRegional && resource.region != "global" && !regions.contains(resource.region) ? "NotRequested" : nil
    }
}
