internal import CZlib

/// Unpacks gzip files over zlib.
public enum Gzip {
    public enum Failure: String, Error, Sendable {
        /// Not gzip, damaged, or cut off.
        case malformed
        /// More comes out of it than allowed.
        case tooLarge
    }

    /// Whether the bytes start like a gzip file.
    public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// What was packed: all members of the file. At most `limit` bytes come out.
    public static func unpacked(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        guard isGzip(bytes) else { throw .malformed }
        let result: Result<[UInt8], Failure> = bytes.withUnsafeBufferPointer { input in inflate(input, limit) }
        return try result.get()
    }

    private static func inflate(_ input: UnsafeBufferPointer<UInt8>, _ limit: Int) -> Result<[UInt8], Failure> {
        var stream = z_stream()
        // 16 beyond the largest window: gzip alone, no zlib header.
        guard inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return .failure(.malformed)
        }
        defer { inflateEnd(&stream) }
        // zlib takes a pointer to mutable bytes, and does not write to them.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        var left = input.count
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if stream.avail_in == 0 {
                stream.avail_in = UInt32(clamping: left)
                left -= Int(stream.avail_in)
            }
            let (status, count) = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                return (status, buffer.count - Int(stream.avail_out))
            }
            guard output.count + count <= limit else { return .failure(.tooLarge) }
            output += chunk[..<count]
            switch status {
            case Z_OK: continue
            case Z_STREAM_END:
                if left == 0, stream.avail_in == 0 { return .success(output) }
                guard inflateReset(&stream) == Z_OK else { return .failure(.malformed) }
            default: return .failure(.malformed)
            }
        }
    }
}
