internal import Resources

/// A search for secrets in one text.
struct TextScan {
    /// A secret, and where it stands. The secret itself is for making a digest, and for nothing else.
    struct Finding {
        var kind: SecretKind
        /// Where it begins in the text; for what is packed, where the packed part begins.
        var place: Int
        /// Counted from 1.
        var line = 0
        var secret: ArraySlice<UInt8>
    }

    let bytes: [UInt8]
    /// Whether words are judged that have no name: text can hold any number of them, a value of a map is one.
    let judgesWords: Bool
    /// In the order of their lines.
    private(set) var found: [Finding] = []
    /// Whether all of the text could be read, the parts that are packed in it included.
    private(set) var isComplete = true
    /// Which bytes belong to something that is told already.
    private var isCovered: [Bool]
    /// Parts in base 64 are opened in the outermost text alone.
    private let opensParts: Bool
    /// Each line is a word of a command.
    private let isCommand: Bool

    init(_ bytes: [UInt8], judgesWords: Bool, opensParts: Bool = true, isCommand: Bool = false) {
        self.isCommand = isCommand
        self.bytes = bytes
        self.judgesWords = judgesWords
        self.opensParts = opensParts
        isCovered = [Bool](repeating: false, count: bytes.count)
    }

    mutating func run() {
        findKeys()
        findTokens()
        findReferences()
        findURLs()
        if opensParts { openParts() }
        if isCommand { findFlags(bytes.split(separator: 0x0A)) }
        var start = 0
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            findAssignments(bytes[start..<end])
            if judgesWords { findWords(bytes[start..<end]) }
            start = end + 1
        }
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        found = found.map { finding in
            var finding = finding
            finding.line = Self.line(of: finding.place, ends)
            return finding
        }
        found.sort { ($0.line, $0.kind.rawValue) < ($1.line, $1.kind.rawValue) }
    }

    /// The line of a byte: how many lines end before it, and one.
    private static func line(of index: Int, _ ends: [Int]) -> Int {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    // MARK: What is told already

    func isFree(_ range: Range<Int>) -> Bool { !isCovered[range].contains(true) }

    mutating func cover(_ range: Range<Int>) {
        for index in range { isCovered[index] = true }
    }

    mutating func note(_ kind: SecretKind, _ range: Range<Int>) {
        found.append(Finding(kind: kind, place: range.lowerBound, secret: bytes[range]))
        cover(range)
    }

    // MARK: What marks itself

    /// Keys and certificates between `-----BEGIN` and `-----END`. Of what is public nothing else is asked.
    private mutating func findKeys() {
        let begin = Array("-----BEGIN ".utf8)
        let dashes = Array("-----".utf8)
        var start = 0
        while let found = bytes[start...].firstRange(of: begin) {
            guard let label = bytes[found.upperBound...].prefix(64).firstRange(of: dashes) else {
                start = found.upperBound
                continue
            }
            let name = String(decoding: bytes[found.upperBound..<label.lowerBound], as: UTF8.self)
            // No key has five dashes in it.
            let body = bytes[label.upperBound...].prefix(Self.longestKey)
            let next = body.firstRange(of: dashes)?.lowerBound ?? body.endIndex
            let ending = "-----END \(name)-----".utf8
            let end = bytes[next...].starts(with: ending) ? next + ending.count : nil
            if name.contains("PRIVATE KEY") {
                // Without an end, all that follows may belong to it.
                note(.privateKey, found.lowerBound..<(end ?? next))
            } else if let end {
                cover(found.lowerBound..<end)
            }
            start = end ?? next
        }
    }

    private static let longestKey = 1 << 14

    private mutating func findTokens() {
        var index = 0
        while index < bytes.count {
            guard !isCovered[index], let shapes = TokenShape.byFirstByte[bytes[index]], beginsWord(index) else {
                index += 1
                continue
            }
            let text = bytes[...]
            for shape in shapes {
                guard let end = shape.end(in: text, at: index) else { continue }
                note(shape.kind, index..<end)
                index = end - 1
                break
            }
            index += 1
        }
    }

    /// Whether a word can begin here: behind an escape such as `\n` or `%3D` too.
    private func beginsWord(_ index: Int) -> Bool {
        guard index > 0, ByteClass.alphanumeric.contains(bytes[index - 1]) else { return true }
        if index > 1, bytes[index - 2] == UInt8(ascii: "\\") { return true }
        return index > 2 && bytes[index - 3] == UInt8(ascii: "%") && bytes[index - 2..<index].allAre(.hex)
    }

    /// Names of secrets that are kept elsewhere. Of other ARNs nothing is asked.
    private mutating func findReferences() {
        let resolve = Array("{{resolve:".utf8)
        var start = 0
        while let found = bytes[start...].firstRange(of: resolve) {
            let end =
                bytes[found.upperBound...].prefix(2048).firstRange(of: Array("}}".utf8))?.upperBound ?? found.upperBound
            if isFree(found.lowerBound..<end) {
                let rest = bytes[found.upperBound..<end]
                if rest.starts(with: "ssm".utf8) || rest.starts(with: "secretsmanager".utf8) {
                    note(.reference, found.lowerBound..<end)
                }
            }
            start = end
        }
        start = 0
        while let found = bytes[start...].firstRange(of: Array("arn:aws".utf8)) {
            let end = bytes[found.upperBound...].firstIndex(where: ByteClass.wordEnd.contains) ?? bytes.count
            let parts = bytes[found.lowerBound..<end].split(
                separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
            start = end
            guard parts.count == 6, isFree(found.lowerBound..<end) else { continue }
            let isParameter = parts[2].elementsEqual("ssm".utf8) && parts[5].starts(with: "parameter".utf8)
            if isParameter || parts[2].elementsEqual("secretsmanager".utf8) {
                note(.reference, found.lowerBound..<end)
            } else {
                cover(found.lowerBound..<end)
            }
        }
        for call in ["secretsmanager get-secret-value", "ssm get-parameter"] {
            start = 0
            while let found = bytes[start...].firstRange(of: Array(call.utf8)) {
                note(.reference, found)
                start = found.upperBound
            }
        }
    }

    // MARK: What looks random

    private mutating func findWords(_ line: ArraySlice<UInt8>) {
        for word in line.split(whereSeparator: { ByteClass.wordEnd.contains($0) || Self.wordEnd.contains($0) }) {
            let padding = line[word.endIndex...].prefix { $0 == UInt8(ascii: "=") }.count
            let range = word.startIndex..<word.endIndex + min(padding, 2)
            guard word.count >= 20, isFree(range) else { continue }
            if let kind = SecretDetector.kind(ofWord: bytes[range], under: nil) { note(kind, range) }
        }
    }

    /// Words without names end here too.
    private static let wordEnd = ByteClass("=:\\@#?*!$%^")

    // MARK: What is packed

    /// Takes over what a part holds that stands in base 64.
    mutating func take(_ part: TextScan, at range: Range<Int>) {
        found += part.found.map { Finding(kind: $0.kind, place: range.lowerBound, secret: $0.secret) }
        if !part.isComplete { isComplete = false }
        cover(range)
    }

    mutating func leaveUnread(_ range: Range<Int>) {
        isComplete = false
        cover(range)
    }
}
