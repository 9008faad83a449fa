internal import Documents
internal import Resources

/// A resource on a tape: the members of its envelope. Valid as long as the tape is.
struct ResourceView {
    var type: TapeValue
    var id: TapeValue
    var arn: TapeValue?
    var account: TapeValue
    var region: TapeValue
    /// An object, or hidden where the tags could not be read.
    var tags: TapeValue?
    var config: TapeValue
    /// Whether something in it could not be read.
    var hasHidden: Bool

    /// Nil where a member of the envelope is missing or of a wrong type.
    init?(_ envelope: TapeValue, hasHidden: Bool = false) {
        var type: TapeValue?
        var id: TapeValue?
        var arn: TapeValue?
        var account: TapeValue?
        var region: TapeValue?
        var tags: TapeValue?
        var config: TapeValue?
        guard envelope.kind == .object else { return nil }
        var members = envelope.children
        while let key = members.next(), let value = members.next() {
            let name = key.text
            switch name.count {
            case 2 where name.equals("id"): id = value
            case 3 where name.equals("arn"): arn = value
            case 4 where name.equals("type"): type = value
            case 4 where name.equals("tags"): tags = value
            case 6 where name.equals("region"): region = value
            case 6 where name.equals("config"): config = value
            case 7 where name.equals("account"): account = value
            default: break
            }
        }
        guard let type, let id, let account, let region, let config, type.kind == .string, id.kind == .string,
            account.kind == .string, region.kind == .string
        else { return nil }
        self.type = type
        self.id = id
        self.arn = arn?.kind == .string ? arn : nil
        self.account = account
        self.region = region
        self.tags = tags
        self.config = config
        self.hasHidden = hasHidden
    }
}

extension UnsafeBufferPointer<UInt8> {
    func equals(_ word: StaticString) -> Bool {
        hasSameBytes(as: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}

extension TapeBuilder {
    /// Adds a resource's envelope, in which what could not be read is hidden.
    mutating func add(_ resource: Resource) -> Int {
        var object = resource.envelope.object ?? JSONObject()
        object["uncollected"] = nil
        var hidden: [String: String] = [:]
        for (pointer, reason) in resource.uncollected {
            hidden["config/" + pointer] = reason
            if pointer == "tags" { hidden["tags"] = reason }
        }
        return add(.object(object), hiding: hidden)
    }
}
