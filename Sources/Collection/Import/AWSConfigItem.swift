internal import Documents

/// A configuration item as AWS Config writes it into snapshots.
struct AWSConfigItem {
    var type: String
    /// What AWS Config calls the resource by; not always what its service does.
    var id: String
    var account: String
    var region: String
    var arn: String
    /// When AWS Config recorded it; ISO 8601 in UTC sorts by time.
    var captured: String
    var status: Status
    /// The names in it start small, but for newer types.
    var configuration: JSON
    /// What comes from further calls; values may be JSON in text, now and then twice.
    var supplement: JSON
    /// Nil where none are recorded.
    var tags: [String: String]?

    enum Status {
        case recorded, deleted
        /// It is there, and AWS Config was told not to record it.
        case unrecorded
    }

    /// Nil where a member is missing that every item has.
    init?(_ item: JSON) {
        guard let type = item["resourceType"]?.string, let id = item["resourceId"]?.string,
            let region = item["awsRegion"]?.string,
            let account = (item["awsAccountId"] ?? item["accountId"])?.string
        else { return nil }
        self.type = type
        self.id = id
        self.account = account
        self.region = region
        arn = (item["ARN"] ?? item["arn"])?.string ?? ""
        captured = item["configurationItemCaptureTime"]?.string ?? ""
        status =
            switch item["configurationItemStatus"]?.string {
            case "ResourceDeleted"?, "ResourceDeletedNotRecorded"?: .deleted
            case "ResourceNotRecorded"?: .unrecorded
            default: .recorded
            }
        configuration = Self.unpacked(item["configuration"] ?? .null)
        supplement = Self.unpacked(item["supplementaryConfiguration"] ?? .null)
        tags = item["tags"]?.object.map { object in
            Dictionary(object.map { ($0.key, $0.value.string ?? "") }) { first, _ in first }
        }
    }

    /// JSON that stands in text, at most twice; other text as it is.
    static func unpacked(_ value: JSON, depth: Int = 0) -> JSON {
        guard depth < 2, let text = value.string, let inner = try? JSON.parse(text) else { return value }
        return unpacked(inner, depth: depth + 1)
    }
}
