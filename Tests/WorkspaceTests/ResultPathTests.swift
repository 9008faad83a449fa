import Documents
import TestSupport
import Testing

@testable import Workspace

@Suite struct ResultPathTests {
    private static let alphabet = Array("aAbB0.-_=@~% /\\:*?\"<>|'\n\t\u{0}\u{E9}\u{301}e日")

    private static func ids(_ count: Int, seed: UInt64) -> Set<[UInt8]> {
        var random = SeededGenerator(seed: seed)
        var ids: Set<[UInt8]> = []
        while ids.count < count {
            let long = Int.random(in: 0..<8, using: &random) == 0
            let length = long ? Int.random(in: 100...400, using: &random) : Int.random(in: 1...12, using: &random)
            let text = String((0..<length).compactMap { _ in alphabet.randomElement(using: &random) })
            ids.insert(Array(text.utf8))
        }
        return ids
    }

    @Test(arguments: [
        ("logs", "logs"), ("a.b-c_d=e@f", "a.b-c_d=e@f"), (".git", "%2Egit"), (".", "%2E"), ("..", "%2E."),
        ("...", "%2E.."),
        ("a/b", "a%2Fb"), ("a%2Fb", "a%252Fb"), ("a b", "a%20b"), ("AWS::S3::Bucket", "AWS%3A%3AS3%3A%3ABucket"),
        ("caf\u{E9}", "caf%C3%A9"), ("", ""), ("git~1", "git%7E1"), ("a\\b", "a%5Cb"),
    ])
    func components(id: String, name: String) { #expect(ResultPath.component(id) == name) }

    @Test(arguments: [UInt64(1), 2, 3]) func componentsAreSafeAndDistinct(seed: UInt64) {
        let ids = Self.ids(2_000, seed: seed)
        var names: Set<[UInt8]> = []
        for id in ids {
            let name = ResultPath.component(String(decoding: id, as: UTF8.self))
            #expect(name.utf8.count <= ResultPath.longest && !name.hasPrefix(".") && name.lowercased() != ".git")
            #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_=@.-%~".contains($0)) }, "\(name)")
            names.insert(Array(name.utf8))
        }
        #expect(names.count == ids.count)
    }

    @Test func aNameThatLooksCutIsNotTakenForOne() {
        let long = String(repeating: "x", count: 300)
        let cut = ResultPath.component(long)
        #expect(cut.utf8.count == ResultPath.longest)
        #expect(ResultPath.component(cut) != cut)
        let dashed = String(repeating: "x", count: 115) + "-" + SHA256.hexDigest(Array(long.utf8))
        #expect(ResultPath.component(dashed) != cut)
        #expect(ResultPath.component(long + "y") != cut)
    }

    @Test(arguments: [
        ["Foo", "foo"], ["a", "A", "aA", "Aa", "b"], ["Foo", "foo", "FOO", "Foo=1cbec737f863", "foo=2c26b46b68ff"],
        ["x/Y", "X/y", "x%2FY"], ["caf\u{E9}", "cafe\u{301}", "CAF\u{C9}"],
        [String(repeating: "long", count: 100), String(repeating: "LONG", count: 100)],
    ])
    func twinsAreDistinctWhereCaseIsFolded(ids: [String]) {
        let names = ResultPath.components(ids)
        #expect(names.count == ids.count)
        #expect(Set(names.map { $0.lowercased() }).count == ids.count)
        let reversed = ResultPath.components(ids.reversed())
        #expect(names == reversed.reversed())
    }

    @Test func noIdTakesATwinsName() {
        let twins = ResultPath.components(["Foo", "foo"])
        for name in twins {
            let all = ResultPath.components(["Foo", "foo", name])
            #expect(Set(all).count == 3, "\(all)")
        }
        let old = ["Foo", "foo"].map { $0 + "=" + SHA256.hexDigest(Array($0.utf8)).prefix(12) }
        #expect(Set(ResultPath.components(["Foo", "foo"] + old)).count == 4)
    }

    @Test func whoIsNoTwinKeepsItsName() {
        #expect(ResultPath.components(["Foo", "bar", "foo"])[1] == "bar")
        #expect(ResultPath.components([]) == [])
    }
}
