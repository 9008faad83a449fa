import Documents
import TestSupport
import Testing

/// Random JSON values.
struct RandomJSON {
    var generator: SeededGenerator

    mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .integer(integer())
        case 3: .number(number())
        case 4, 5: .string(text())
        case 6: .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                JSONObject(
                    (0..<Int.random(in: 0...4, using: &generator)).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }

    mutating func integer() -> Int64 {
        let bits = Int64.random(in: .min ... .max, using: &generator)
        return bits >> Int64.random(in: 0...62, using: &generator)
    }

    mutating func number() -> Double {
        while true {
            let number = Double(bitPattern: generator.next())
            if number.isFinite { return number }
        }
    }

    mutating func text() -> String {
        let pieces = [
            "a", "b", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "日", "😀", "\u{2028}",
            "\u{FEFF}", " ",
        ]
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }
}

@Suite struct JSONTests {
    @Test(arguments: 0..<20)
    func roundTrips(seed: Int) throws {
        var random = RandomJSON(generator: SeededGenerator(seed: UInt64(seed)))
        for _ in 0..<100 {
            let value = random.value(depth: 4)
            let text = value.text()
            let read = try JSON.parse(text)
            #expect(read == value, "\(text)")
            #expect(read.bytes() == value.bytes())
            let indented = value.bytes(.indented)
            #expect(try JSON.parse(indented).bytes(.indented) == indented)
            #expect(indented.last == UInt8(ascii: "\n"))
            #expect(!text.utf8.contains(UInt8(ascii: "\n")))
        }
    }

    /// Whatever the order of members was, the text is one.
    @Test func canonicalTextDoesNotDependOnOrder() throws {
        var generator = SeededGenerator(seed: 1)
        let keys = ["b", "a", "", "é", "e\u{301}", "aa", "A", "\u{FF}", "😀", "\u{FFFD}", "z/~", "\""]
        var members = keys.enumerated().map { ($1, JSON.integer(Int64($0))) }
        let expected = JSON.object(JSONObject(members)).text()
        for _ in 0..<50 {
            members.shuffle(using: &generator)
            #expect(JSON.object(JSONObject(members)).text() == expected)
        }
        let object = try #require(JSON.parse(expected).object)
        #expect(object.count == keys.count)
        #expect(
            object.keys.map { Array($0.utf8) }
                == keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test(arguments: [
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9.223372036854775808e+18"), ("18446744073709551615", "1.8446744073709552e+19"),
        ("1.0", "1"), ("-0.0", "0"), ("1e2", "100"),
        ("0.1", "0.1"), ("1e300", "1e+300"), ("1e15", "1000000000000000.0"), ("9007199254740993", "9007199254740993"),
        (#""\u0041\/""#, #""A/""#),
        (#""\u0000\u001f\u007f""#, "\"\\u0000\\u001f\u{7F}\""), (#""\ud83d\ude00""#, "\"😀\""),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#), ("[ ]", "[]"), ("{ }", "{}"),
    ])
    func canonicalForm(text: String, expected: String) throws {
        let written = try JSON.parse(text).text()
        if text == "9223372036854775808" {
            #expect(try JSON.parse(written).number == 9_223_372_036_854_775_808); return
        }
        #expect(written == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\"}", "nul", "01", "+1", "1.", ".5", "'a'", "\"\\x\"", "\"\n\"", "\"\\ud800\"",
        "1 2", "[1]]", "NaN", "{a:1}", "1e400",
        "123456789012345678901234567890", "//x\n1", "\u{FEFF}\u{FEFF}1",
    ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    @Test func refusesInvalidUTF8() {
        #expect(throws: JSONError.self) { try JSON.parse([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSON.parse([0x22, 0xC3, 0x22]) }
        #expect(throws: JSONError.self) { try JSON.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func depth() throws {
        let nested = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        #expect(try JSON.parse(nested(JSON.maximumDepth - 1)).array != nil)
        #expect(throws: JSONError.self) { try JSON.parse(nested(JSON.maximumDepth + 1)) }
        #expect(throws: JSONError.self) { try JSON.parse(nested(1_000_000)) }
    }

    @Test func aParserIsUsedAgain() throws {
        let parser = try JSONParser()
        let first = try parser.parse(#"{"a": "long text, long text, long text"}"#.utf8)
        #expect(throws: JSONError.self) { try parser.parse("{".utf8) }
        let second = try parser.parse("[1]".utf8)
        #expect(first["a"]?.string == "long text, long text, long text")
        #expect(second == [1])
    }

    @Test func notFinite() throws {
        #expect(
            JSON.array([.number(.nan), .number(.infinity), .number(-.infinity)]).text()
                == #"["NaN","Infinity","-Infinity"]"#)
    }

    @Test func equalityIsByBytesAndByValue() {
        #expect(JSON.string("é") != JSON.string("e\u{301}"))
        #expect(JSON.integer(1) == JSON.number(1))
        #expect(JSON.integer(9_007_199_254_740_993) != JSON.number(9_007_199_254_740_992))
        #expect(JSON.integer(.max) != JSON.number(9_223_372_036_854_775_808))
        #expect(JSON.bool(true) != JSON.integer(1))
        #expect(JSON.null != JSON.object([:]))
    }

    @Test func indentedLayout() {
        let value: JSON = ["b": [1, []], "a": ["c": nil], "d": [:]]
        #expect(
            value.text(.indented)
                == "{\n  \"a\": {\n    \"c\": null\n  },\n  \"b\": [\n    1,\n    []\n  ],\n  \"d\": {}\n}\n")
    }

    @Test(arguments: [
        (["a", "0"], "a/0"), (["a/b", "~"], "a~1b/~0"), ([], ""), (["/\u{301}"], "~1\u{301}"), (["~1"], "~01"),
    ])
    func pointers(segments: [String], expected: String) {
        #expect(Array(JSONPointer.text(segments).utf8) == Array(expected.utf8))
    }
}
