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
        zip(left.parts, right.parts).allSatisfy { $0.hasSameBytes(as: $1) }
    }

    public func hash(into hasher: inout Hasher) {
        for part in parts {
            for byte in part.utf8 { hasher.combine(byte) }
            hasher.combine(UInt8(0xFF))
        }
    }
}

extension ResourceReference: Comparable {
    /// By type, region and id.
    public static func < (left: ResourceReference, right: ResourceReference) -> Bool {
        for (one, other) in zip(left.parts, right.parts) where !one.hasSameBytes(as: other) {
            return one.precedesByBytes(other)
        }
        return false
    }

    private var parts: [String] { [type, region, id, arn] }
}
