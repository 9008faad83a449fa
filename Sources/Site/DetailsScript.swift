internal import Documents
internal import Reports

/// The data behind a tenant's list of findings: a script, for pages in a folder cannot fetch. It calls one function with
/// one text, JSON, which is not read before somebody opens a finding.
///
///     {"rules": [[DETAIL…]…], "findings": {"ID": [INDEX, [DETAIL…]]…}}
struct DetailsScript {
    private let tenant: TenantPages

    init(_ tenant: TenantPages) { self.tenant = tenant }

    var file: SiteFile { SiteFile("\(tenant.folder)/details.js", "parapetDetails(\(Self.literal(json)));\n") }

    private var json: JSON {
        var rules: [JSON] = []
        var places: [String: Int] = [:]
        var findings: [(String, JSON)] = []
        for entry in tenant.entries {
            if places[entry.rule] == nil {
                places[entry.rule] = rules.count
                rules.append(Detail.shared(by: entry).json)
            }
            // The line shows the message, if it is not too long.
            let message = entry.message.cut(to: FindingRow.longest) == entry.message ? [] : [entry.message]
            let details = message.map { Detail("Message", .text, [$0]) } + Detail.details(of: entry)
            findings.append((entry.id, [.integer(Int64(places[entry.rule] ?? 0)), details.json]))
        }
        return ["rules": .array(rules), "findings": .object(JSONObject(findings))]
    }

    /// A document as a text of JavaScript. Nothing in it ends a string, a line or a script, wherever it comes to stand.
    static func literal(_ json: JSON) -> String {
        var output: [UInt8] = [UInt8(ascii: "\"")]
        for scalar in json.text().unicodeScalars {
            switch scalar {
            case "\"", "\\": output += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case "<", ">", "&", "'", "`", "\u{2028}", "\u{2029}", "\u{0}"..<" ", "\u{7F}"..<"\u{A0}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            default: output += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return String(decoding: output + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
