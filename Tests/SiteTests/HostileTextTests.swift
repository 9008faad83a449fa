import Documents
import Reports
import Testing

@testable import Site

/// Texts that somebody who may create resources could choose.
@Suite("Hostile texts in the site")
struct HostileTextTests {
    static let texts = [
        "<script>alert(1)</script>", "</script><script src=//evil.example/x.js></script>", "<!--", "-->", "]]>",
        "\"); alert(1); (\"", "'\"`${alert(1)}", "\\", "\\\"", "a\\u003cb", "\u{2028}\u{2029}", "\u{202E}evil\u{2066}",
        "\u{200F}rtl", "\u{1B}[31mred\u{9B}0m", "\u{0}\u{8}\u{7F}", "\u{FFFF}\u{1FFFE}", "javascript:alert(1)",
        "https://evil.example/\" onclick=\"alert(1)", "x\" onmouseover=\"alert(1)\" style=\"color:red",
        "line\none\r\ntwo", "&lt;b&gt; &amp; &bogus;", "", " ", "日本語 שלום", "<img src=x onerror=alert(1)>",
        "</li></ol></main><base href=//evil.example>", "../../x", "%2e%2e", String(repeating: "long<", count: 820),
    ]

    private static func isLive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
        default: false
        }
    }

    @Test("Pages stay what they are", arguments: texts)
    func pages(_ text: String) throws {
        let files = Site.files(of: Sample.content(text, tenant: "prod"))
        let plain = Site.files(of: Sample.content("beta", tenant: "prod"))
        #expect(files.map(\.path) == plain.map(\.path))
        for (file, other) in zip(files, plain) where file.path.hasSuffix(".html") {
            let page = String(decoding: file.bytes, as: UTF8.self)
            #expect(!page.unicodeScalars.contains(where: Self.isLive), "\(file.path)")
            let root = try parsed(file)
            for element in root.all {
                if element.name == "script" {
                    #expect(element.text.isEmpty && element.attributes.contains { $0.name == "src" })
                }
                for attribute in element.attributes {
                    #expect(attribute.name != "style" && !attribute.name.hasPrefix("on"), "\(file.path)")
                    if ["href", "src"].contains(attribute.name) {
                        #expect(Self.isOwn(attribute.value), "\(attribute)")
                    }
                }
            }
            // No text adds an element, but for lists of what is not empty.
            let (names, others) = (root.all.map(\.name), try parsed(other).all.map(\.name))
            #expect(Set(names).isSubset(of: others), "\(file.path)")
            if !text.isEmpty { #expect(names.count { $0 == "script" } == others.count { $0 == "script" }) }
        }
    }

    @Test("Data stays one text that a script hands over", arguments: texts)
    func data(_ text: String) throws {
        let files = Site.files(of: Sample.content(text, tenant: "prod"))
        let script = Sample.text("tenants/prod/details.js", in: files)
        #expect(script.hasPrefix("parapetDetails(\"") && script.hasSuffix("\");\n"))
        let literal = script.dropFirst("parapetDetails(\"".count).dropLast("\");\n".count)
        #expect(!literal.unicodeScalars.contains { "<>&'`\u{2028}\u{2029}".unicodeScalars.contains($0) || $0 == "\n" })
        #expect(!literal.unicodeScalars.contains(where: Self.isLive))
        // What JavaScript reads of it is what JSON reads of the same text as a string.
        let json = try #require(try JSON.parse("\"\(literal)\"").string)
        let document = try JSON.parse(json)
        #expect(document["rules"]?.array?.count == 2 && document["findings"]?.object?.count == 4)
    }

    @Test("A command is offered as it is, or not at all")
    func commands() {
        let turned = Detail.details(of: .init(Sample.finding(1, text: "a\u{202E}b")))
        #expect(!turned.contains { $0.kind == .block })
        let plain = Detail.details(of: .init(Sample.finding(1, text: "a b")))
        #expect(plain.filter { $0.kind == .block }.map(\.label) == ["Command line", "Terraform"])
    }

    private func parsed(_ file: SiteFile) throws -> XMLElement {
        let page = String(decoding: file.bytes, as: UTF8.self)
        return try XMLElement.parse(Array(page.replacing("<!DOCTYPE html>\n", with: "").utf8))
    }

    /// Within the site, or a plain link.
    private static func isOwn(_ address: String) -> Bool {
        address.hasPrefix("https://docs.example/") || address.hasPrefix("https://eu-west-1.console.aws.amazon.com/")
            || !address.contains(":") && !address.hasPrefix("//") && !address.contains("\"")
    }
}

extension XMLElement {
    fileprivate var all: [XMLElement] { [self] + children.flatMap(\.all) }
}
