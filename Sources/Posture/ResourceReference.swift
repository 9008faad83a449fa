internal import Documents
internal import Rules

/// Names a resource in findings.
///
/// Compared byte by byte: names that Unicode calls equivalent are two resources.
public struct ResourceReference: Sendable {
    public var type: String
    public var id: String
    public var arn: String
    public var region: String

    public init(type: String, id: String, arn: String, region: String) {
        self.type = type
        self.id = id
        self.arn = arn
        self.region = region
    }
}

extension ResourceReference {
    init(_ verdict: Verdict) {
        self.init(type: verdict.type, id: verdict.id, arn: verdict.arn, region: verdict.region)
    }
}

extension ResourceReference: Hashable {
    public static func == (left: ResourceReference, right: ResourceReference) -> Bool {
        left.id.hasSameBytes(as: right.id) && left.arn.hasSameBytes(as: right.arn)
            && left.region.hasSameBytes(as: right.region) && left.type.hasSameBytes(as: right.type)
    }

    public func hash(into hasher: inout Hasher) {
        for var part in [id, region, type] {
            part.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            hasher.combine(UInt8(0xFF))
        }
    }
}

extension ResourceReference: Comparable {
    /// By type, region, id and ARN.
    public static func < (left: ResourceReference, right: ResourceReference) -> Bool {
        if !left.type.hasSameBytes(as: right.type) { return left.type.precedesByBytes(right.type) }
        if !left.region.hasSameBytes(as: right.region) { return left.region.precedesByBytes(right.region) }
        if !left.id.hasSameBytes(as: right.id) { return left.id.precedesByBytes(right.id) }
        return left.arn.precedesByBytes(right.arn)
    }
}
