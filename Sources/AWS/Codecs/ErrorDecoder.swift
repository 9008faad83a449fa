public import AWSModels
internal import Documents
public import HTTP

/// Reads the code and the message of a service's error response.
public struct ErrorDecoder: Sendable {
    let model: ServiceModel

    public init(model: ServiceModel) { self.model = model }

    /// The code is the HTTP status where the response names none. The message is as the service sent it.
    public func decode(_ response: HTTPResponse) -> (code: String, message: String) {
        switch model.wireProtocol {
        case .query, .ec2, .restXML: xml(response)
        case .json, .restJSON: json(response)
        }
    }

    private func xml(_ response: HTTPResponse) -> (code: String, message: String) {
        guard let root = try? XMLElement.parse(response.body) else { return (String(response.status), "") }
        let code = Self.text(named: "Code", in: root) ?? String(response.status)
        return (code, Self.text(named: "Message", in: root) ?? "")
    }

    /// The text of the first element of that name, at any depth, that has one.
    static func text(named name: String, in element: XMLElement) -> String? {
        if element.name == name, !element.text.isEmpty { return ResponseDecoder.trim(element.text) }
        for child in element.children {
            if let text = text(named: name, in: child) { return text }
        }
        return nil
    }

    private func json(_ response: HTTPResponse) -> (code: String, message: String) {
        let body = (try? JSON.parse(response.body)) ?? .null
        let message = (body["message"] ?? body["Message"] ?? body["errorMessage"])?.string ?? ""
        if let header = response.header("x-amzn-query-error"), let end = header.firstIndex(of: ";") {
            return (String(header[..<end]), message)
        }
        let named = response.header("x-amzn-errortype") ?? (body["__type"] ?? body["code"] ?? body["Code"])?.string
        return (named.map(Self.bareCode) ?? String(response.status), message)
    }

    /// `aws.service#Name:http://...` is `Name`.
    private static func bareCode(_ text: String) -> String {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        guard let hash = text[..<colon].lastIndex(of: "#") else { return String(text[..<colon]) }
        return String(text[text.index(after: hash)..<colon])
    }
}
