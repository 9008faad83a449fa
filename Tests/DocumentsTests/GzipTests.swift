import Documents
import Testing

@Suite struct GzipTests {
    /// `printf 'hello ' | gzip -n; printf world | gzip -n`: two members.
    private static let members: [[UInt8]] = [
        [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0x00, 0x00,
            0xF6, 0xF9, 0x81, 0xED, 0x06, 0x00, 0x00, 0x00,
        ],
        [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xCF, 0x2F, 0xCA, 0x49, 0x01, 0x00, 0x43,
            0x11, 0x77, 0x3A, 0x05, 0x00, 0x00, 0x00,
        ],
    ]

    @Test func unpacksAllMembers() throws {
        let file = Self.members.flatMap(\.self)
        #expect(String(decoding: try Gzip.unpacked(file, limit: 11), as: UTF8.self) == "hello world")
        #expect(throws: Gzip.Failure.tooLarge) { try Gzip.unpacked(file, limit: 10) }
    }

    @Test func whatIsDamagedIsNoFile() {
        let file = Self.members.flatMap(\.self)
        for count in file.indices where count != Self.members[0].count {
            #expect(throws: Gzip.Failure.malformed) { try Gzip.unpacked(Array(file[..<count]), limit: 100) }
        }
        var changed = file
        changed[12] ^= 0xFF
        #expect(throws: Gzip.Failure.malformed) { try Gzip.unpacked(changed, limit: 100) }
        #expect(throws: Gzip.Failure.malformed) { try Gzip.unpacked(Array("plain".utf8), limit: 100) }
        #expect(throws: Gzip.Failure.malformed) { try Gzip.unpacked(file + [1], limit: 100) }
    }
}
