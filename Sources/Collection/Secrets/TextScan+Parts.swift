internal import Documents

extension TextScan {
    /// Texts of more bytes are not scanned.
    static let limit = 1 << 20

    /// Looks into parts of the text that are text in base 64: files of cloud-init, parts of MIME messages.
    mutating func openParts() {
        var start = 0
        while start < bytes.count {
            guard ByteClass.paddedBase64.contains(bytes[start]) else {
                start += 1
                continue
            }
            let end = self.end(ofPartAt: start)
            if end - start >= 24, isFree(start..<end) { open(start..<end) }
            start = end
        }
    }

    /// Where a word in base 64 ends. Lines that are full go on in the next one.
    private func end(ofPartAt start: Int) -> Int {
        var index = start
        var lineStart = start
        while index < bytes.count {
            if ByteClass.paddedBase64.contains(bytes[index]) {
                index += 1
                continue
            }
            guard index - lineStart >= 60, ByteClass("\r\n").contains(bytes[index]) else { return index }
            let next = bytes[index...].firstIndex { !ByteClass("\r\n").contains($0) } ?? bytes.count
            let line = bytes[next...].prefix(while: ByteClass.paddedBase64.contains)
            let isLine = line.endIndex == bytes.count || ByteClass("\r\n").contains(bytes[line.endIndex])
            guard !line.isEmpty, isLine else { return index }
            index = next
            lineStart = next
        }
        return index
    }

    private mutating func open(_ range: Range<Int>) {
        guard let content = Base64.decode(String(decoding: bytes[range], as: UTF8.self)) else { return }
        switch PackedText(content, limit: Self.limit) {
        case .text(let text):
            var part = TextScan(text, judgesWords: true, opensParts: false)
            part.run()
            take(part, at: range)
        case .unreadable(.compressed): leaveUnread(range)
        case .unreadable: break
        }
    }
}
