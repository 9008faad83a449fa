internal import Foundation
public import Testing

/// HTML as cmark-gfm makes it of Markdown, with GitHub's extensions and raw HTML let through.
public struct RenderedMarkdown {
    public let html: String

    /// Nil, with a printed note, where cmark-gfm is not installed.
    public init?(_ markdown: String) throws {
        let program = "/usr/bin/cmark-gfm"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("note: cmark-gfm is not installed; how Markdown renders is not tested (apt install cmark-gfm)")
            return nil
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "parapet-\(UUID().uuidString).md")
        try Data(markdown.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments =
            ["table", "autolink", "strikethrough", "tagfilter"].flatMap { ["-e", $0] } + ["--unsafe", file.path]
        let page = file.appendingPathExtension("html")
        try Data().write(to: page)
        defer { try? FileManager.default.removeItem(at: page) }
        process.standardOutput = try FileHandle(forWritingTo: page)
        try process.run()
        process.waitUntilExit()
        let data = try Data(contentsOf: page)
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
        html = String(decoding: data, as: UTF8.self)
    }

    /// The tags, as written; comments are none.
    public var tags: [String] {
        let text = html.replacing("<!-- -->", with: "")
        return text.matches(of: /<[^>]*>?/).map { String($0.output) }
    }

    /// How many cells each row of each table has.
    public var cellsByTable: [[Int]] {
        html.components(separatedBy: "<table>").dropFirst().map { table in
            table.components(separatedBy: "</table>")[0].components(separatedBy: "<tr>").dropFirst().map { row in
                row.components(separatedBy: "<td").count + row.components(separatedBy: "<th>").count - 2
            }
        }
    }

    /// What a reader sees.
    public var text: String { Self.decoded(html.replacing("<!-- -->", with: "").replacing(/<[^>]*>/, with: "")) }

    /// What GitHub looks through for mentions and issues: the text outside of code.
    public var textOutsideCode: String {
        Self.decoded(html.replacing(/<code>.*?<\/code>/, with: "").replacing(/<[^>]*>/, with: ""))
    }

    private static func decoded(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}

extension RenderedMarkdown {
    /// Fails where the page has a tag, a mention or an issue that Parapet did not write, or a row of a wrong length.
    public func expectInert(
        links: [String] = [], pictures: [String] = [], areConsoleLinksAllowed: Bool = false,
        otherTags: [String] = [], _ context: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let console = /<a href="https:\/\/([a-z0-9-]+\.)?console\.aws\.amazon\.com\/[^"\s]*">/
        let consoleLinks = areConsoleLinksAllowed ? tags.filter { $0.wholeMatch(of: console) != nil } + ["</a>"] : []
        let written = ["h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "code"]
        let allowed = Set(
            written.flatMap { ["<\($0)>", "</\($0)>"] } + ["<br>", "<br />"]
                + links.flatMap { ["<a href=\"\($0)\">", "</a>"] } + pictures + consoleLinks + otherTags)
        #expect(Set(tags).subtracting(allowed) == [], "\(context)", sourceLocation: sourceLocation)
        for table in cellsByTable {
            #expect(Set(table).count == 1, "\(context): \(table)", sourceLocation: sourceLocation)
        }
        let outside = textOutsideCode
        let live = outside.firstMatch(of: /@[A-Za-z0-9]|#[0-9]|[Gg][Hh]-[0-9]/)
        #expect(live == nil, "\(context): \(live?.output ?? "")", sourceLocation: sourceLocation)
        #expect(html.unicodeScalars.allSatisfy { !Self.moves($0) }, "\(context)", sourceLocation: sourceLocation)
    }

    /// Whether a character moves a cursor or turns the reading direction.
    private static func moves(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
