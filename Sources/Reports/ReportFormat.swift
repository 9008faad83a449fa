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
        case one(@Sendable (Posture, _ version: String, ReportOutput) -> Void)
        /// One tenant or several in the same shape.
        case many(@Sendable ([Posture], _ version: String, ReportOutput) -> Void)
        /// One tenant in a shape of its own, or a list of them.
        case either(
            @Sendable (Posture, _ version: String, ReportOutput) -> Void,
            @Sendable ([Posture], _ version: String, ReportOutput) -> Void)
    }

    /// All formats: the one list that the command line, the documentation and the tests read.
    public static let all: [ReportFormat] = [
        ReportFormat(
            "json", "json", "application/json", "programs: `findings.json` as on the results branch",
            .either(
                { posture, _, output in output.append(FindingsJSON.document(posture), .escaped, rows: .indented) },
                { postures, _, output in
                    output.append(.array(postures.map(FindingsJSON.document)), .escaped, rows: .indented)
                })),
        ReportFormat(
            "ndjson", "ndjson", "application/x-ndjson", "pipelines: a finding a line, each complete in itself",
            .many { postures, _, output in FindingsNDJSON.write(postures, to: output) }),
        ReportFormat(
            "csv", "csv", "text/csv", "spreadsheets",
            .many { postures, _, output in FindingsCSV.write(postures, to: output) }),
        ReportFormat(
            "markdown", "md", "text/markdown", "people: `findings.md` as on the results branch",
            .one { posture, _, output in FindingsMarkdown.write(posture, to: output) }),
        ReportFormat(
            "html", "html", "text/html", "people: one file to read, send and print",
            .one { posture, _, output in FindingsHTML.write(posture, to: output) }),
        ReportFormat(
            "sarif", "sarif", "application/sarif+json", "code scanning (SARIF 2.1.0)",
            .many { FindingsSARIF.write($0, version: $1, to: $2) }),
        ReportFormat(
            "ocsf", "ocsf.json", "application/json", "security data lakes (OCSF 1.5.0, Compliance Finding)",
            .many { FindingsOCSF.write($0, version: $1, to: $2) }),
        ReportFormat(
            "asff", "asff.json", "application/json", "AWS Security Hub (inputs of `BatchImportFindings`)",
            .many { FindingsASFF.write($0, version: $1, to: $2) }),
        ReportFormat(
            "oscal", "oscal.json", "application/json", "auditors' tools (OSCAL 1.1.3 assessment results)",
            .one { AssessmentOSCAL.write($0, version: $1, to: $2) }),
        ReportFormat(
            "junit", "xml", "application/xml", "test reports of CI systems",
            .many { postures, _, output in FindingsJUnit.write(postures, to: output) }),
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

    /// Writes one tenant's report: equal postures give equal reports.
    ///
    /// - Parameter version: Parapet's.
    public func write(_ posture: Posture, version: String, to output: ReportOutput) {
        switch renderer {
        case .one(let write), .either(let write, _): write(posture, version, output)
        case .many(let write): write([posture], version, output)
        }
        output.flush()
    }

    /// Writes the report of several tenants. False, and nothing is written, where the format holds one alone.
    public func write(all postures: [Posture], version: String, to output: ReportOutput) -> Bool {
        switch renderer {
        case .one: return false
        case .many(let write), .either(_, let write): write(postures, version, output)
        }
        output.flush()
        return true
    }

    /// The list as a table for the documentation.
    public static var table: String {
        Markdown.table(
            ["format", "for", "file", "media type", "without `--tenant`"],
            all.map { format in
                [
                    "`\(format.name)`", format.purpose, "`.\(format.fileExtension)`", "`\(format.mediaType)`",
                    format.holdsSeveral ? "all tenants" : "the only tenant",
                ]
            })
    }
}
