extension DiagnosticReport {
    /// A SARIF 2.1.0 log with one run. Files are named relative to `SRCROOT`, the root of the repository.
    public func sarif(tool: String, version: String) -> JSON {
        let codes = Set(shown.map(\.code.inert)).sorted { $0.precedesByBytes($1) }
        var run: JSONObject = [
            "tool": [
                "driver": [
                    "name": .string(tool), "version": .string(version),
                    "rules": .array(codes.map { ["id": .string($0)] }),
                ]
            ],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": ["SRCROOT": ["description": ["text": "the root of the repository"]]],
            "results": .array(shown.map { $0.sarifResult(ruleIndex: codes.firstIndex(of: $0.code.inert) ?? -1) }),
        ]
        if let remainder {
            run["invocations"] = [
                [
                    "executionSuccessful": true,
                    "toolExecutionNotifications": [["level": "note", "message": ["text": .string(remainder)]]],
                ]
            ]
        }
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [.object(run)],
        ]
    }
}

extension Diagnostic {
    fileprivate func sarifResult(ruleIndex: Int) -> JSON {
        var place: JSONObject = ["artifactLocation": ["uri": .string(Self.uri(path)), "uriBaseId": "SRCROOT"]]
        if let region = span?.region {
            place["region"] = [
                "startLine": .integer(Int64(region.line)), "startColumn": .integer(Int64(region.column)),
                "endLine": .integer(Int64(region.line)), "endColumn": .integer(Int64(region.endColumn)),
            ]
        }
        return [
            "ruleId": .string(code.inert), "ruleIndex": .integer(Int64(ruleIndex)), "level": .string(severity.rawValue),
            "message": ["text": .string(message.inert + (help.map { "\nhelp: \($0.inert)" } ?? ""))],
            "locations": [["physicalLocation": .object(place)]],
        ]
    }

    /// A path as a relative reference: every byte but letters, digits, `-`, `.`, `_`, `~` and `/` percent-encoded.
    private static func uri(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
