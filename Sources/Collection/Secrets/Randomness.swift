internal import Glibc

/// Tells text that was drawn at random from names, paths and ids.
enum Randomness {
    /// Longer text is data, such as a file in base 64.
    private static let lengths = 20...256
    /// What people join words with.
    private static let joint = ByteClass("-_./:~")
    /// Beginnings of public keys, ciphertexts of KMS and digests, which look the same and are no secrets.
    private static let innocent = ["AAAA", "AQICAH", "AQECAH", "sha256", "sha384", "sha512", "MII"].map {
        Array($0.utf8)
    }

    /// Whether the text is one word in base 64 of which a part of 20 characters or more looks random.
    static func isLikely(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard lengths.contains(bytes.count), !innocent.contains(where: bytes.starts) else { return false }
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let body = bytes.dropLast(padding)
        guard padding <= 2, body.allSatisfy({ ByteClass.base64.contains($0) || $0 == UInt8(ascii: ".") }) else {
            return false
        }
        return body.split(whereSeparator: joint.contains).contains { $0.count >= 20 && isMixed($0) }
    }

    /// Whether the text has the size and the look of an AWS secret access key.
    static func isLikelySecretKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count == 40 && bytes.allAre(.standardBase64) && isMixed(bytes)
    }

    /// 16 bytes or more in hexadecimal, such as many services' keys; digests look the same.
    static func isLongHex(_ bytes: ArraySlice<UInt8>) -> Bool {
        (32...128).contains(bytes.count) && bytes.allAre(.hex) && bytes.contains(where: ByteClass.digit.contains)
    }

    /// Letters of both cases and digits that change all the time. In words they come in runs.
    private static func isMixed(_ bytes: ArraySlice<UInt8>) -> Bool {
        let classes: [ByteClass] = [.upper, .lower, .digit]
        guard classes.allSatisfy({ set in bytes.contains(where: set.contains) }) else { return false }
        var changes = 0
        var last: Int?
        for byte in bytes {
            guard let current = classes.firstIndex(where: { $0.contains(byte) }) else { continue }
            if let last, last != current { changes += 1 }
            last = current
        }
        return Double(changes) >= 0.4 * Double(bytes.count - 1) && entropy(bytes) >= 3.5
    }

    /// Shannon's entropy in bits a byte.
    static func entropy(_ bytes: ArraySlice<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }
}
