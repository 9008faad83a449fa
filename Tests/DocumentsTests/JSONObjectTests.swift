import Documents
import TestSupport
import Testing

/// A dictionary over the keys' bytes is the model.
@Suite struct JSONObjectTests {
    @Test(arguments: 0..<10)
    func behavesAsADictionary(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let keys = ["", "a", "b", "aa", "ab", "é", "e\u{301}", "\u{FF}", "😀", "A"]
        var object = JSONObject()
        var model: [[UInt8]: JSON] = [:]
        for step in 0..<500 {
            let key = keys.randomElement(using: &generator) ?? ""
            let value: JSON? = Bool.random(using: &generator) ? .integer(Int64(step)) : nil
            object[key] = value
            model[Array(key.utf8)] = value
            #expect(object.count == model.count)
            #expect(object.isEmpty == model.isEmpty)
            for key in keys { #expect(object[key] == model[Array(key.utf8)]) }
            #expect(object.keys.map { Array($0.utf8) } == model.keys.sorted { $0.lexicographicallyPrecedes($1) })
        }
    }

    @Test(arguments: 0..<50)
    func takesMembersInAnyOrder(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let members = (0..<Int.random(in: 0...20, using: &generator)).map { index in
            (String(Int.random(in: 0...9, using: &generator)), JSON.integer(Int64(index)))
        }
        var expected = JSONObject()
        for (key, value) in members { expected[key] = value }
        #expect(JSONObject(members) == expected)
    }

    /// Members in the worst order cost no more than sorting them.
    @Test func manyMembersInReverse() {
        let members = (0..<200_000).reversed().map { (String($0), JSON.null) }
        let time = ThreadTime()
        #expect(JSONObject(members).count == 200_000)
        #expect(time.passed < .seconds(8))
    }

    @Test func isACollection() {
        let object: JSONObject = ["b": 2, "a": 1]
        #expect(object.map(\.key) == ["a", "b"])
        #expect(object[1].value == 2)
        #expect(object.last?.key == "b")
    }
}
