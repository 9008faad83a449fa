import Documents
import TestSupport
import Testing

@testable import Rules

@Suite struct AddressSetTests {
    private static func set(_ texts: [String]) throws -> AddressSet {
        try AddressSet(texts.map { try #require(AddressBlock($0), "\($0)") })
    }

    @Test(arguments: [
        (["0.0.0.0/0"], true), (["::/0"], true), (["0.0.0.0/1", "128.0.0.0/1"], true), (["::/1", "8000::/1"], true),
        (["128.0.0.0/1", "10.0.0.0/8", "0.0.0.0/1"], true), (["0.0.0.0/1", "8000::/1"], false), ([], false),
        (["0.0.0.0/1"], false), (["128.0.0.0/1"], false), (["2000::/3"], true), (["2000::/4", "3000::/4"], true),
        (["2000::/4"], false), (["10.0.0.0/8"], false),
        (["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"], true),
        (["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/3"], true),  // 224/3 is multicast and reserved
        (["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/4"], false),
        // What firewalls' manuals give as "everything but RFC 1918".
        (
            [
                "0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2",
                "128.0.0.0/3", "160.0.0.0/5", "168.0.0.0/6", "172.0.0.0/12", "172.32.0.0/11", "172.64.0.0/10",
                "172.128.0.0/9", "173.0.0.0/8", "174.0.0.0/7", "176.0.0.0/4", "192.0.0.0/9", "192.128.0.0/11",
                "192.160.0.0/13", "192.169.0.0/16", "192.170.0.0/15", "192.172.0.0/14", "192.176.0.0/12",
                "192.192.0.0/10", "193.0.0.0/8", "194.0.0.0/7", "196.0.0.0/6", "200.0.0.0/5", "208.0.0.0/4",
            ], true
        ),
    ])
    func coversWorld(texts: [String], expected: Bool) throws {
        #expect(try Self.set(texts).coversWorld == expected)
    }

    @Test(arguments: [
        (["0.0.0.0/0"], true), (["::/0"], true), (["1.0.0.0/8"], false), (["4.0.0.0/7"], true),
        (["1.0.0.0/8", "8.8.8.8"], true), (["1.0.0.0/8", "10.0.0.0/8"], false), (["1.0.0.0/9", "2.0.0.0/9"], false),
        (["1.0.0.0/9", "2.0.0.0/9", "3.0.0.0/32"], true), (["10.0.0.0/8", "11.0.0.0/8"], false),
        (["10.0.0.0/7"], false), (["8.0.0.0/6"], true), (["224.0.0.0/3"], false),
        (["240.0.0.0/4", "10.0.0.0/8", "127.0.0.0/8"], false), (["100.0.0.0/8"], false), (["192.0.0.0/8"], false),
        (["2600::/16"], false), (["2600::/15"], true), (["2600::/16", "2a00::1"], true),
        (["2600::/17", "2601::/17"], false),
        (["fc00::/7", "fe80::/10"], false), (["::/3"], false), (["4000::/2"], false),
        (["1.0.0.0/8", "2600::/16"], false),
        (["0.0.0.0/1"], true), ([], false),
    ])
    func isWorldwide(texts: [String], expected: Bool) throws {
        #expect(try Self.set(texts).isWorldwide == expected)
    }

    @Test(arguments: [
        ("10.1.0.0/16", ["10.0.0.0/8"], true, true), ("10.0.0.0/8", ["10.1.0.0/16"], false, true),
        ("10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/9"], true, true), ("10.0.0.0/8", ["10.0.0.0/9"], false, true),
        ("11.0.0.0/8", ["10.0.0.0/8"], false, false), ("::1", ["::/64"], true, true),
        ("::1", ["0.0.0.0/0"], false, false),
        ("0.0.0.1", ["::/0"], false, false), ("10.0.0.0/8", [], false, false),
        ("0.0.0.0/0", ["0.0.0.0/1", "128.0.0.0/1"], true, true), ("::/0", ["::/1", "8000::/1"], true, true),
        ("::/0", ["::/1", "c000::/2"], false, true), ("1.2.3.4", ["1.2.3.4"], true, true),
        ("1.2.3.4/31", ["1.2.3.5"], false, true),
    ])
    func within(block: String, texts: [String], isWithin: Bool, overlaps: Bool) throws {
        let block = try #require(AddressBlock(block))
        let set = try Self.set(texts)
        #expect(block.isWithin(set) == isWithin)
        #expect(block.overlaps(set) == overlaps)
    }

    @Test(arguments: [
        (#""10.0.0.0/8""#, ["10.0.0.0/8"]), (#"["10.0.0.0/8", "::1"]"#, ["10.0.0.0/8", "::1"]), ("[]", []),
    ])
    func readsJSON(text: String, blocks: [String]) throws {
        #expect(try AddressSet(json: JSON.parse(text)) == Self.set(blocks))
    }

    @Test(arguments: ["null", "1", "{}", #""10""#, #"["10.0.0.0/8", "x"]"#, #"["10.0.0.0/8", null]"#, #"[["::1"]]"#])
    func refusesJSON(text: String) throws {
        #expect(try AddressSet(json: JSON.parse(text)) == nil)
    }

    // MARK: Against sets of numbers

    /// Eight bits at the upper or the lower end of a family, so that the ends themselves are met.
    private struct Universe {
        var isIPv4: Bool
        var isAtTop: Bool

        static let all = [true, false].flatMap { isIPv4 in
            [true, false].map { Universe(isIPv4: isIPv4, isAtTop: $0) }
        }

        var base: UInt128 { isAtTop ? (isIPv4 ? 0xFFFF_FF00 : UInt128.max - 0xFF) : 0 }

        func block(_ generator: inout SeededGenerator) -> AddressBlock {
            let longest = isIPv4 ? 32 : 128
            let prefix = longest - Int.random(in: 0...6, using: &generator)
            return AddressBlock(
                base + UInt128(UInt8.random(in: .min ... .max, using: &generator)), prefix: prefix, isIPv4: isIPv4)
        }

        func numbers(_ block: AddressBlock) -> Set<Int> { Set(Int(block.first - base)...Int(block.last - base)) }

        func numbers(_ set: AddressSet) -> Set<Int> {
            Set(
                (0..<256).filter {
                    set.contains(AddressBlock(base + UInt128($0), prefix: isIPv4 ? 32 : 128, isIPv4: isIPv4))
                })
        }
    }

    @Test func countsAsSetsDo() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<600 {
            for universe in Universe.all {
                let blocks = (0..<3).map { _ in
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in universe.block(&generator) }
                }
                let sets = blocks.map { AddressSet($0) }
                let numbers = blocks.map { $0.reduce(into: Set<Int>()) { $0.formUnion(universe.numbers($1)) } }
                let result = sets[0].union(sets[1]).subtracting(sets[2])
                let expected = numbers[0].union(numbers[1]).subtracting(numbers[2])
                #expect(universe.numbers(result) == expected)
                #expect(result.isEmpty == expected.isEmpty)
                #expect(result.overlaps(sets[1]) == !expected.isDisjoint(with: numbers[1]))
                let block = universe.block(&generator)
                #expect(block.isWithin(result) == universe.numbers(block).isSubset(of: expected))
                #expect(block.overlaps(result) == !universe.numbers(block).isDisjoint(with: expected))
                // One set has one form, however it came about.
                let again = AddressSet(
                    expected.shuffled(using: &generator).map {
                        AddressBlock(
                            universe.base + UInt128($0), prefix: universe.isIPv4 ? 32 : 128, isIPv4: universe.isIPv4)
                    })
                #expect(again == result)
                let intervals = universe.isIPv4 ? result.v4 : result.v6
                let common = expected.intersection(numbers[0]).count
                for limit in [common - 1, common, common + 1] where limit >= 0 {
                    let own = universe.isIPv4 ? sets[0].v4 : sets[0].v6
                    #expect(intervals.sharesMore(than: UInt128(limit), with: own) == (common > limit))
                }
            }
        }
    }

    @Test func holdsWholeFamilies() throws {
        let all = try Self.set(["0.0.0.0/0", "::/0"])
        #expect(AddressSet().union(all) == all)
        #expect(all.subtracting(all).isEmpty)
        #expect(all.v6.sharesMore(than: .max, with: all.v6))
        #expect(!all.v4.sharesMore(than: 1 << 32, with: all.v4))
        let hole = try all.subtracting(Self.set(["::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0"]))
        #expect(try hole.union(Self.set(["::/127", "ffff::/16", "0.0.0.0/31"])) == all)
        #expect(!hole.contains(AddressBlock.everything[0]) && !hole.contains(AddressBlock.everything[1]))
    }
}
