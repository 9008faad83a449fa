internal import Documents

/// The page of AWS's console on a resource: what follows the host, with places for what names the resource.
///
///     s3/buckets/{id}?region={region}
public struct ConsolePage: Sendable, Equatable {
    private let template: Template

    /// What can stand in braces.
    enum Place: String, CaseIterable {
        case id, arn, account, region
        /// The id as CloudWatch has it in its links: encoded twice, with `$` for `%`.
        case idInDollars = "id:dollars"
    }

    /// Why a text is no page: a clause that follows it.
    struct Fault: Error {
        let message: String
        var help: String?
    }

    init(_ text: String) throws(Fault) {
        guard let template = Template(text) else { throw Fault(message: "has a brace that is not closed") }
        for part in template.parts {
            switch part {
            case .place(let name) where Place(rawValue: name) == nil:
                let names = Place.allCases.map(\.rawValue)
                throw Fault(
                    message: "has no place `{\(name)}`",
                    help: suggestion(for: name, among: names) ?? "one of: \(names.joined(separator: ", "))")
            case .text(let text) where !text.utf8.allSatisfy(Self.isURL):
                throw Fault(message: "has characters that do not stand in URLs")
            default: break
            }
        }
        guard case .text(let start)? = template.parts.first, start.first?.isLetter == true, !start.contains("//") else {
            throw Fault(message: "is no path", help: "what follows the console's host: s3/buckets/{id}?region={region}")
        }
        self.template = template
    }

    private static func isURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~/?#=&:;$".utf8.contains(byte)
        }
    }

    /// The page's URL; nil where something that it names is not known.
    func url(of resource: ConsoleSubject) -> String? {
        guard let host = resource.host else { return nil }
        let rest = template.filled { name in
            switch Place(rawValue: name) {
            case .id: Self.part(resource.id)
            case .arn: Self.part(resource.arn)
            case .account: Self.part(resource.account)
            case .region: resource.isRegional ? resource.region : nil
            case .idInDollars: Self.part(resource.id)?.percentEncoded.replacing("%", with: "$")
            case nil: nil
            }
        }
        return rest.map { "https://\(host)/\($0)" }
    }

    /// Nil for what browsers would not take for a name: nothing, and the names of folders.
    private static func part(_ text: String) -> String? {
        ["", ".", ".."].contains(text) ? nil : text.percentEncoded
    }
}

/// What names a resource in links.
public struct ConsoleSubject: Sendable {
    public var id: String
    public var arn: String
    public var region: String
    public var account: String
    public var partition: String

    public init(id: String, arn: String, region: String, account: String, partition: String) {
        self.id = id
        self.arn = arn
        self.region = region
        self.account = account
        self.partition = partition
    }

    /// Where the partition's console is; nil for partitions whose console is not known, and where the region is none.
    fileprivate var host: String? {
        let hosts = [
            "aws": "console.aws.amazon.com", "aws-cn": "console.amazonaws.cn",
            "aws-us-gov": "console.amazonaws-us-gov.com",
        ]
        guard let host = hosts[partition] else { return nil }
        if region == "global" { return host }
        return isRegional ? "\(region).\(host)" : nil
    }

    /// Whether the region is one: `eu-west-1`.
    fileprivate var isRegional: Bool {
        let parts = region.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, region.utf8.count <= 32, let number = parts.last, !number.isEmpty else { return false }
        return number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts.dropLast().allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            }
    }
}

extension Manifest {
    /// As long as links may be that every browser takes.
    private static let longestLink = 2_000

    /// A link to AWS's console for a resource of the type: the page that the manifest names; else, where the ARN is one
    /// that AWS gave out, the page that AWS has for all ARNs. Nil where there is none, and for lists as a whole.
    public func consoleLink(to resource: ConsoleSubject) -> String? {
        guard resource.id != "*" else { return nil }
        let link = if let console { console.url(of: resource) } else { anyPage(of: resource) }
        return link.flatMap { $0.utf8.count <= Self.longestLink ? $0 : nil }
    }

    /// Only AWS's own partition has this page. An ARN that the manifest puts together may be none that AWS knows.
    private func anyPage(of resource: ConsoleSubject) -> String? {
        guard arn.parts.count == 1, !arn.places.isEmpty, resource.partition == "aws",
            resource.arn.hasPrefix("arn:aws:")
        else { return nil }
        return "https://console.aws.amazon.com/go/view?arn=\(resource.arn.percentEncoded)"
    }
}
