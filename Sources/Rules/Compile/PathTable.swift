/// The paths that conditions read from a resource's config, as a tree of names: one walk over the members of the
/// document finds them all. Each path has a slot.
struct PathTable {
    struct Entry {
        /// An index into `NameTable`.
        var name: Int32
        var firstChild: Int32 = -1
        var nextSibling: Int32 = -1
        /// -1 where no path ends.
        var slot: Int32 = -1
    }

    /// Entry 0 is the config itself.
    private(set) var entries = [Entry(name: -1)]
    /// The segments of each slot's path.
    private(set) var paths: [[String]] = []
    private var slots: [[String]: Int32] = [:]

    /// The slot of a path; a new one where it has none yet.
    mutating func slot(of segments: [String], _ names: inout NameTable) -> Int32 {
        if let slot = slots[segments] { return slot }
        var current = 0
        for segment in segments { current = child(of: current, named: names.index(of: segment)) }
        let slot = Int32(paths.count)
        entries[current].slot = slot
        slots[segments] = slot
        paths.append(segments)
        return slot
    }

    private mutating func child(of parent: Int, named name: Int32) -> Int {
        var next = entries[parent].firstChild
        while next >= 0 {
            if entries[Int(next)].name == name { return Int(next) }
            next = entries[Int(next)].nextSibling
        }
        entries.append(Entry(name: name, nextSibling: entries[parent].firstChild))
        entries[parent].firstChild = Int32(entries.count - 1)
        return entries.count - 1
    }
}

/// Names of members and tags, each once, as bytes.
struct NameTable {
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []
    private(set) var texts: [String] = []
    private var known: [[UInt8]: Int32] = [:]
    private var sequences: [[String]: Int32] = [:]

    mutating func index(of text: String) -> Int32 {
        let utf8 = Array(text.utf8)
        if let index = known[utf8] { return index }
        let index = Int32(ranges.count)
        ranges.append(bytes.count..<bytes.count + utf8.count)
        bytes += utf8
        texts.append(text)
        known[utf8] = index
        return index
    }

    /// Names that stand one behind the other; returns the index of the first.
    mutating func sequence(_ segments: [String]) -> Int32 {
        if let start = sequences[segments] { return start }
        let start = Int32(ranges.count)
        for segment in segments {
            let utf8 = Array(segment.utf8)
            ranges.append(bytes.count..<bytes.count + utf8.count)
            bytes += utf8
            texts.append(segment)
        }
        sequences[segments] = start
        return start
    }
}
