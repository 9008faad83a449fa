import AWSModels
import Documents
import Foundation
import Resources
import Testing

/// Links to AWS's console.
@Suite struct ConsoleLinkTests {
    private static let builtin: [Manifest] = {
        let catalog = try? ResourceCatalog.builtin(models: ModelLibrary.builtin())
        return (catalog?.manifests.values.sorted { $0.type < $1.type }) ?? []
    }()

    private static let hosts = [
        ("aws", "eu-west-1", "console.aws.amazon.com"), ("aws-cn", "cn-north-1", "console.amazonaws.cn"),
        ("aws-us-gov", "us-gov-west-1", "console.amazonaws-us-gov.com"),
    ]

    private static func manifest(_ console: String?, arn: String = "arn:{partition}:s3:::{Name}") throws -> Manifest {
        var text = ManifestTests.good.replacing("arn:{partition}:s3:::{Name}", with: arn)
        if let console { text += "\nconsole: \"\(console)\"" }
        let (manifest, found) = ManifestTests.parse(text)
        return try #require(manifest, "\(found.map { $0.text() })")
    }

    private static func subject(
        _ id: String = "b", arn: String? = nil, region: String = "eu-west-1", partition: String = "aws"
    ) -> ConsoleSubject {
        ConsoleSubject(
            id: id, arn: arn ?? "arn:\(partition):x:::\(id)", region: region, account: "123456789012",
            partition: partition)
    }

    @Test(arguments: [
        ("s3/buckets/{id}?region={region}", "https://eu-west-1.console.aws.amazon.com/s3/buckets/b?region=eu-west-1"),
        ("x#/{account}/{arn}", "https://eu-west-1.console.aws.amazon.com/x#/123456789012/arn%3Aaws%3Ax%3A%3A%3Ab"),
        ("x#{id:dollars}", "https://eu-west-1.console.aws.amazon.com/x#b"),
    ])
    func pages(console: String, link: String) throws {
        #expect(try Self.manifest(console).consoleLink(to: Self.subject()) == link)
    }

    @Test(arguments: hosts) func partitionsHaveTheirHosts(partition: String, region: String, host: String) throws {
        let manifest = try Self.manifest("x/{id}")
        let regional = Self.subject(region: region, partition: partition)
        #expect(manifest.consoleLink(to: regional) == "https://\(region).\(host)/x/b")
        let global = Self.subject(region: "global", partition: partition)
        #expect(manifest.consoleLink(to: global) == "https://\(host)/x/b")
    }

    /// CloudWatch's own way: `/aws/lambda/x` is `$252Faws$252Flambda$252Fx`.
    @Test func dollars() throws {
        let link = try Self.manifest("x#{id:dollars}").consoleLink(to: Self.subject("/aws/lambda/x$"))
        #expect(link == "https://eu-west-1.console.aws.amazon.com/x#$252Faws$252Flambda$252Fx$2524")
    }

    /// Whatever the names are, host and path stay, and nothing stands there that is not a URL.
    @Test(arguments: [
        "@evil.example", "/../../evil", "//evil.example", "?x=y", "#x", "&region=evil", "a b", "\"><script>", "\\",
        "%2F",
        "a;is-cluster=true", "{id}", "\n", "\u{0}", "\u{202E}", "e\u{301}", "日本語", "'", "`", "$", "|", "[x](y)",
    ])
    func hostileNames(id: String) throws {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%".utf8)
        for (page, start) in [
            ("s3/{id}?region={region}", "https://eu-west-1.console.aws.amazon.com/s3/"),
            ("s3#{arn}", "https://eu-west-1.console.aws.amazon.com/s3#"),
        ] {
            let link = try #require(try Self.manifest(page).consoleLink(to: Self.subject(id)))
            #expect(link.hasPrefix(start))
            let rest = link.dropFirst(start.count).replacing("?region=eu-west-1", with: "")
            #expect(rest.utf8.allSatisfy(allowed.contains), "\(link)")
            let name = page == "s3#{arn}" ? "arn:aws:x:::" + id : id
            #expect(rest.removingPercentEncoding?.hasSameBytes(as: name) == true, "\(link)")
            #expect(URL(string: link)?.host() == "eu-west-1.console.aws.amazon.com")
        }
    }

    @Test(arguments: ["*", "", ".", "..", String(repeating: "x", count: 2_000)])
    func noLinksToWhatIsNoName(id: String) throws {
        #expect(try Self.manifest("x/{id}").consoleLink(to: Self.subject(id)) == nil)
    }

    @Test(arguments: [
        "", "unknown", "evil.example/", "eu-west-1.evil.example/x", "eu-west", "eu-west-", "EU-WEST-1", "eu-west-1\n",
        "-west-1", "eu-west-x1", "eu-west-\u{661}", "global.",
    ])
    func noLinksToWhatIsNoRegion(region: String) throws {
        for page in ["x/{id}", "x/{id}?region={region}"] {
            #expect(try Self.manifest(page).consoleLink(to: Self.subject(region: region)) == nil)
        }
    }

    @Test func globalResourcesHaveNoRegion() throws {
        #expect(try Self.manifest("x?region={region}").consoleLink(to: Self.subject(region: "global")) == nil)
    }

    /// AWS's page for all ARNs is for those that AWS gave out itself, in its own partition.
    @Test func arnsThatAWSGaveOutHaveAPage() throws {
        let given = try Self.manifest(nil, arn: "{Arn}")
        let subject = Self.subject(arn: "arn:aws:x:eu-west-1:1:a/b?c&d")
        let link = "https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3Ax%3Aeu-west-1%3A1%3Aa%2Fb%3Fc%26d"
        #expect(given.consoleLink(to: subject) == link)
        #expect(try Self.manifest(nil).consoleLink(to: subject) == nil)
        #expect(try Self.manifest("x#{region}", arn: "{Arn}").consoleLink(to: Self.subject(region: "unknown")) == nil)
        for partition in ["aws-cn", "aws-us-gov", "aws-iso"] {
            #expect(given.consoleLink(to: Self.subject(arn: "arn:aws:x:::b", partition: partition)) == nil)
        }
        for arn in ["", "x", "arn:aws-cn:x:::b", "https://evil.example"] {
            #expect(given.consoleLink(to: Self.subject(arn: arn)) == nil)
        }
        #expect(given.consoleLink(to: Self.subject("*")) == nil)
    }

    @Test func partitionsWithoutAKnownConsole() throws {
        let subject = Self.subject(region: "us-iso-east-1", partition: "aws-iso")
        #expect(try Self.manifest("x/{id}").consoleLink(to: subject) == nil)
    }

    @Test(arguments: [
        ("x/{name}", "has no place `{name}`"), ("x/{Region}", "did you mean `region`?"), ("x/{id", "not closed"),
        ("https://evil.example/{id}", "is no path"), ("//evil.example/{id}", "is no path"), ("/x", "is no path"),
        ("{id}", "is no path"), ("", "is no path"), ("x/ {id}", "do not stand in URLs"),
        ("x@y", "do not stand in URLs"),
        ("x\u{E9}", "do not stand in URLs"), (".x", "is no path"), ("x%41", "do not stand in URLs"),
    ])
    func faultyPages(console: String, says: String) {
        let (manifest, found) = ManifestTests.parse(ManifestTests.good + "\nconsole: \"\(console)\"")
        #expect(manifest == nil && found.map(\.code) == ["manifest/console"])
        #expect(
            found.first.map { "\($0.message) \($0.help ?? "")" }?.contains(says) == true, "\(found.map { $0.text() })")
    }

    @Test func pagesAreText() {
        #expect(ManifestTests.parse(ManifestTests.good + "\nconsole: [x]").found.map(\.code) == ["manifest/type"])
    }

    @Test func thereArePages() {
        #expect(Self.builtin.count { $0.console != nil } >= 50)
        #expect(Self.builtin.first { $0.type == "AWS::S3::Bucket" }?.console != nil)
    }

    /// Every page of a built-in type is a URL on the partition's console, wherever its resources are.
    @Test(arguments: hosts) func builtinPages(partition: String, region: String, host: String) throws {
        for manifest in Self.builtin where manifest.console != nil {
            let links = [region, "global"].compactMap {
                manifest.consoleLink(to: Self.subject("a/b c", region: $0, partition: partition))
            }
            #expect(!links.isEmpty, "\(manifest.type)")
            for link in links {
                let url = try #require(URL(string: link), "\(link)")
                #expect(url.scheme == "https" && [host, "\(region).\(host)"].contains(url.host()), "\(link)")
                #expect(url.user() == nil && url.port == nil && !link.contains(" ") && !link.contains("a/b"), "\(link)")
            }
        }
    }

    /// Types that are listed once in each account have pages that need no region.
    @Test func pagesOfGlobalTypesNeedNoRegion() throws {
        for manifest in Self.builtin where manifest.console != nil {
            guard case .listed(let lists) = manifest.origin, case .listed = manifest.region else { continue }
            let isGlobal = lists.allSatisfy { $0.call.scope == .global }
            let link = manifest.consoleLink(to: Self.subject(region: "global"))
            #expect(!isGlobal || link != nil, "\(manifest.type)")
        }
    }
}
