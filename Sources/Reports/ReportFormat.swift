internal import Documents
public import Posture

/// A form that findings can be written in.
public struct ReportFormat: Sendable {
    /// As it is named on the command line.
    public let name: String
    public let fileExtension: String
    public let mediaType: String
    /// What it is for, in a few words.
    public let purpose: String
    private let renderer: Renderer

    private enum Renderer: Sendable {
        /// One tenant alone.
        case one(@Sendable (Posture, _ version: String) -> String)
        /// One tenant or several in the same shape.
        case many(@Sendable ([Posture], _ version: String) -> String)
        /// One tenant in a shape of its own, or a list of them.
        case either(
            @Sendable (Posture, _ version: String) -> String, @Sendable ([Posture], _ version: String) -> String)
    }

    /// All formats: the one list that the command line, the documentation and the tests read.
    public static let all: [ReportFormat] = [
        ReportFormat(
            "json", "json", "application/json", "programs: `findings.json` as on the results branch",
            .either(
                { posture, _ in FindingsJSON.render(posture).escapedText(.indented) },
                { postures, _ in JSON.array(postures.map(FindingsJSON.render)).escapedText(.indented) })),
        ReportFormat(
            "ndjson", "ndjson", "application/x-ndjson", "pipelines: a finding a line, each complete in itself",
            .many { postures, _ in FindingsNDJSON.render(postures) }),
        ReportFormat(
            "csv", "csv", "text/csv", "spreadsheets", .many { postures, _ in FindingsCSV.render(postures) }),
        ReportFormat(
            "markdown", "md", "text/markdown", "people: `findings.md` as on the results branch",
            .one { posture, _ in FindingsMarkdown.render(posture) }),
        ReportFormat(
            "html", "html", "text/html", "people: one file to read, send and print",
            .one { posture, _ in FindingsHTML.render(posture) }),
        ReportFormat(
            "sarif", "sarif", "application/sarif+json", "code scanning (SARIF 2.1.0)",
            .many { FindingsSARIF.render($0, version: $1) }),
        ReportFormat(
            "ocsf", "ocsf.json", "application/json", "security data lakes (OCSF 1.5.0, Compliance Finding)",
            .many { FindingsOCSF.render($0, version: $1) }),
        ReportFormat(
            "asff", "asff.json", "application/json", "AWS Security Hub (inputs of `BatchImportFindings`)",
            .many { FindingsASFF.render($0, version: $1) }),
        ReportFormat(
            "oscal", "oscal.json", "application/json", "auditors' tools (OSCAL 1.1.3 assessment results)",
            .one { AssessmentOSCAL.render($0, version: $1) }),
        ReportFormat(
            "junit", "xml", "application/xml", "test reports of CI systems",
            .many { postures, _ in FindingsJUnit.render(postures) }),
    ]

    public static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }

    private init(
        _ name: String, _ fileExtension: String, _ mediaType: String, _ purpose: String, _ renderer: Renderer
    ) {
        self.name = name
        self.fileExtension = fileExtension
        self.mediaType = mediaType
        self.purpose = purpose
        self.renderer = renderer
    }

    /// Whether one file can hold several tenants.
    public var holdsSeveral: Bool {
        switch renderer {
        case .one: false
        case .many, .either: true
        }
    }

    /// One tenant's report. A pure function.
    ///
    /// - Parameter version: Parapet's.
    public func render(_ posture: Posture, version: String) -> String {
        switch renderer {
        case .one(let render), .either(let render, _): render(posture, version)
        case .many(let render): render([posture], version)
        }
    }

    /// The report of several tenants; nil where the format holds one alone.
    public func render(all postures: [Posture], version: String) -> String? {
        switch renderer {
        case .one: nil
        case .many(let render), .either(_, let render): render(postures, version)
        }
    }

    /// The list as a table for the documentation.
    public static var table: String {
        Markdown.table(
            ["format", "for", "file", "media type", "without `--tenant`"],
            all.map { format in
                [
                    "`\(format.name)`", format.purpose, "`.\(format.fileExtension)`", "`\(format.mediaType)`",
                    format.holdsSeveral ? "all tenants" : "not possible",
                ]
            })
    }
}
