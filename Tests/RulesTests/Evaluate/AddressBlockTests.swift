import Testing

@testable import Rules

@Suite struct AddressBlockTests {
    @Test(arguments: [
        "0.0.0.0/0", "10.0.0.0/8", "1.2.3.4", "255.255.255.255/32", "::/0", "::1", "1::", "fe80::1/64",
        "1:2:3:4:5:6:7:8",
        "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "2001:DB8::/32", "1:2:3:4:5:6:7::",
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
        "pl-123",
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
}
