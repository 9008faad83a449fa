import Documents
import Testing

@testable import AWS

@Suite(.enabled(if: Suites.isPresent, Comment(rawValue: Suites.missing)))
struct SigV4SuiteTests {
    @Test func signatures() throws {
        var tally = SuiteTally("sigv4")
        for item in try Suites.load("sigv4.json").array ?? [] {
            let name = item["name"]?.string ?? "?"
            let context = try #require(item["context"])
            let moment = try #require(Timestamp(context["timestamp"]?.string ?? ""))
            let signer = Self.signer(context)
            let request = Self.request(item["request"]?.string ?? "")
            let lifetime = Int(context["expiration_in_seconds"]?.integer ?? 0)
            let parts = [
                "header": signer.headerParts(request, at: moment).canonical,
                "query": signer.queryParts(request, at: moment, lifetime: lifetime).canonical,
            ]
            for (mode, canonical) in parts.sorted(by: { $0.key < $1.key }) {
                let isGood =
                    canonical.text == item["\(mode)-canonical-request"]?.string
                    && signer.stringToSign(canonical, at: moment) == item["\(mode)-string-to-sign"]?.string
                    && signer.signature(canonical, at: moment) == item["\(mode)-signature"]?.string
                tally.count("\(name) \(mode)", isGood, canonical.text)
            }
            let signature = item["header-signature"]?.string ?? "?"
            #expect(signer.sign(request, at: moment).contains { $0.value.hasSuffix("Signature=\(signature)") })
            let presigned = signer.presign(request, at: moment, lifetime: lifetime)
            #expect(presigned.last?.value == item["query-signature"]?.string)
        }
        tally.finish()
    }

    private static func signer(_ context: JSON) -> SigV4Signer {
        var rules = SigV4Signer.Rules()
        rules.normalizesPath = context["normalize"]?.bool ?? true
        rules.sendsBodyHash = context["sign_body"]?.bool ?? false
        rules.leavesTokenUnsigned = context["omit_session_token"]?.bool ?? false
        let credentials = Credentials(
            accessKeyID: context["credentials"]?["access_key_id"]?.string ?? "",
            secretAccessKey: context["credentials"]?["secret_access_key"]?.string ?? "",
            sessionToken: context["credentials"]?["token"]?.string)
        return SigV4Signer(
            credentials: credentials, region: context["region"]?.string ?? "",
            service: context["service"]?.string ?? "",
            rules: rules)
    }

    private static func request(_ text: String) -> SignableRequest {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = halves[0].split(separator: "\n")
        let words = lines[0].split(separator: " ")
        let target = words[1..<(words.count - 1)].joined(separator: " ")
            .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = SignableRequest(method: String(words[0]), path: String(target[0]))
        for pair in target.count > 1 ? target[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { PercentEncoding.decode($0) }
            request.query.append((sides[0], sides.count > 1 ? sides[1] : ""))
        }
        for line in lines.dropFirst() {
            if line.hasPrefix(" ") || line.hasPrefix("\t"), let last = request.headers.popLast() {
                request.headers.append((last.name, last.value + " " + line))
            } else {
                let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                request.headers.append((String(sides[0]), sides.count > 1 ? String(sides[1]) : ""))
            }
        }
        request.body = Array((halves.count > 1 ? String(halves[1]) : "").utf8)
        return request
    }
}
