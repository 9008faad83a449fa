import Documents
import HTTP
import Testing

@testable import AWS

struct RedactionTests {
    @Test func errorsNeverTellWhatWasSigned() async throws {
        let message = """
            The request signature we calculated does not match. Key AKIDEXAMPLEAKIDEXAMPLE was used.

            The Canonical String for this request should have been
            'POST
            /

            host:sts.amazonaws.com
            x-amz-security-token:tokentokentoken
            X-Amz-Security-Token: other
            Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEAKIDEXAMPLE/2015, Signature=abcdef
            """
        let body = "<E><Error><Code>SignatureDoesNotMatch</Code><Message>\(message)</Message></Error></E>"
        let (client, _) = Fixtures.client([.response(403, body, [:])])
        await #expect { try await client.call("sts", "GetCallerIdentity", region: "us-east-1") } throws: { error in
            let text = "\(error)"
            #expect((error as? AWSError)?.kind == .credentials)
            for secret in ["AKIDEXAMPLE", "tokentoken", "abcdef", "Signature=", "security-token", "host:sts"] {
                #expect(!text.lowercased().contains(secret.lowercased()), "\(secret) in \(text)")
            }
            return text.contains("does not match")
        }
    }

    @Test func cutsLongMessages() {
        let text = AWSError.Redaction.clean(String(repeating: "a", count: 1_000) + "\u{1B}[31m", secrets: [""])
        #expect(text.count == 303)
        #expect(AWSError.Redaction.clean("a\u{1B}[31mb\u{7}", secrets: []) == "a[31mb")
    }
}
