extension DiagnosticReport {
    /// One object with everything: `{"diagnostics": [...], "errors": 1, "warnings": 0, "omitted": 0}`.
    public var json: JSON {
        [
            "diagnostics": .array(shown.map(\.json)), "errors": .integer(Int64(errors)),
            "warnings": .integer(Int64(warnings)), "omitted": .integer(Int64(omitted)),
        ]
    }
}

extension Diagnostic {
    /// Lines and columns count from 1, columns in code points; `endColumn` is the first one after the place. A diagnostic
    /// of a whole file has none of the four.
    public var json: JSON {
        var object: JSONObject = [
            "code": .string(code.inert), "severity": .string(severity.rawValue), "message": .string(message.inert),
            "file": .string(path.inert), "notes": [],
        ]
        object["help"] = help.map { .string($0.inert) }
        if let region = span?.region {
            object["line"] = .integer(Int64(region.line))
            object["column"] = .integer(Int64(region.column))
            object["endLine"] = .integer(Int64(region.line))
            object["endColumn"] = .integer(Int64(region.endColumn))
        }
        return .object(object)
    }
}
