internal import Glibc

/// Names a run: in AWS's session names, in commits and in the journal.
enum RunIdentity {
    /// The workflow's run and attempt in GitHub Actions, else 12 random hexadecimal digits.
    static func current() -> String {
        if let run = getenv("GITHUB_RUN_ID"), let text = plain(run) {
            return text + "-" + (getenv("GITHUB_RUN_ATTEMPT").flatMap(plain) ?? "1")
        }
        let digits = Array("0123456789abcdef")
        return String((0..<12).map { _ in digits[Int.random(in: 0..<16)] })
    }

    private static func plain(_ value: UnsafeMutablePointer<CChar>) -> String? {
        let text = String(cString: value)
        return (1...24).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isNumber } ? text : nil
    }
}
