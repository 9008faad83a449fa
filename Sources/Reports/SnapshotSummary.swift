public import Documents
public import Resources

/// What `parapet snapshot show` prints of a snapshot as a whole: how much of what there is, and what is missing.
public struct SnapshotSummary: Sendable {
    private let snapshot: Snapshot
    private let collectedAt: Timestamp?

    /// - Parameter collectedAt: nil where the snapshot does not say.
    public init(_ snapshot: Snapshot, collectedAt: Timestamp?) {
        self.snapshot = snapshot
        self.collectedAt = collectedAt
    }

    private struct Missing {
        var type: String
        /// The attribute: the first part of the pointer.
        var member: String
        var code: String
        var count: Int
    }

    /// Attributes that could not be read, by type and code.
    private var missing: [Missing] {
        var counts: [[String]: Int] = [:]
        for (type, resources) in snapshot.resources {
            for resource in resources {
                for (pointer, code) in resource.uncollected {
                    counts[[type, JSONPointer.segments(pointer).first ?? "", code], default: 0] += 1
                }
            }
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) { $0.precedesByBytes($1) } }
            .map { Missing(type: $0.key[0], member: $0.key[1], code: $0.key[2], count: $0.value) }
    }

    /// Type, region, number of resources; types that were asked for and have none too.
    private var counts: [(type: String, region: String, count: Int)] {
        Set(snapshot.resources.keys).union(snapshot.types).sorted { $0.precedesByBytes($1) }.flatMap { type in
            let resources = snapshot.resources[type] ?? []
            guard !resources.isEmpty else { return [(type: type, region: "-", count: 0)] }
            return Dictionary(grouping: resources, by: \.region).sorted { $0.key.precedesByBytes($1.key) }
                .map { (type: type, region: $0.key, count: $0.value.count) }
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "accounts": .array(accounts.map(JSON.string)), "resources": .integer(Int64(snapshot.count)),
            "types": .array(
                counts.map {
                    ["type": .string($0.type), "region": .string($0.region), "resources": .integer(Int64($0.count))]
                }),
            "gaps": .array(
                snapshot.gaps.map {
                    [
                        "type": .string($0.type), "region": .string($0.region), "operation": .string($0.operation),
                        "code": .string($0.code),
                    ]
                }),
            "uncollected": .array(
                missing.map {
                    [
                        "type": .string($0.type), "member": .string($0.member), "code": .string($0.code),
                        "resources": .integer(Int64($0.count)),
                    ]
                }),
        ]
        if let collectedAt { object["collected_at"] = .string(collectedAt.description) }
        return .object(object)
    }

    private var accounts: [String] {
        Set(snapshot.resources.values.flatMap { $0.map(\.account) }).sorted { $0.precedesByBytes($1) }
    }

    public func text(_ style: TextStyle) -> String {
        let moment = collectedAt.map { ", collected at \($0)" } ?? ""
        var lines = ["\(snapshot.count) resources of \(accounts.joined(separator: ", "))\(moment)".inert, ""]
        lines += TextTable(
            header: ["type", "region", "resources"], rows: counts.map { [$0.type, $0.region, String($0.count)] }
        ).lines(style)
        if !snapshot.gaps.isEmpty {
            lines += ["", style.paint("lists that could not be read", .warning)]
            lines += TextTable(
                header: ["type", "region", "operation", "code"],
                rows: snapshot.gaps.map { [$0.type, $0.region, $0.operation, $0.code] }
            ).lines(style)
        }
        if !missing.isEmpty {
            lines += ["", style.paint("attributes that could not be read", .warning)]
            lines += TextTable(
                header: ["type", "attribute", "code", "resources"],
                rows: missing.map { [$0.type, $0.member, $0.code, String($0.count)] }
            ).lines(style)
        }
        return lines.joined(separator: "\n")
    }
}
