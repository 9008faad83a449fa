internal import Documents
internal import Resources

/// Reads records of a text as resources. Its parser's buffers serve one record after the other.
struct RecordReader: ~Copyable {
    private let parser: JSONParser

    init() throws(JSONError) { parser = try JSONParser() }

    /// Gives the resource to `body`; it is valid inside alone. Returns why the record is none, nil where it is one.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, isPadded: Bool, _ body: (ResourceView) -> Void) -> String? {
        do {
            return try parser.withTape(of: bytes, isPadded: isPadded) { root in
                if let hidden = root.member(named: "uncollected"), hidden.kind != .null {
                    return Self.readHiding(root, body)
                }
                guard let view = ResourceView(root) else { return Self.malformed }
                body(view)
                return nil
            }
        } catch {
            return "is not JSON: \(error.message)"
        }
    }

    private static let malformed =
        "is no resource: it needs `type`, `id`, `account`, `region` as text, and `config`"

    /// Where something could not be read, the resource is laid out anew, with these places hidden.
    private static func readHiding(_ root: TapeValue, _ body: (ResourceView) -> Void) -> String? {
        guard let resource = Resource(envelope: root.json) else { return malformed }
        var builder = TapeBuilder()
        let position = builder.add(resource)
        let tape = builder.finish()
        return withExtendedLifetime(tape) {
            guard let view = ResourceView(tape.value(at: position), hasHidden: !resource.uncollected.isEmpty) else {
                return malformed
            }
            body(view)
            return nil
        }
    }
}
