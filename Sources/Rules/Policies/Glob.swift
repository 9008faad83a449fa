/// IAM's patterns: `*` for any run of characters, `?` for one.
enum Glob {
    /// Whether the pattern matches the text (which may itself hold `*`, taken as a character).
    static func matches(_ pattern: String, _ text: String) -> Bool {
        scan(pattern, text, starsAreText: true)
    }

    /// Whether the pattern matches everything that the other one does. False where that is not certain.
    static func covers(_ pattern: String, _ other: String) -> Bool {
        scan(pattern, other, starsAreText: false)
    }

    /// By scalars: `?` stands for one character, not for one byte of it.
    private static func scan(_ pattern: String, _ text: String, starsAreText: Bool) -> Bool {
        let pattern = Array(pattern.unicodeScalars)
        let text = Array(text.unicodeScalars)
        var p = 0
        var t = 0
        var star: (p: Int, t: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == "?" && (starsAreText || text[t] != "*")
            {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.p, last.t + 1)
                p = last.p + 1
                t = last.t + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }

    /// Whether some text is matched by both patterns.
    static func overlap(_ left: String, _ right: String) -> Bool {
        let a = Array(left.unicodeScalars)
        let b = Array(right.unicodeScalars)
        let star: Unicode.Scalar = "*"
        let one: Unicode.Scalar = "?"
        // reachable[j]: the rest of `a` and the rest of `b` from j can still meet.
        var reachable = [Bool](repeating: false, count: b.count + 1)
        reachable[b.count] = true
        for j in stride(from: b.count - 1, through: 0, by: -1) { reachable[j] = b[j] == star && reachable[j + 1] }
        for i in stride(from: a.count - 1, through: 0, by: -1) {
            var next = [Bool](repeating: false, count: b.count + 1)
            next[b.count] = a[i] == star && reachable[b.count]
            for j in stride(from: b.count - 1, through: 0, by: -1) {
                if a[i] == star {
                    next[j] = reachable[j] || next[j + 1] || (b[j] == star && reachable[j + 1])
                } else if b[j] == star {
                    next[j] = next[j + 1] || reachable[j]
                } else {
                    next[j] = (a[i] == b[j] || a[i] == one || b[j] == one) && reachable[j + 1]
                }
            }
            reachable = next
        }
        return reachable[0]
    }
}
