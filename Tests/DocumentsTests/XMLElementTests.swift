import Documents
import TestSupport
import Testing

@Suite struct XMLElementTests {
    private func parse(_ text: String) throws(XMLError) -> XMLElement { try XMLElement.parse(Array(text.utf8)) }

    @Test func treesTextAndAttributes() throws {
        let root = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- comment --><R xmlns="http://s3/" xmlns:xsi="http://x/"><a xsi:type="Group" b='"2"'> x &lt;&amp;&#65;&#x1F600; </a>
            <xsi:b/><c><![CDATA[<raw> & ]]>tail</c><a>second</a></R>
            """)
        #expect(root.name == "R")
        #expect(root.children.map(\.name) == ["a", "b", "c", "a"])
        #expect(root.first("a")?.text == " x <&A😀 ")
        #expect(root.first("a")?.attributes.map(\.name) == ["type", "b"])
        #expect(root.first("a")?.attributes.map(\.value) == ["Group", "\"2\""])
        #expect(root.first("c")?.text == "<raw> & tail")
        #expect(root.first("b") == XMLElement(name: "b"))
        #expect(root.first("d") == nil)
    }

    @Test(arguments: [
        "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a b='1' b='2'/>", "<a>&undefined;</a>",
        "<a>&#0;</a>", "<a><</a>", "<a>\u{1}</a>",
        "<?xml version='1.0' encoding='x-none'?><a/>",
    ])
    func refuses(text: String) {
        #expect(throws: XMLError.self) { try parse(text) }
    }

    @Test func refusesInvalidUTF8() {
        #expect(throws: XMLError.self) { try XMLElement.parse(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
    }

    @Test func refusesEntityBombs() {
        let bomb = """
            <!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <x>&c;</x>
            """
        let time = ThreadTime()
        #expect { try parse(bomb) } throws: { "\($0)".hasPrefix("a document type declaration is not accepted") }
        #expect(throws: XMLError.self) { try parse(#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#) }
        #expect(time.passed < .seconds(1))
    }

    @Test func depth() throws {
        let nested = { (levels: Int) in
            String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
        }
        #expect(try parse(nested(XMLElement.maximumDepth)).name == "a")
        #expect(throws: XMLError.self) { try parse(nested(XMLElement.maximumDepth + 1)) }
        #expect { try parse(nested(200_000)) } throws: { "\($0)" == "nested too deeply (line 1)" }
    }

    @Test func faultsNameTheLine() {
        #expect { try parse("<a>\n<b>\n</a>") } throws: { ($0 as? XMLError)?.line == 3 }
    }

    @Test func textKeepsItsCharactersAcrossBuffers() throws {
        let text = String(repeating: "日本語é😀", count: 20_000)
        #expect(try parse("<a>\(text)</a>").text == text)
    }
}
