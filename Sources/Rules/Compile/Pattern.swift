internal import CRe2

/// A regular expression. RE2 matches in linear time, so no expression can make a scan hang.
final class Pattern: @unchecked Sendable {
    /// Why a text is no regular expression.
    struct Fault: Error {
        var message: String
    }

    /// Automata beyond this are refused: an expression such as `(x{1000}){1000}` would fill the memory.
    private static let maximumMemory = 8 << 20

    // RE2 objects are safe to share: matching does not change what can be seen of them.
    private let handle: OpaquePointer

    init(_ text: String) throws(Fault) {
        var copy = text
        let handle = copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                parapet_re2_new($0.baseAddress, $0.count, Self.maximumMemory)
            }
        }
        guard let handle else { throw Fault(message: "out of memory") }
        if let message = parapet_re2_error(handle) {
            let fault = Fault(message: String(cString: message))
            parapet_re2_free(handle)
            throw fault
        }
        self.handle = handle
    }

    deinit { parapet_re2_free(handle) }

    /// Whether some part of the text matches.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.withMemoryRebound(to: CChar.self) { parapet_re2_matches(handle, $0.baseAddress, $0.count) }
    }
}
