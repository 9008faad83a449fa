internal import Resources

/// A token that says by its beginning what it is.
struct TokenShape: Sendable {
    let kind: SecretKind
    let prefix: [UInt8]
    /// What follows the prefix, and how much of it.
    let body: ByteClass
    let length: ClosedRange<Int>
    /// How many dots the body must have.
    let dots: Int

    /// The end of the token that starts at an index.
    func end(in bytes: ArraySlice<UInt8>, at start: Int) -> Int? {
        guard bytes[start...].starts(with: prefix) else { return nil }
        // What dots join begins where nothing is joined to it.
        if self.dots > 0, start > bytes.startIndex, "-_.".utf8.contains(bytes[start - 1]) { return nil }
        var end = start + prefix.count
        var dots = 0
        while end < bytes.endIndex, body.contains(bytes[end]), end - start <= prefix.count + length.upperBound {
            if bytes[end] == UInt8(ascii: ".") { dots += 1 }
            end += 1
        }
        guard length.contains(end - start - prefix.count), dots >= self.dots else { return nil }
        if end < bytes.endIndex, ByteClass.alphanumeric.contains(bytes[end]) { return nil }
        return end
    }

    /// All shapes, by the first byte of their prefix.
    static let byFirstByte: [UInt8: [TokenShape]] = Dictionary(grouping: rows.map { TokenShape($0) }) {
        $0.prefix.first ?? 0
    }

    private init(_ row: Row) {
        kind = row.kind
        prefix = Array(row.prefix.utf8)
        body = row.body
        length = row.length
        dots = row.dots
    }

    private typealias Row = (kind: SecretKind, prefix: String, body: ByteClass, length: ClosedRange<Int>, dots: Int)

    private static let rows: [Row] = [
        (.awsAccessKey, "AKIA", .upperDigit, 16...16, 0),
        (.awsAccessKey, "ASIA", .upperDigit, 16...16, 0),
        (.awsAccessKey, "ABIA", .upperDigit, 16...16, 0),
        (.awsAccessKey, "ACCA", .upperDigit, 16...16, 0),
        (.awsSessionToken, "IQoJb3JpZ2lu", .paddedBase64, 80...4096, 0),
        (.awsSessionToken, "FwoGZXIvYXdz", .paddedBase64, 80...4096, 0),
        (.awsSessionToken, "AQoDYXdz", .paddedBase64, 80...4096, 0),
        (.githubToken, "ghp_", .alphanumeric, 36...255, 0),
        (.githubToken, "gho_", .alphanumeric, 36...255, 0),
        (.githubToken, "ghu_", .alphanumeric, 36...255, 0),
        (.githubToken, "ghs_", .alphanumeric, 36...255, 0),
        (.githubToken, "ghr_", .alphanumeric, 36...255, 0),
        (.githubToken, "github_pat_", .urlBase64, 22...255, 0),
        (.gitlabToken, "glpat-", .urlBase64, 20...64, 0),
        (.gitlabToken, "gldt-", .urlBase64, 20...64, 0),
        (.gitlabToken, "glrt-", .urlBase64, 20...64, 0),
        (.gitlabToken, "glptt-", .urlBase64, 20...64, 0),
        (.slackToken, "xoxb-", .urlBase64, 10...255, 0),
        (.slackToken, "xoxp-", .urlBase64, 10...255, 0),
        (.slackToken, "xoxa-", .urlBase64, 10...255, 0),
        (.slackToken, "xoxr-", .urlBase64, 10...255, 0),
        (.slackToken, "xoxs-", .urlBase64, 10...255, 0),
        (.slackToken, "xoxe-", .urlBase64, 10...255, 0),
        (.slackToken, "xapp-", .urlBase64, 10...255, 0),
        (.slackToken, "hooks.slack.com/services/", .standardBase64, 20...255, 0),
        (.stripeKey, "sk_live_", .standardBase64, 16...255, 0),
        (.stripeKey, "sk_test_", .standardBase64, 16...255, 0),
        (.stripeKey, "rk_live_", .standardBase64, 16...255, 0),
        (.stripeKey, "rk_test_", .standardBase64, 16...255, 0),
        (.stripeKey, "whsec_", .standardBase64, 16...255, 0),
        (.jwt, "eyJ", .dotted, 30...8192, 2),
        (.googleAPIKey, "AIza", .urlBase64, 35...35, 0),
        (.googleAPIKey, "GOCSPX-", .urlBase64, 28...28, 0),
        (.npmToken, "npm_", .alphanumeric, 36...36, 0),
        (.pypiToken, "pypi-AgE", .urlBase64, 40...512, 0),
        (.azureKey, "AccountKey=", .paddedBase64, 40...128, 0),
        (.azureKey, "SharedAccessKey=", .paddedBase64, 40...128, 0),
        (.azureKey, "sig=", .encodedBase64, 40...128, 0),
        (.sendgridKey, "SG.", .dotted, 40...128, 1),
        (.vaultToken, "hvs.", .urlBase64, 24...512, 0),
        (.vaultToken, "hvb.", .urlBase64, 24...512, 0),
        (.vaultToken, "hvr.", .urlBase64, 24...512, 0),
        (.aiKey, "sk-proj-", .urlBase64, 20...255, 0),
        (.aiKey, "sk-ant-", .urlBase64, 20...255, 0),
        (.aiKey, "sk-svcacct-", .urlBase64, 20...255, 0),
        (.aiKey, "sk-or-", .urlBase64, 20...255, 0),
        (.aiKey, "sk-", .alphanumeric, 48...48, 0),
        (.aiKey, "hf_", .alphanumeric, 34...40, 0),
        (.serviceToken, "dop_v1_", .hex, 64...64, 0),
        (.serviceToken, "doo_v1_", .hex, 64...64, 0),
        (.serviceToken, "dor_v1_", .hex, 64...64, 0),
        (.serviceToken, "shpat_", .hex, 32...32, 0),
        (.serviceToken, "shpss_", .hex, 32...32, 0),
        (.serviceToken, "shpca_", .hex, 32...32, 0),
        (.serviceToken, "shppa_", .hex, 32...32, 0),
        (.serviceToken, "dapi", .hex, 32...32, 0),
        (.serviceToken, "dckr_pat_", .urlBase64, 20...64, 0),
        (.serviceToken, "NRAK-", .upperDigit, 27...27, 0),
        (.serviceToken, "rubygems_", .hex, 48...48, 0),
        (.serviceToken, "lin_api_", .alphanumeric, 40...40, 0),
        (.serviceToken, "ATATT3x", .paddedBase64, 40...255, 0),
        (.serviceToken, "xkeysib-", .urlBase64, 60...128, 0),
        (.serviceToken, "AGE-SECRET-KEY-1", .upperDigit, 58...58, 0),
    ]
}
