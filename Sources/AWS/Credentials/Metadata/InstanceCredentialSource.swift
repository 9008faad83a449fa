internal import Documents
internal import HTTP

/// The role of the EC2 instance, through version 2 of its metadata service. Version 1, which answers without a token, is
/// never asked.
public struct InstanceCredentialSource: CredentialSource {
    private let context: CredentialContext

    public init(_ context: CredentialContext) { self.context = context }

    public var name: String { "the instance" }

    private static let hosts = ["169.254.169.254", "fd00:ec2::254"]
    private static let path = "/latest/meta-data/iam/security-credentials/"

    public func find() async throws(AWSError) -> CredentialAnswer {
        if context["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            return .nothing("AWS_EC2_METADATA_DISABLED is true")
        }
        let place = try place()
        let token: String
        switch try await self.token(place) {
        case .found(let text): token = text
        case .nothing(let reason): return .nothing(reason)
        }
        let list = try await get(Self.path, of: place.url, token)
        if list.status == 404 { return .nothing("the instance has no role") }
        guard list.status == 200 else {
            throw .unfit("the metadata service answered \(list.status) when asked for the role")
        }
        let text = String(decoding: list.body, as: UTF8.self)
        let role = ResponseDecoder.trim(String(text.prefix { !$0.isNewline }))
        if role.isEmpty { return .nothing("the instance has no role") }
        guard RoleSession.isName(role, 1...64) else { throw .unfit("the metadata service names no role") }
        let answer = try await get(Self.path + role, of: place.url, token)
        guard answer.status == 200, let json = try? JSON.parse(answer.body), json.object != nil else {
            throw .unfit("the metadata service has no credentials of the role `\(role)` (status \(answer.status))")
        }
        if let code = json["Code"]?.string, code != "Success" {
            throw .unfit(
                "the metadata service has no credentials of the role `\(role)`: \(AWSError.Redaction.code(code))")
        }
        return .found(try Credentials(document: json, token: "Token", isTemporary: true))
    }

    private enum TokenAnswer {
        case found(String)
        case nothing(String)
    }

    /// No answer, or a refusal, means that this is no EC2 instance or that its metadata service is off; where an
    /// endpoint was named, it is an error.
    private func token(_ place: (url: EndpointURL, isNamed: Bool)) async throws(AWSError) -> TokenAnswer {
        let request = HTTPRequest(
            method: "PUT", url: base(place.url) + "/latest/api/token",
            headers: [("X-aws-ec2-metadata-token-ttl-seconds", "21600")])
        let reason: String
        do throws(AWSError) {
            let response = try await fetch.send(request)
            let text = String(decoding: response.body, as: UTF8.self)
            if response.status == 200, WebIdentityTokenFile.isToken(text) { return .found(text) }
            reason = "\(place.url.host) gave no token (status \(response.status))"
        } catch {
            if error.kind == .cancelled { throw error }
            reason = "no answer from \(place.url.host)"
        }
        if place.isNamed { throw .unfit(reason) }
        return .nothing(reason)
    }

    private func get(_ path: String, of url: EndpointURL, _ token: String) async throws(AWSError) -> HTTPResponse {
        try await fetch.send(
            HTTPRequest(method: "GET", url: base(url) + path, headers: [("X-aws-ec2-metadata-token", token)]))
    }

    private var fetch: MetadataFetch {
        MetadataFetch(
            transport: context.direct, timeouts: HTTPTimeouts(connect: .seconds(1), total: .seconds(1)), attempts: 1,
            sleep: context.client.configuration.clock.sleep)
    }

    private func base(_ url: EndpointURL) -> String {
        var text = url.text[...]
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
    }

    private func place() throws(AWSError) -> (url: EndpointURL, isNamed: Bool) {
        if let text = context["AWS_EC2_METADATA_SERVICE_ENDPOINT"] {
            guard let url = EndpointURL(text), !text.contains("?"),
                url.isHTTPS || url.isLoopback || Self.hosts.contains(where: url.isAddress)
            else {
                throw .unfit(
                    "AWS_EC2_METADATA_SERVICE_ENDPOINT is not the URL of a metadata service: without https only "
                        + "loopback addresses, \(Self.hosts.joined(separator: " and ")) are asked")
            }
            return (url, true)
        }
        let mode = context["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.lowercased() ?? "ipv4"
        guard ["ipv4", "ipv6"].contains(mode),
            let url = EndpointURL(mode == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
        else { throw .unfit("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6") }
        return (url, false)
    }
}
