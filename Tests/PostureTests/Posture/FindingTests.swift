import Documents
import Testing

@testable import Posture

@Suite struct FindingTests {
    /// These never change: waivers, trackers and `first_seen` hold on to them.
    @Test(arguments: [
        (
            "prod", "s3-bucket-versioning", "123456789012/eu-west-1/AWS::S3::Bucket/logs",
            "6887b303b1aebbfaa6761435701572cf"
        ),
        ("prod", "iam-root-mfa", "123456789012/global/AWS::::Account/123456789012", "0660d526e938004867fad0fd9eb000b6"),
    ])
    func idsAreStable(tenant: String, rule: String, uid: String, id: String) {
        #expect(Finding.id(tenant: tenant, rule: rule, uid: uid) == id)
    }

    @Test func idsKeepTheirPartsApart() {
        let ids = [
            Finding.id(tenant: "a", rule: "bc", uid: "d"), Finding.id(tenant: "ab", rule: "c", uid: "d"),
            Finding.id(tenant: "a", rule: "b", uid: "cd"), Finding.id(tenant: "b", rule: "a", uid: "d"),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 32 })
    }

    @Test func idsAreTheSameInEveryScan() throws {
        let later = Timestamp(seconds: Account.noon.seconds + 86_400)
        let first = try Account.judge(Account.mixed()).posture.findings
        let second = try Account.judge(Account.mixed(at: later)).posture.findings
        #expect(!first.isEmpty)
        #expect(first.map(\.id) == second.map(\.id))
        #expect(Set(first.map(\.id)).count == first.count)
    }
}
