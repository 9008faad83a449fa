/// A form by the parts of its names, to compare two in which the entries of maps have another order.
struct FormTree {
    private var value = ""
    private var children: [String: FormTree] = [:]

    /// Of pairs such as `A.entry.1.key=a`, decoded.
    init(_ pairs: [String]) {
        for pair in pairs {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            insert(String(sides.last ?? ""), at: sides[0].split(separator: ".")[...])
        }
    }

    private init() {}

    private mutating func insert(_ value: String, at path: ArraySlice<Substring>) {
        guard let first = path.first.map(String.init) else {
            self.value += "=\(value)"
            return
        }
        children[first, default: FormTree()].insert(value, at: path.dropFirst())
    }

    var canonical: String { canonical(isMap: false) }

    private func canonical(isMap: Bool) -> String {
        let parts = children.map { name, child in
            (isMap ? "" : name) + child.canonical(isMap: name == "entry")
        }
        return "\(value)(\(parts.sorted().joined(separator: ",")))"
    }
}
