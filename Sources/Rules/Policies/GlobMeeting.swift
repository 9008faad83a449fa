/// Finds a text that two patterns match.
enum GlobMeeting {
    /// Nil where there is none. `*` is filled with one character rather than none where both have one.
    static func text(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], _ steps: inout Int) -> [Unicode.Scalar]? {
        let star: Unicode.Scalar = "*"
        let one: Unicode.Scalar = "?"
        let width = b.count + 1
        steps += (a.count + 1) * width
        // meets[i * width + j]: the rest of `a` from i and of `b` from j can still meet.
        var meets = [Bool](repeating: false, count: (a.count + 1) * width)
        for i in stride(from: a.count, through: 0, by: -1) {
            for j in stride(from: b.count, through: 0, by: -1) {
                let at = i * width + j
                if i == a.count, j == b.count {
                    meets[at] = true
                } else if i < a.count, a[i] == star {
                    meets[at] = meets[at + width] || (j < b.count && meets[at + 1])
                } else if j < b.count, b[j] == star {
                    meets[at] = meets[at + 1] || (i < a.count && meets[at + width])
                } else if i < a.count, j < b.count, a[i] == b[j] || a[i] == one || b[j] == one {
                    meets[at] = meets[at + width + 1]
                }
            }
        }
        guard meets[0] else { return nil }
        var text: [Unicode.Scalar] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            let at = i * width + j
            if i < a.count, a[i] == star {
                if j < b.count, b[j] == star, text.last != "x" { text.append("x") }
                if meets[at + width] {
                    i += 1
                } else {
                    if b[j] != star { text.append(b[j] == one ? "x" : b[j]) }
                    j += 1
                }
            } else if j < b.count, b[j] == star {
                if meets[at + 1] {
                    j += 1
                } else {
                    text.append(a[i] == one ? "x" : a[i])
                    i += 1
                }
            } else {
                text.append(a[i] != one ? a[i] : b[j] != one ? b[j] : "x")
                i += 1
                j += 1
            }
        }
        return text
    }
}
