internal import AWS
public import Documents
public import Resources

/// Why a file of AWS Config cannot be imported.
public struct AWSConfigImportError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A snapshot made of what AWS Config recorded. What it does not record is uncollected, with the code `NotRecorded`.
public struct AWSConfigImport: Sendable {
    public private(set) var snapshot: Snapshot
    /// Items of types that have no mapping, by type.
    public private(set) var skipped: [String: Int] = [:]
    /// Items of resources that were deleted.
    public private(set) var deleted = 0
    /// Items that make no sense; lists of their types are incomplete.
    public private(set) var malformed = 0

    /// - Parameters:
    ///   - bytes: the file, unpacked.
    ///   - moment: when AWS Config made it; the file does not say.
    public init(
        _ bytes: [UInt8], at moment: Timestamp, catalog: ResourceCatalog, redaction: SecretRedaction = SecretRedaction()
    ) throws(AWSConfigImportError) {
        guard let document = try? JSON.parse(bytes) else { throw AWSConfigImportError("it is not JSON") }
        guard let items = document["configurationItems"]?.array else {
            throw AWSConfigImportError("it has no list `configurationItems`")
        }
        var newest: [[String]: AWSConfigItem] = [:]
        var types: Set<String> = []
        var gaps: Set<CollectionGap> = []
        for value in items {
            guard let item = AWSConfigItem(value) else {
                malformed += 1
                if let type = value["resourceType"]?.string, AWSConfigMapping.all[type] != nil {
                    types.insert(type)
                    gaps.insert(Self.gap(type, "global"))
                }
                continue
            }
            guard AWSConfigMapping.all[item.type] != nil, catalog[item.type] != nil else {
                skipped[item.type, default: 0] += 1
                continue
            }
            types.insert(item.type)
            let key = [item.type, item.account, item.region, SHA256.hexDigest(Array(item.id.utf8))]
            if let other = newest[key], !other.captured.precedesByBytes(item.captured) { continue }
            newest[key] = item
        }
        let accounts = Set(newest.values.map(\.account))
        guard accounts.count <= 1 else {
            throw AWSConfigImportError("it holds \(accounts.count) accounts: import one at a time")
        }
        let partition =
            newest.values.lazy.compactMap { $0.arn.split(separator: ":").dropFirst().first }.first.map(String.init)
            ?? "aws"
        var resources: [Resource] = []
        for item in newest.values {
            guard item.status != .deleted else {
                deleted += 1
                continue
            }
            guard item.status == .recorded, let type = catalog[item.type], let mapping = AWSConfigMapping.all[item.type]
            else {
                gaps.insert(Self.gap(item.type, item.region, AWSConfigConversion.notRecorded))
                continue
            }
            guard let resource = Self.resource(item, type, mapping, partition) else {
                malformed += 1
                gaps.insert(Self.gap(item.type, item.region))
                continue
            }
            resources.append(redaction.applied(to: resource, type.manifest))
            // A file is of one region; what else such a list holds is not in it.
            if case .call = type.manifest.region {
                gaps.insert(Self.gap(item.type, "global", AWSConfigConversion.notRecorded))
            }
        }
        snapshot = Snapshot(
            account: accounts.first ?? "", partition: partition,
            regions: Set(newest.values.map(\.region)).subtracting(["global"]).sorted(), collectedAt: moment,
            types: types,
            gaps: Array(gaps), resources: resources)
    }

    private static func gap(
        _ type: String, _ region: String, _ code: String = AWSError.Code.malformedResponse.rawValue
    ) -> CollectionGap {
        CollectionGap(type: type, region: region, operation: "config:ConfigurationItem", code: code)
    }

    /// Nil where the item has no id.
    private static func resource(
        _ item: AWSConfigItem, _ type: ResourceType, _ mapping: AWSConfigMapping, _ partition: String
    ) -> Resource? {
        let manifest = type.manifest
        var conversion = AWSConfigConversion(names: mapping.names)
        var config = JSONObject()
        for name in manifest.keep.members.keys.sorted() {
            guard let schema = type.schema[ValuePath(segments: [name])] else { continue }
            guard let value = conversion.member(name, of: item.configuration) else {
                conversion.note(AWSConfigConversion.notRecorded, at: [name])
                continue
            }
            config[name] = conversion.converted(value, to: schema, at: [name])
        }
        for attribute in manifest.attributes {
            guard let schema = type.schema[ValuePath(segments: [attribute.name])] else { continue }
            switch mapping.attributes[attribute.name]?.value(in: item, conversion) {
            case nil, .notRecorded?: conversion.note(AWSConfigConversion.notRecorded, at: [attribute.name])
            case .malformed?:
                conversion.note(AWSError.Code.malformedResponse.rawValue, at: [attribute.name])
            case .recorded(let value)?:
                config[attribute.name] = conversion.converted(value, to: schema, at: [attribute.name])
            }
        }
        let id = manifest.id.filled { ValuePath($0).value(in: .object(config))?.string }
        guard let id, !id.isEmpty else { return nil }
        let region =
            switch manifest.region {
            case .member(let path): path.value(in: .object(config))?.string ?? item.region
            case .call: item.region
            case .listed: manifest.isListedGlobally ? "global" : item.region
            }
        var resource = Resource(
            type: item.type, id: id, arn: "", account: item.account, region: region, tags: item.tags ?? [:],
            config: manifest.cuttingToDays(.object(config)), uncollected: conversion.uncollected)
        resource.arn =
            manifest.arn.filled { place in
                switch place {
                case "partition": partition
                case "account": item.account
                case "region": region
                default: ValuePath(place).value(in: .object(config))?.string
                }
            } ?? item.arn
        if item.tags == nil { resource.uncollected["tags"] = AWSConfigConversion.notRecorded }
        return resource
    }
}

extension Manifest {
    fileprivate var isListedGlobally: Bool {
        if case .listed(let lists) = origin { lists.allSatisfy { $0.call.scope == .global } } else { false }
    }
}

extension AWSConfigMapping.Source {
    fileprivate enum Found {
        case recorded(JSON)
        case notRecorded
        case malformed
    }

    fileprivate func value(in item: AWSConfigItem, _ conversion: AWSConfigConversion) -> Found {
        switch self {
        case .member(let name):
            return conversion.member(name, of: item.configuration).map(Found.recorded) ?? .notRecorded
        case .item(let value): return value(item).map(Found.recorded) ?? .malformed
        case .supplement(let name, let transform):
            guard let value = item.supplement[name] else { return .notRecorded }
            let unpacked = AWSConfigItem.unpacked(value)
            return transform(unpacked).map(Found.recorded) ?? .malformed
        }
    }
}
