import Documents
import Testing

@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func digests(text: String, expected: String) {
        #expect(SHA256.hexDigest(text.utf8) == expected)
    }

    /// RFC 4231, cases 2 and 6.
    @Test func authenticationCodes() {
        let short = SHA256.authenticationCode("what do ya want for nothing?".utf8, key: "Jefe".utf8)
        #expect(SHA256.hex(short) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = SHA256.authenticationCode(
            "Test Using Larger Than Block-Size Key - Hash Key First".utf8, key: [UInt8](repeating: 0xAA, count: 131))
        #expect(SHA256.hex(long) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(SHA256.authenticationCode([], key: []).count == 32)
    }
}
