extension AWSError {
    /// Takes out of a message of AWS what must not be shown.
    enum Redaction {
        static let longestMessage = 300

        /// Drops the lines in which AWS repeats signed headers, replaces `secrets` where they stand, and cuts the rest.
        static func clean(_ message: String, secrets: [String]) -> String {
            var text = message
            for secret in secrets where !secret.isEmpty { text = replace(secret, in: text) }
            let lines = text.split(whereSeparator: \.isNewline).filter { !isTelling($0) }
            text = lines.map {
                String($0.filter { !$0.isASCII || $0.asciiValue.map { $0 >= 0x20 && $0 != 0x7F } ?? true })
            }
            .joined(separator: " ")
            if let marker = firstMarker(in: text) { text = String(text[..<marker]) + "..." }
            return text.count > longestMessage ? String(text.prefix(longestMessage)) + "..." : text
        }

        /// A code of at most 100 letters, digits and a few signs: it stands in reports.
        static func code(_ code: String, secrets: [String] = []) -> String {
            let code = secrets.reduce(code) { $1.isEmpty ? $0 : replace($1, in: $0) }
            return String(
                code.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-:/".contains($0)) }.prefix(100))
        }

        /// AWS repeats canonical requests one header a line.
        private static func isTelling(_ line: Substring) -> Bool {
            let lower = line.lowercased()
            return lines.contains { lower.contains($0) }
        }

        private static let lines = [
            "authorization:", "authorization=", "x-amz-security-token", "aws4-hmac-sha256", "signature=", "signature:",
            "x-amz-signature", "x-amz-credential", "token=", "token:",
        ]

        /// Where a message starts to tell what was signed.
        private static func firstMarker(in text: String) -> String.Index? {
            let lower = text.lowercased()
            guard lower.utf8.count == text.utf8.count else { return nil }
            return ["the canonical string for this request", "the string-to-sign should have been"]
                .compactMap { range(of: $0, in: lower) }
                .min()
                .flatMap { text.utf8.index(text.startIndex, offsetBy: $0).samePosition(in: text) }
        }

        private static func range(of needle: String, in text: String) -> Int? {
            let (needle, text) = (Array(needle.utf8), Array(text.utf8))
            guard !needle.isEmpty, text.count >= needle.count else { return nil }
            return (0...(text.count - needle.count)).first { text[$0..<($0 + needle.count)].elementsEqual(needle) }
        }

        private static func replace(_ secret: String, in text: String) -> String {
            let (needle, bytes) = (Array(secret.utf8), Array(text.utf8))
            var result: [UInt8] = []
            var index = 0
            while index < bytes.count {
                if bytes[index] == needle[0], bytes[index...].starts(with: needle) {
                    result += Array("[redacted]".utf8)
                    index += needle.count
                } else {
                    result.append(bytes[index])
                    index += 1
                }
            }
            return String(decoding: result, as: UTF8.self)
        }
    }
}
