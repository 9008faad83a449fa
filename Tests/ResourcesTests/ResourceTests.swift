import Documents
import Resources
import Testing

@Suite struct ResourceTests {
    static let sample = Resource(
        type: "T", id: "i", arn: "arn:x", account: "012345678901", region: "eu-west-1", tags: ["b": "2", "a": ""],
        config: ["x": [1, nil], "y": ["z": "é"]], uncollected: ["Policy": "AccessDenied", "a~1b/0": "Throttling"])

    @Test func envelopeRoundTrip() throws {
        let envelope = Self.sample.envelope
        #expect(Resource(envelope: envelope) == Self.sample)
        #expect(try Resource(envelope: JSON.parse(envelope.bytes())) == Self.sample)
        #expect(Self.sample.uid == "012345678901/eu-west-1/T/i")
        var plain = Self.sample
        plain.uncollected = [:]
        #expect(plain.envelope["uncollected"] == nil)
        #expect(Resource(envelope: plain.envelope) == plain)
    }

    @Test(arguments: ["type", "id", "account", "region", "config"])
    func membersThatMustStand(member: String) {
        var object = Self.sample.envelope.object ?? [:]
        object[member] = nil
        #expect(Resource(envelope: .object(object)) == nil)
    }

    /// A note of what could not be read that is itself unreadable must not pass as "all was read".
    @Test(
        arguments: [
            ("type", JSON.integer(1)), ("arn", 1), ("tags", []), ("tags", ["a": 1]), ("uncollected", ["Policy"]),
            ("uncollected", ["Policy": nil]),
            ("account", 12_345_678_901),
        ] as [(String, JSON)])
    func membersOfWrongTypes(member: String, value: JSON) {
        var object = Self.sample.envelope.object ?? [:]
        object[member] = value
        #expect(Resource(envelope: .object(object)) == nil)
    }

    @Test func noEnvelopes() {
        for value: JSON in [nil, [], "x", [:]] { #expect(Resource(envelope: value) == nil) }
    }
}
