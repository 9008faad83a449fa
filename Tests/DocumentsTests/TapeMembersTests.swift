import Documents
import Testing

@Suite struct TapeMembersTests {
    private static let names: [StaticString] = ["a", "b", "c", "d", "none"]

    /// Asked for in every order, members are what a search from the start finds.
    @Test(arguments: [
        #"{"a": 1, "b": [1, {"c": 2}], "c": "x", "d": {"a": 3}}"#, #"{"d": null, "a": "y"}"#, "{}", "[1, 2]", #""a""#,
    ])
    func foundInAnyOrder(text: String) throws {
        let document = try HeldJSON(Array(text.utf8))
        document.read { root in
            for first in Self.names {
                for second in Self.names {
                    for third in Self.names {
                        var members = TapeMembers(root)
                        for name in [first, second, third] {
                            let (found, expected) = (members.value(name), root.member(name))
                            #expect((found == nil) == (expected == nil), "\(first), \(second), \(third)")
                            #expect(Self.isEqual(found, expected))
                        }
                    }
                }
            }
        }
    }

    private static func isEqual(_ left: TapeValue?, _ right: TapeValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.equals(right)
    }

    @Test func onlyTextIsText() throws {
        let document = try HeldJSON(Array(#"{"a": 1, "b": "ü", "c": null}"#.utf8))
        document.read { root in
            var members = TapeMembers(root)
            #expect(members.string("b") == "ü")
            #expect(members.string("a") == nil && members.string("c") == nil && members.string("d") == nil)
        }
    }
}
