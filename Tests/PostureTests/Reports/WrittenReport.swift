import Documents
import Posture

@testable import Reports

/// Reports as one text, as `ReportFormat` writes them.
extension FindingsJSON {
    static func text(_ posture: Posture) -> String {
        ReportOutput.text { $0.append(document(posture), .exact, rows: .indented) }
    }

    static func bytes(_ posture: Posture) -> [UInt8] { Array(text(posture).utf8) }
}

extension FindingsMarkdown {
    static func render(_ posture: Posture) -> String { ReportOutput.text { write(posture, to: $0) } }
}

extension ReportFormat {
    func render(_ posture: Posture, version: String) -> String {
        ReportOutput.text { write(posture, version: version, to: $0) }
    }

    /// Nil where the format holds one tenant alone.
    func render(all postures: [Posture], version: String) -> String? {
        var isWritten = false
        let text = ReportOutput.text { isWritten = write(all: postures, version: version, to: $0) }
        return isWritten ? text : nil
    }
}

/// One tenant's report in a format; empty where there is no such format.
func written(_ name: String, _ posture: Posture) -> String {
    ReportFormat.named(name)?.render(posture, version: "1") ?? ""
}
