public import Documents
public import Resources

/// What `_scan.json` says of a snapshot: what was asked for, and the lists that could not be read.
public struct ScanFacts: Sendable {
    public var account: String?
    public var partition: String?
    public var regions: [String]
    public var types: Set<String>
    public var gaps: [CollectionGap]
    /// In folders that stand by themselves.
    public var collectedAt: Timestamp?

    /// Nil where the document is none.
    public init?(_ document: JSON) {
        guard let types = document["types"]?.array, let gaps = document["gaps"]?.array else { return nil }
        account = document["account"]?.string
        partition = document["partition"]?.string
        regions = (document["regions"]?.array ?? []).compactMap(\.string)
        collectedAt = document["collectedAt"]?.string.flatMap { Timestamp($0) }
        self.types = Set(types.compactMap(\.string))
        self.gaps = gaps.compactMap { gap in
            guard let type = gap["type"]?.string, let region = gap["region"]?.string,
                let operation = gap["operation"]?.string, let code = gap["code"]?.string
            else { return nil }
            return CollectionGap(type: type, region: region, operation: operation, code: code)
        }
        guard self.types.count == types.count, self.gaps.count == gaps.count else { return nil }
    }
}
