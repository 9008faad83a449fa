import Foundation
import TestSupport
import Testing

/// Feeds a reader with damaged texts for some seconds, the same ones on every run.
///
/// A crash ends the process: the text that did it then stands in the file that `place` names. `PARAPET_FUZZ_SECONDS`
/// says how long to go on.
struct Fuzzer {
    let name: String
    let corpus: [[UInt8]]
    /// What readers have special cases for.
    let words: [[UInt8]]
    private var generator: SeededGenerator

    static let seconds = ProcessInfo.processInfo.environment["PARAPET_FUZZ_SECONDS"].flatMap(Double.init) ?? 2
    /// No text may take longer, in seconds: texts are small, and tests run beside others.
    static let slowest = 5.0
    /// The process may not grow beyond this while a reader is fed, in kilobytes.
    static let largest = 1_500_000

    init(_ name: String, corpus: [[UInt8]], words: [String], seed: UInt64 = 1) {
        self.name = name
        self.corpus = corpus
        self.words = words.map { Array($0.utf8) } + [[0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0x00], [0xED, 0xA0, 0x80]]
        generator = SeededGenerator(seed: seed)
    }

    var place: URL { FileManager.default.temporaryDirectory.appending(path: "parapet-fuzz-\(name)-last") }

    /// Returns how many texts were read.
    mutating func run(_ read: ([UInt8]) -> Void) throws -> Int {
        defer { try? FileManager.default.removeItem(at: place) }
        let end = Date().addingTimeInterval(Self.seconds)
        var number = 0
        while Date() < end {
            let text = next()
            try Data(text).write(to: place)
            let start = Date()
            read(text)
            number += 1
            let took = Date().timeIntervalSince(start)
            guard took < Self.slowest else {
                Issue.record(
                    "text \(number) of \(text.count) bytes took \(took) s: \(String(decoding: text, as: UTF8.self).prefix(500))"
                )
                return number
            }
            if number % 256 == 0, let size = Self.residentKilobytes, size > Self.largest {
                Issue.record("after text \(number) the process has \(size) KB")
                return number
            }
        }
        return number
    }

    private static var residentKilobytes: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    }

    private mutating func next() -> [UInt8] {
        var text = corpus[Int.random(in: corpus.indices, using: &generator)]
        for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&text) }
        return Array(text.prefix(1 << 16))
    }

    private mutating func damage(_ text: inout [UInt8]) {
        let place = Int.random(in: 0...text.count, using: &generator)
        let other = Int.random(in: 0...text.count, using: &generator)
        let range = min(place, other)..<max(place, other)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: text.insert(contentsOf: words[Int.random(in: words.indices, using: &generator)], at: place)
        case 1: text.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &generator)
        case 3: text.removeSubrange(range.prefix(Int.random(in: 0...40, using: &generator)))
        case 4: text.insert(contentsOf: text[range.prefix(200)], at: other)
        case 5: text = Array(text[..<place])
        case 6:
            // A word many times over: deep nesting, long runs.
            let word = words[Int.random(in: words.indices, using: &generator)]
            let times = [10, 300, 5_000][Int.random(in: 0..<3, using: &generator)]
            text.insert(contentsOf: Array(repeating: word, count: times).joined(), at: place)
        case 7:
            let stranger = corpus[Int.random(in: corpus.indices, using: &generator)]
            text.replaceSubrange(range.prefix(300), with: stranger.prefix(Int.random(in: 0...300, using: &generator)))
        default: text.insert(contentsOf: String(Int64.random(in: .min ... .max, using: &generator)).utf8, at: place)
        }
    }
}
