internal import Documents
internal import Glibc

/// Resources as text: one JSON object each, in memory or in a file that is mapped into it.
public final class SnapshotText: @unchecked Sendable {
    // Read only after it is made.
    private let base: UnsafePointer<UInt8>
    /// Bytes of the text.
    public let count: Int
    /// Bytes that may be read from the text's start.
    private let readable: Int
    private let release: () -> Void
    /// Where the records stand, sorted; nil where each line is one.
    private let ranges: [Range<Int>]?

    private init(
        _ base: UnsafePointer<UInt8>, count: Int, readable: Int, ranges: [Range<Int>]?, release: @escaping () -> Void
    ) {
        self.base = base
        self.count = count
        self.readable = readable
        self.ranges = ranges
        self.release = release
    }

    deinit { release() }

    /// Texts of one resource each.
    public convenience init(records: [[UInt8]]) {
        let total = records.reduce(0) { $0 + $1.count }
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: total + JSONParser.padding)
        memory.initialize(repeating: 0, count: total + JSONParser.padding)
        var ranges: [Range<Int>] = []
        var start = 0
        for record in records {
            (memory + start).update(from: record, count: record.count)
            ranges.append(start..<start + record.count)
            start += record.count
        }
        self.init(
            memory, count: total, readable: total + JSONParser.padding, ranges: ranges,
            release: { memory.deallocate() })
    }

    /// A file with one resource a line, or with one JSON array of resources. Throws the system's error number.
    public convenience init(file path: String) throws(SnapshotTextError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SnapshotTextError(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SnapshotTextError(errno) }
        let count = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG else { throw SnapshotTextError(EISDIR) }
        guard count > 0 else {
            self.init(records: [])
            return
        }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw SnapshotTextError(errno)
        }
        madvise(address, count, MADV_SEQUENTIAL)
        let page = sysconf(Int32(_SC_PAGESIZE))
        let bytes = UnsafePointer(address.assumingMemoryBound(to: UInt8.self))
        let first = (0..<count).first { !Self.isSpace(bytes[$0]) }
        let isArray = first.map { bytes[$0] == UInt8(ascii: "[") } ?? false
        self.init(
            bytes, count: count, readable: (count + page - 1) / page * page,
            ranges: isArray ? Self.elements(UnsafeBufferPointer(start: bytes, count: count)) : nil,
            release: { munmap(address, count) })
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// Where the elements of a top-level array stand. Whether they are JSON is for the parser to say.
    private static func elements(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var depth = 0
        var start = 0
        var isInString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isInString {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    depth += 1
                    if depth == 1 { start = index + 1 }
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    depth -= 1
                    if depth == 0 { ranges.append(start..<index) }
                case UInt8(ascii: ",") where depth == 1:
                    ranges.append(start..<index)
                    start = index + 1
                default: break
                }
            }
            index += 1
        }
        if depth > 0 { ranges.append(start..<bytes.count) }
        return ranges.filter { range in !range.allSatisfy { isSpace(bytes[$0]) } }
    }
}

extension SnapshotText {
    /// A stretch of the text that starts and ends between records.
    public struct Chunk: Sendable {
        /// Bytes; for texts with ranges, indexes of ranges.
        var range: Range<Int>
    }

    /// The text in about `number` chunks of one size.
    public func chunks(_ number: Int) -> [Chunk] {
        let total = ranges?.count ?? count
        var chunks: [Chunk] = []
        var start = 0
        for index in 1...max(1, number) {
            var end = total * index / max(1, number)
            if ranges == nil, end < total { end = endOfLine(from: max(start, end)) + 1 }
            end = min(max(end, start), total)
            if end > start { chunks.append(Chunk(range: start..<end)) }
            start = end
        }
        return chunks
    }

    /// Calls `body` with each record of a chunk, empty lines left out: where it starts, and its bytes.
    public func forEachRecord(in chunk: Chunk, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
        if let ranges {
            for index in chunk.range { body(ranges[index].lowerBound, bytes(ranges[index])) }
            return
        }
        var start = chunk.range.lowerBound
        while start < chunk.range.upperBound {
            let end = endOfLine(from: start)
            let line = bytes(start..<end)
            if let first = line.first, !Self.isSpace(first) || !line.allSatisfy(Self.isSpace) { body(start, line) }
            start = end + 1
        }
    }

    /// The record that starts at a place that `forEachRecord` gave.
    public func record(at start: Int) -> UnsafeBufferPointer<UInt8> {
        guard let ranges else { return bytes(start..<endOfLine(from: start)) }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < start { low = middle + 1 } else { high = middle }
        }
        return bytes(ranges[low])
    }

    /// The first record.
    public var first: UnsafeBufferPointer<UInt8>? {
        for chunk in chunks(1) {
            guard ranges == nil else { return bytes((ranges ?? [])[chunk.range.lowerBound]) }
            var start = chunk.range.lowerBound
            while start < chunk.range.upperBound {
                let line = bytes(start..<endOfLine(from: start))
                if !line.allSatisfy(Self.isSpace) { return line }
                start += line.count + 1
            }
        }
        return nil
    }

    /// Whether the parser may read beyond a record.
    public func isPadded(_ record: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = record.baseAddress else { return false }
        return (start - base) + record.count + JSONParser.padding <= readable
    }

    /// The line in which a record starts, from 1.
    public func line(of start: Int) -> Int {
        1 + UnsafeBufferPointer(start: base, count: min(start, count)).count { $0 == 0x0A }
    }

    private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    private func endOfLine(from start: Int) -> Int {
        guard start < count, let found = memchr(base + start, 0x0A, count - start) else { return count }
        return found - UnsafeMutableRawPointer(mutating: base)
    }
}

/// Why a file of resources cannot be read.
public struct SnapshotTextError: Error, CustomStringConvertible {
    public let description: String
    /// Whether the path is a folder's.
    public let isFolder: Bool

    init(_ number: Int32) {
        description = String(cString: strerror(number))
        isFolder = number == EISDIR
    }
}
