public import AWS
internal import Documents

/// The regions of an account.
public enum RegionList {
    /// The IAM action of the question.
    public static let action = "ec2:DescribeRegions"

    /// Every region that the account has enabled, asked of EC2.
    public static func enabled(_ client: any APICaller, from region: String) async throws(AWSError) -> [String] {
        let answer = try await client.answer("ec2", "DescribeRegions", .object([:]), region: region)
        let regions = (answer["Regions"]?.array ?? []).filter { $0["OptInStatus"]?.string != "not-opted-in" }
        return regions.compactMap { $0["RegionName"]?.string }.sorted()
    }
}
