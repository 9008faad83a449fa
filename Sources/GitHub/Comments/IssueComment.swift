internal import Documents

/// A comment in the conversation of a pull request.
public struct IssueComment: Sendable, Equatable {
    public let id: Int64
    /// Its name in GraphQL.
    let nodeID: String
    /// Empty where the account is gone.
    public let author: String
    public var body: String
    /// Its page.
    public let url: String

    init?(_ json: JSON) {
        guard let id = json["id"]?.integer, let body = json["body"]?.string ?? (json["body"]?.isNull == true ? "" : nil)
        else { return nil }
        self.id = id
        self.body = body
        nodeID = json["node_id"]?.string ?? ""
        author = json["user"]?["login"]?.string ?? ""
        url = json["html_url"]?.string ?? ""
    }

    /// Whether it says the same, whatever GitHub has made of line ends and of white space at the end.
    func says(_ text: String) -> Bool { Self.normal(body).hasSameBytes(as: Self.normal(text)) }

    private static func normal(_ text: String) -> String {
        var scalars = text.unicodeScalars.filter { $0 != "\r" }[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
