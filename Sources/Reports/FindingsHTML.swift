internal import Documents
public import Posture
internal import Rules

/// One tenant's findings as one file to read or print: no script, nothing from elsewhere. It is well-formed XML, too.
public enum FindingsHTML {
    static func write(_ posture: Posture, to output: ReportOutput) {
        let entries = posture.entries
        let title = Markup.line("Findings of \(posture.tenant)")
        // The policy allows the styles below, by their digest, and nothing else.
        let digest = Base64.encode(SHA256.digest(Array(styles.utf8)))
        let policy =
            "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
        var head = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(policy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <title>\(title)</title>
            <style>\(styles)</style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p>Account \(code(posture.account)), collected \(posture.collectedAt) in \
            \(Markup.line(posture.regions.joined(separator: ", "))): \(posture.resourceCount) resources, \
            score \(posture.score.value) of 100.</p>

            """
        if let framework = posture.onlyFramework {
            head +=
                "<p>Only what the framework \(code(framework)) asks for: numbers and score are of its rules.</p>\n"
        }
        output.append(head + summary(posture) + "</header>\n<main>\n")
        for severity in Severity.allCases {
            write(
                severity.rawValue.capitalizedASCII, "", entries,
                entries.indices.filter { entries.key($0).status == .open && entries.key($0).severity == severity },
                to: output)
        }
        if posture.findings.isEmpty { output.append("<p>No open findings.</p>\n") }
        if !posture.unknowns.isEmpty { output.append(unknowns(posture)) }
        write(
            "Unknown, one by one", "What could not be judged is neither passed nor failed.", entries,
            entries.indices.filter { entries.key($0).status == .unknown }, to: output)
        write(
            "Waived", "Failures that were accepted until a day. They count neither as failed nor as passed.", entries,
            entries.indices.filter { entries.key($0).status == .waived }, to: output)
        if !posture.disabled.isEmpty { output.append(disabled(posture.disabled)) }
        output.append("</main>\n</body>\n</html>\n")
    }

    private static func summary(_ posture: Posture) -> String {
        table(
            "Numbers", Severity.allCases.map(\.rawValue) + ["unknown", "waived"],
            [
                Severity.allCases.map { String(posture.count($0)) }
                    + [String(posture.unknownCount), String(posture.waived.count)]
            ])
    }

    private static func write(
        _ title: String, _ note: String, _ entries: ReportEntries, _ places: [Int], to output: ReportOutput
    ) {
        guard !places.isEmpty else { return }
        output.append("<section>\n<h2>\(title)</h2>\n" + (note.isEmpty ? "" : "<p>\(note)</p>\n"))
        output.append(each: places) { article(entries[$0]) }
        output.append("</section>\n")
    }

    private static func article(_ entry: ReportEntry) -> String {
        let resource = entry.resource
        var rows: [(String, String)] = [
            ("Resource", "\(Markup.line(resource.type)) \(code(resource.id)) in \(Markup.line(resource.region))"),
            ("ARN", resource.arn.isEmpty ? "" : code(resource.arn)),
            ("Owner", entry.owner.map { Markup.line($0) } ?? ""),
            ("Console", entry.console.map(anchor) ?? ""),
            ("Rule", code(entry.rule) + (entry.category.map { ", \(Markup.line($0))" } ?? "")),
            ("Controls", Markup.line(entry.controls.joined(separator: ", "))),
            ("Evidence", entry.evidence.map(evidence).joined(separator: "<br />")),
            ("Causes", entry.causes.map(code).joined(separator: "<br />")),
            ("Waiver", entry.waivedBy.map { Markup.line($0) } ?? ""),
            ("First seen", entry.firstSeen?.description ?? ""), ("Id", code(entry.id)),
            ("Remediation", entry.remediation.text.map { Markup.line($0) } ?? ""),
            ("Command line", entry.remediation.cli.map(block) ?? ""),
            ("Terraform", entry.remediation.terraform.map(block) ?? ""),
            ("References", entry.references.map(link).joined(separator: "<br />")),
        ]
        rows.removeAll { $0.1.isEmpty }
        return """
            <article id="f-\(Markup.line(entry.id))">
            <h3><span class="\(entry.severity.rawValue)">\(entry.severity.rawValue)</span> \(Markup.line(entry.title))</h3>
            <p>\(Markup.line(entry.message))</p>
            <dl>
            \(rows.map { "<dt>\($0)</dt><dd>\($1)</dd>\n" }.joined())</dl>
            </article>

            """
    }

    private static func evidence(_ evidence: Evidence) -> String {
        let place = "\(evidence.type) \(evidence.id)\(evidence.pointer.isEmpty ? "" : " \(evidence.pointer)")"
        return code(place) + " = " + code(evidence.value.isNull ? "absent" : evidence.value.text())
    }

    private static func unknowns(_ posture: Posture) -> String {
        "<section>\n<h2>Unknown, by cause</h2>\n"
            + table(
                "Causes", ["Cause", "Resources", "Rules"],
                posture.unknowns.map { group in
                    [
                        code(group.cause), String(group.resources.count),
                        group.rules.map(code).joined(separator: "<br />"),
                    ]
                }) + "</section>\n"
    }

    private static func disabled(_ rules: [DisabledRule]) -> String {
        "<section>\n<h2>Disabled rules</h2>\n"
            + table(
                "Disabled rules", ["Rule", "Until", "Reason", "File"],
                rules.map { [code($0.rule), $0.expires.date, Markup.line($0.reason), code($0.path)] }) + "</section>\n"
    }

    private static func table(_ caption: String, _ header: [String], _ rows: [[String]]) -> String {
        let head = header.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let body = rows.map { "<tr>\($0.map { "<td>\($0)</td>" }.joined())</tr>\n" }.joined()
        return
            "<table>\n<caption>\(caption)</caption>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }

    private static func code(_ text: String) -> String { "<code>\(Markup.line(text))</code>" }

    private static func block(_ text: String) -> String { "<pre>\(Markup.text(text))</pre>" }

    private static func link(_ reference: String) -> String {
        reference.isPlainLink ? anchor(reference) : Markup.line(reference)
    }

    private static func anchor(_ link: String) -> String {
        let text = Markup.line(link)
        return "<a href=\"\(text)\" rel=\"noreferrer noopener\">\(text)</a>"
    }

    private static let styles = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
        h1,h2,h3,p,td,dd,pre{overflow-wrap:anywhere;unicode-bidi:isolate}
        h2{border-bottom:2px solid #1a1a1a;margin-top:2.5rem}
        article{border:1px solid #bbb;border-radius:4px;padding:0 1rem 1rem;margin:1rem 0;break-inside:avoid}
        dl{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.2rem 1rem;margin:0}
        dt{font-weight:600}
        dd{margin:0}
        code,pre{font:13px/1.4 ui-monospace,monospace;background:#f3f3f3}
        code{padding:0 .2rem}
        pre{white-space:pre-wrap;margin:0;padding:.5rem}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;font-weight:600}
        th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}
        span{border:1px solid;border-radius:3px;padding:0 .4rem;font-size:.8em}
        .critical{color:#8b0000}
        .high{color:#a33b00}
        .medium{color:#6b5200}
        .low,.info{color:#1d4f7c}
        @media print{body{margin:0;max-width:none}a{color:inherit}article{border-color:#666}}
        """
}
