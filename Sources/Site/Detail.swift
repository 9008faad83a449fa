internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// One labelled thing that is said of a finding: for pages as markup, for scripts as data.
struct Detail {
    enum Kind: Int {
        /// Words.
        case text = 0
        /// A name, a value.
        case code = 1
        /// Lines to copy.
        case block = 2
        /// An address, where it is one that may be offered.
        case link = 3
    }

    var label: String
    var kind: Kind
    /// Raw texts.
    var values: [String]

    init(_ label: String, _ kind: Kind, _ values: [String?]) {
        self.label = label
        self.kind = kind
        self.values = values.compactMap { $0 }.filter { !$0.isEmpty }
    }
}

extension Detail {
    /// What concerns one resource, but for the message.
    static func details(of entry: ReportEntry) -> [Detail] {
        let resource = entry.resource
        return [
            Detail("Evidence", .code, entry.evidence.map(text)), Detail("Causes", .code, entry.causes),
            Detail("Waiver", .text, [entry.waivedBy]),
            Detail("Remediation", .text, [entry.remediation.text]),
            Detail("Command line", .block, [copyable(entry.remediation.cli)]),
            Detail("Terraform", .block, [copyable(entry.remediation.terraform)]),
            Detail("Resource", .code, [resource.id]), Detail("ARN", .code, [resource.arn]),
            Detail("Place", .text, ["\(resource.type) in \(resource.region)"]),
            Detail("Owner", .text, [entry.owner]), Detail("Console", .link, [entry.console]),
            Detail("First seen", .text, [entry.firstSeen?.description]), Detail("Id", .code, [entry.id]),
        ].filter { !$0.values.isEmpty }
    }

    /// What is the same for all findings of a rule.
    static func shared(by entry: ReportEntry) -> [Detail] {
        [
            Detail("Rule", .code, [entry.rule]), Detail("Title", .text, [entry.title]),
            Detail("Category", .text, [entry.category]),
            Detail("Controls", .text, [entry.controls.joined(separator: ", ")]),
            Detail("References", .link, entry.references),
        ].filter { !$0.values.isEmpty }
    }

    private static func text(_ evidence: Evidence) -> String {
        let place = "\(evidence.type) \(evidence.id)\(evidence.pointer.isEmpty ? "" : " \(evidence.pointer)")"
        return "\(place) = \(evidence.value.isNull ? "absent" : evidence.value.text())"
    }

    /// Pages of AWS's console have two signs more than other links.
    fileprivate static func isLink(_ text: String) -> Bool { text.filter { !";$".contains($0) }.isPlainLink }

    /// What somebody pastes into a terminal is what they saw, or is not offered.
    private static func copyable(_ text: String?) -> String? {
        text.flatMap { $0.inertLines.hasSameBytes(as: $0) ? $0 : nil }
    }
}

extension Detail {
    /// Its values alone, without the label.
    var blocks: String { values.map { kind.markup($0) }.joined() }
}

extension [Detail] {
    /// A list of definitions.
    var markup: String {
        let rows = map { detail in
            "<dt>\(detail.label)</dt><dd>\(detail.blocks)</dd>\n"
        }
        return "<dl class=\"details\">\n\(rows.joined())</dl>\n"
    }

    /// `[["Evidence", 1, ["…"]]]`, with inert texts.
    var json: JSON {
        .array(
            map { detail in
                [
                    .string(detail.label), .integer(Int64(detail.kind.rawValue)),
                    .array(detail.values.map { .string($0.inertLines) }),
                ]
            })
    }
}

extension Detail.Kind {
    fileprivate func markup(_ value: String) -> String {
        switch self {
        case .text: "<p>\(Markup.line(value))</p>"
        case .code: "<p>\(Fragment.code(value))</p>"
        case .block:
            "<div class=\"block\"><pre>\(Markup.text(value))</pre>"
                + "<button type=\"button\" class=\"copy script-only\">Copy</button></div>"
        case .link:
            Detail.isLink(value)
                ? "<p><a href=\"\(Markup.line(value))\" rel=\"noreferrer noopener\">\(Markup.line(value))</a></p>"
                : "<p>\(Markup.line(value))</p>"
        }
    }
}
