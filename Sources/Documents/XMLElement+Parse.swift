internal import CLibexpat

/// Why a text is not XML that Parapet reads.
public struct XMLError: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    public let line: Int
    public var description: String { "\(message) (line \(line))" }
}

extension XMLElement {
    /// How deeply elements may be nested.
    public static let maximumDepth = 256

    /// Parses one XML document. A document type declaration is refused: AWS sends none, and entities hide bombs there.
    public static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        guard let parser = XML_ParserCreate(nil) else { throw XMLError(message: "out of memory", line: 0) }
        defer { XML_ParserFree(parser) }
        let builder = XMLTreeBuilder(parser: parser)
        XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in XMLTreeBuilder.from(user)?.start(name, attributes) },
            { user, _ in XMLTreeBuilder.from(user)?.end() })
        XML_SetCharacterDataHandler(parser) { user, text, length in XMLTreeBuilder.from(user)?.text(text, Int(length)) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            XMLTreeBuilder.from(user)?.refuse("a document type declaration is not accepted")
        }
        let status = withExtendedLifetime(builder) {
            bytes.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) {
                    XML_Parse(parser, $0.baseAddress, Int32(clamping: $0.count), 1)
                }
            }
        }
        let line = Int(XML_GetCurrentLineNumber(parser))
        if let refusal = builder.refusal { throw XMLError(message: refusal, line: line) }
        guard status == XML_STATUS_OK, let root = builder.root else {
            let message = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
            throw XMLError(message: message ?? "not XML", line: line)
        }
        return root
    }
}

/// Collects expat's events into a tree. Expat calls it on the thread that parses, and only during the parse.
private final class XMLTreeBuilder {
    private let parser: XML_Parser
    private var open: [XMLElement] = []
    private(set) var root: XMLElement?
    private(set) var refusal: String?

    init(parser: XML_Parser) { self.parser = parser }

    static func from(_ user: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
        user.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func refuse(_ message: String) {
        refusal = message
        XML_StopParser(parser, XML_Bool(0))
    }

    func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard refusal == nil, let name else { return }
        guard open.count < XMLElement.maximumDepth else { return refuse("nested too deeply") }
        var element = XMLElement(name: Self.localName(name))
        var index = 0
        while let attributes, let key = attributes[index], let value = attributes[index + 1] {
            element.attributes.append((Self.localName(key), String(cString: value)))
            index += 2
        }
        open.append(element)
    }

    func end() {
        guard refusal == nil, let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    func text(_ text: UnsafePointer<CChar>?, _ length: Int) {
        guard refusal == nil, let text, !open.isEmpty else { return }
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }

    private static func localName(_ name: UnsafePointer<CChar>) -> String {
        let full = String(cString: name)
        guard let colon = full.lastIndex(of: ":") else { return full }
        return String(full[full.index(after: colon)...])
    }
}
