internal import Documents
internal import HTTP

/// The agent beside a container: of ECS, or of EKS Pod Identity.
public struct ContainerCredentialSource: CredentialSource {
    private let context: CredentialContext

    public init(_ context: CredentialContext) { self.context = context }

    public var name: String { "the container" }

    private static let agent = "169.254.170.2"
    private static let plainHosts = [agent, "169.254.170.23", "fd00:ec2::23"]

    public func find() async throws(AWSError) -> CredentialAnswer {
        guard let url = try url() else {
            return .nothing(
                "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
        }
        var request = HTTPRequest(method: "GET", url: url.text, headers: [("Accept", "application/json")])
        if let token = try token() { request.headers.append(("Authorization", token)) }
        let fetch = MetadataFetch(
            transport: context.direct, timeouts: HTTPTimeouts(connect: .seconds(2), total: .seconds(5)), attempts: 3,
            sleep: context.client.configuration.clock.sleep)
        let response = try await fetch.send(request)
        guard response.status == 200 else { throw .unfit("\(url.host) answered \(response.status)") }
        guard let json = try? JSON.parse(response.body), json.object != nil else {
            throw .unfit("the answer of \(url.host) is not a JSON object")
        }
        return .found(try Credentials(document: json, token: "Token", isTemporary: true))
    }

    /// Plain http goes to the machine itself and to the agents' own addresses.
    private func url() throws(AWSError) -> EndpointURL? {
        if let path = context["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            guard path.hasPrefix("/"), let url = EndpointURL("http://\(Self.agent)\(path)") else {
                throw .unfit("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a plain path")
            }
            return url
        }
        guard let text = context["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
        guard let url = EndpointURL(text) else {
            throw .unfit("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a plain http or https URL")
        }
        guard url.isHTTPS || url.isLoopback || Self.plainHosts.contains(where: url.isAddress) else {
            throw .unfit(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI names \(url.host): without https only loopback addresses, "
                    + "\(Self.plainHosts.joined(separator: ", ")) are asked")
        }
        return url
    }

    private func token() throws(AWSError) -> String? {
        let file = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
        let variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
        let token: String
        let origin: String
        if let path = context[file] {
            (token, origin) = (try FileBytes.token(path, what: file), "the file that \(file) names")
        } else if let text = context[variable] {
            (token, origin) = (text, variable)
        } else {
            return nil
        }
        // A line break would end the header and start another.
        guard token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .unfit("\(origin) holds a line break or another character that no header may have")
        }
        return token
    }
}
