internal import Documents

/// Takes a report piece by piece, and hands it on in blocks: a report of a hundred thousand findings never stands in
/// memory as a whole.
public final class ReportOutput {
    private var block: [UInt8] = []
    private let sink: ([UInt8]) -> Void
    private static let blockSize = 1 << 20
    /// How many findings one thread takes at once.
    static let pieceSize = 512

    /// - Parameter sink: gets the report's bytes, in order.
    public init(to sink: @escaping ([UInt8]) -> Void) { self.sink = sink }

    /// What `write` writes, as one text.
    static func text(_ write: (ReportOutput) -> Void) -> String { String(decoding: bytes(write), as: UTF8.self) }

    static func bytes(_ write: (ReportOutput) -> Void) -> [UInt8] {
        var all: [UInt8] = []
        withoutActuallyEscaping({ all += $0 }) { sink in
            let output = ReportOutput(to: sink)
            write(output)
            output.flush()
        }
        return all
    }

    func append(_ text: String) { append(text.utf8) }

    func append(_ bytes: some Collection<UInt8>) {
        block.append(contentsOf: bytes)
        if block.count >= Self.blockSize { flush() }
    }

    /// Hands on what is left: to be called once, at the end.
    public func flush() {
        guard !block.isEmpty else { return }
        sink(block)
        block.removeAll(keepingCapacity: true)
    }

    /// Appends a piece for each element, in order. Pieces are made on several threads.
    func append<Elements: RandomAccessCollection & Sendable>(
        each elements: Elements, _ piece: @Sendable (Elements.Element) -> String
    ) where Elements.Index == Int {
        append(parts: elements.startIndex..<elements.endIndex, of: Self.pieceSize) { part in
            var bytes: [UInt8] = []
            for index in part { bytes.append(contentsOf: piece(elements[index]).utf8) }
            return bytes
        }
    }

    /// Appends pieces for parts of a range, in order.
    func append(parts range: Range<Int>, of size: Int, _ piece: @Sendable (Range<Int>) -> [UInt8]) {
        var ready: [[UInt8]] = []
        // Enough for all threads, and few enough to hold.
        for round in range.parts(of: 8 * size) {
            ready = concurrentMap(round.parts(of: size), alongside: { ready.forEach(append) }, piece)
        }
        ready.forEach(append)
    }
}
