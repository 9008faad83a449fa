import TestSupport
import Testing

@testable import Rules

@Suite struct AddressBlockTests {
    @Test(arguments: [
        "0.0.0.0/0", "10.0.0.0/8", "1.2.3.4", "255.255.255.255/32", "::/0", "::1", "1::", "fe80::1/64",
        "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "2001:DB8::/32", "1:2:3:4:5:6:7::", "::",
        "::2:3:4:5:6:7:8", "0001:0002::", "::1.2.3.4/128", "0.0.0.0", "10.1.2.3/8",
    ])
    func accepts(text: String) {
        #expect(AddressBlock(text) != nil)
    }

    @Test(arguments: [
        "", "/", "/8", "1.2.3", "1.2.3.4.5", "256.0.0.0", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/+8",
        "1.2.3.4/8/8",
        "1..3.4", "a.b.c.d", "٣.0.0.0", "1.2.3.4/٨", ":::", "1::2::3", "::/129", "12345::", "+1::", "-1::", "g::", ":1",
        "1:",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "fe80::1%eth0", "1.2.3.4::", " 1.2.3.4", "1.2.3.4 ", "0x1.2.3.4",
        "pl-123", "010.0.0.1", "1.2.3.04", "00.0.0.0", "1.2.3.4/08", "1.2.3.4/00", "1.2.3.4/032", "1.2.3.4/ 8",
        "1.2.3.4 /8", "1.2.3.4/8 ", "1.2.3.4/8\n", "1.2.3.4\0", "1.2.3.4\u{301}", "1.2.3.0004", "1.2.3.", ".1.2.3",
        "1,2,3,4", "1.2.3.4/", "1.2.3.4/1000", "::/", "::/0128", ":", "1", "::1:", ":1::", "1:::2", "1::2::", "::1::",
        "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5", "1.2.3.4::5", "::1.2.3.256", "::01.2.3.4", "1:2:3:4:5:6:7",
        "::2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "[::1]", "::1/64%1", "::ffff:١.2.3.4", "fe80::00001", "::/-0",
        "1.2.3.4/8.0", "/0", "::g", "0.0.0.0\u{2f}\u{0}0",
    ])
    func refuses(text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false), ("10.0.0.0/9", "10.0.0.0/8", false),
        ("10.0.0.0/8", "10.0.0.0/8", true), ("2001:db8::/33", "2001:db8:8000::", false),
        ("2001:db8::/33", "2001:db8:7fff::", true),
    ])
    func contains(outer: String, inner: String, expected: Bool) throws {
        #expect(try #require(AddressBlock(outer)).contains(#require(AddressBlock(inner))) == expected)
    }

    /// Against arithmetic on whole numbers.
    @Test func containsAsNumbersDo() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let base = UInt32.random(in: .min ... .max, using: &generator)
            let prefix = Int.random(in: 0...32, using: &generator)
            let near = base ^ (UInt32(1) << UInt32.random(in: 0...31, using: &generator))
            let text = { (value: UInt32) in "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)" }
            let block = try #require(AddressBlock("\(text(base))/\(prefix)"))
            let mask = prefix == 0 ? 0 : UInt32.max << UInt32(32 - prefix)
            #expect(try block.contains(#require(AddressBlock(text(near)))) == (base & mask == near & mask))
        }
    }

    @Test(arguments: [
        ("10.0.0.0/8", true), ("172.16.0.0/12", true), ("172.32.0.0/12", false), ("192.168.1.1", true),
        ("100.64.0.0/10", true),
        ("127.0.0.1", true), ("169.254.169.254", true), ("8.8.8.8", false), ("0.0.0.0/0", false), ("fc00::/7", true),
        ("fd00::1", true),
        ("fe80::1", true), ("::1", true), ("2001::", false), ("::/0", false), ("10.0.0.0/7", false),
    ])
    func isPrivate(text: String, expected: Bool) throws {
        #expect(try #require(AddressBlock(text)).isPrivate == expected)
    }

    @Test(arguments: [
        ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3"), ("10.1.2.3/32", "10.1.2.3"), ("1.2.3.4/0", "0.0.0.0/0"),
        ("255.255.255.255/1", "128.0.0.0/1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("ffff::1/0", "::/0"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("::ffff:1.2.3.4", "::ffff:102:304"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::", "::"), ("1::", "1::"),
        ("fe80::1:2/64", "fe80::/64"), ("2001:db8:ffff::/33", "2001:db8:8000::/33"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
    ])
    func reads(text: String, canonical: String) throws {
        let block = try #require(AddressBlock(text))
        #expect(block.description == canonical)
        #expect(AddressBlock(canonical) == block)
    }

    /// Whatever stands behind the buffer is not read.
    @Test func readsBuffers() throws {
        let bytes = Array("10.0.0.0/88".utf8)
        bytes.withUnsafeBufferPointer { buffer in
            #expect(AddressBlock(utf8: UnsafeBufferPointer(rebasing: buffer[..<10])) == AddressBlock("10.0.0.0/8"))
            #expect(AddressBlock(utf8: buffer) == nil)
            #expect(AddressBlock(utf8: UnsafeBufferPointer(rebasing: buffer[..<8])) == AddressBlock("10.0.0.0"))
            #expect(AddressBlock(utf8: UnsafeBufferPointer(rebasing: buffer[..<0])) == nil)
        }
    }

    /// The description, written by other rules than those that read, comes back.
    @Test func readsWhatItWrites() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let isIPv4 = Bool.random(using: &generator)
            let prefix = Int.random(in: 0...(isIPv4 ? 32 : 128), using: &generator)
            var address = UInt128(UInt64.random(in: .min ... .max, using: &generator)) << 64
            address |= UInt128(UInt64.random(in: .min ... .max, using: &generator))
            // Many groups of zeros.
            for group in 0..<8 where Bool.random(using: &generator) { address &= ~(0xFFFF << (16 * group)) }
            let block = AddressBlock(isIPv4 ? address & 0xFFFF_FFFF : address, prefix: prefix, isIPv4: isIPv4)
            #expect(AddressBlock(block.description) == block, "\(block)")
            #expect(block.isIPv4 == isIPv4)
            #expect(block.prefix == prefix)
        }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.0.0/16", true), ("10.1.0.0/16", "10.0.0.0/8", true), ("10.0.0.0/9", "10.128.0.0/9", false),
        ("0.0.0.0/0", "::/0", false), ("0.0.0.1", "::1", false), ("::1", "::1", true), ("::/1", "8000::/1", false),
        ("255.255.255.255", "128.0.0.0/1", true),
    ])
    func overlaps(left: String, right: String, expected: Bool) throws {
        #expect(try #require(AddressBlock(left)).overlaps(#require(AddressBlock(right))) == expected)
    }

    /// Each range of the tables, its first and last address, and the neighbours that are not of it.
    @Test(arguments: [
        ("10.0.0.0/8", true), ("172.16.0.0/12", true), ("192.168.0.0/16", true), ("100.64.0.0/10", true),
        ("127.0.0.0/8", true), ("169.254.0.0/16", true), ("fc00::/7", true), ("::1", true), ("fe80::/10", true),
        ("0.0.0.0/8", false), ("192.0.0.0/24", false), ("192.0.2.0/24", false), ("198.51.100.0/24", false),
        ("203.0.113.0/24", false), ("198.18.0.0/15", false), ("224.0.0.0/4", false), ("240.0.0.0/4", false),
        ("255.255.255.255", false), ("2001:db8::/32", false), ("3fff::/20", false), ("2001:2::/48", false),
        ("2001:10::/28", false), ("ff00::/8", false), ("::", false), ("::ffff:0:0/96", false), ("64:ff9b::/96", false),
        ("::ffff:8.8.8.8", false), ("::ffff:10.0.0.1", false), ("4000::/2", false), ("5f00::/16", false),
    ])
    func isNotPublic(text: String, isPrivate: Bool) throws {
        let block = try #require(AddressBlock(text))
        let longest = block.isIPv4 ? 32 : 128
        for address in [block.first, block.last] {
            let one = AddressBlock(address, prefix: longest, isIPv4: block.isIPv4)
            #expect(!one.isPublic)
            #expect(one.isPrivate == isPrivate)
        }
        #expect(!block.isPublic)
        #expect(block.isPrivate == isPrivate)
    }

    @Test(arguments: [
        "0.0.0.0/0", "::/0", "8.8.8.8", "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
        "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "10.0.0.0/7", "192.88.99.0/24", "2000::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::", "2600:1f00::/24", "3ffe:ffff::", "3fff:1000::",
        "2002::/16",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001::/16", "192.0.0.0/8",
    ])
    func isPublic(text: String) throws {
        let block = try #require(AddressBlock(text))
        #expect(block.isPublic)
        #expect(!block.isPrivate)
    }

    @Test(arguments: [("0.0.0.0/0", true), ("::/0", true), ("0.0.0.0/1", false), ("::/1", false), ("0.0.0.0", false)])
    func isWorld(text: String, expected: Bool) throws {
        #expect(try #require(AddressBlock(text)).isWorld == expected)
    }
}
