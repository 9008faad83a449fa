internal import Documents
internal import Posture

extension HeldJSON {
    /// The elements of a list, read on several threads; nil where there is no such list, or one of them is nothing that
    /// can be read.
    func all<Element: Sendable>(
        _ name: StaticString, _ read: @Sendable (TapeValue, inout RepeatedTexts) -> Element?
    ) -> [Element]? {
        let found: [Int]? = self.read { root in
            guard let list = root.member(name), list.kind == .array else { return nil }
            var places: [Int] = []
            list.forEach { places.append($0.position) }
            return places
        }
        guard let places = found else { return nil }
        return concurrentArray(count: places.count, partsOf: ReportOutput.pieceSize) { part, give in
            var repeated = RepeatedTexts()
            for place in places[part] {
                guard let element = self.read(at: place, { read($0, &repeated) }) else { return }
                give(element)
            }
        }
    }
}

/// Texts that follow each other are mostly equal, as findings of one rule do: each is kept once. Not once for all: threads
/// that count references to one text wait for each other.
struct RepeatedTexts {
    private var texts: [StaticName: String] = [:]
    private var lists: [StaticName: (json: Int, texts: [String])] = [:]

    private typealias StaticName = UnsafePointer<UInt8>

    /// The text of a member.
    mutating func text(_ name: StaticString, of members: inout TapeMembers) -> String? {
        guard let member = members.value(name), member.kind == .string else { return nil }
        let bytes = member.text
        let isSame = texts[name.utf8Start]?.utf8.withContiguousStorageIfAvailable { $0.hasSameBytes(as: bytes) }
        if isSame == true { return texts[name.utf8Start] }
        let text = member.string
        texts[name.utf8Start] = text
        return text
    }

    /// The texts of a list; nil where it is none, or holds anything else.
    mutating func texts(_ name: StaticString, of members: inout TapeMembers) -> [String]? {
        guard let member = members.value(name) else { return nil }
        if let last = lists[name.utf8Start], member.at(last.json).equals(member) { return last.texts }
        let texts = member.strings
        if let texts { lists[name.utf8Start] = (member.position, texts) }
        return texts
    }
}

extension TapeValue {
    /// The texts of a list; nil where it is none, or holds anything else.
    var strings: [String]? {
        guard kind == .array else { return nil }
        var texts: [String] = []
        var children = children
        while let element = children.next() {
            guard element.kind == .string else { return nil }
            texts.append(element.string)
        }
        return texts
    }
}

extension ResourceReference {
    init?(_ json: TapeValue, _ repeated: inout RepeatedTexts) {
        var members = TapeMembers(json)
        guard let arn = members.string("arn"), let id = members.string("id"),
            let region = repeated.text("region", of: &members), let type = repeated.text("type", of: &members)
        else { return nil }
        self.init(type: type, id: id, arn: arn, region: region)
    }
}
