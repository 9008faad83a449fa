/// IAM's patterns: `*` for any run of characters, `?` for one.
public enum Glob {
    /// Whether the pattern matches the text (which may itself hold `*`, taken as a character): scalar by scalar, in time
    /// that grows with the product of both lengths.
    public static func matches(_ pattern: String, _ text: String) -> Bool {
        var steps = 0
        return matches(Array(pattern.unicodeScalars), Array(text.unicodeScalars), &steps)
    }

    /// Whether the pattern matches everything that the other one does. False where that is not certain.
    static func covers(_ pattern: String, _ other: String) -> Bool {
        var steps = 0
        return covers(Array(pattern.unicodeScalars), Array(other.unicodeScalars), &steps)
    }

    /// Whether some text is matched by both patterns.
    static func overlap(_ left: String, _ right: String) -> Bool {
        var steps = 0
        return overlap(Array(left.unicodeScalars), Array(right.unicodeScalars), &steps)
    }

    // MARK: By scalars, counting the steps

    /// `?` stands for one character, not for one byte of it. `steps` grows by the work done.
    static func matches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar], _ steps: inout Int) -> Bool {
        scan(pattern, text, starsAreText: true, &steps)
    }

    static func covers(_ pattern: [Unicode.Scalar], _ other: [Unicode.Scalar], _ steps: inout Int) -> Bool {
        scan(pattern, other, starsAreText: false, &steps)
    }

    private static func scan(
        _ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar], starsAreText: Bool, _ steps: inout Int
    ) -> Bool {
        var p = 0
        var t = 0
        var star: (p: Int, t: Int)?
        while t < text.count {
            steps += 1
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

    static func overlap(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], _ steps: inout Int) -> Bool {
        let star: Unicode.Scalar = "*"
        let one: Unicode.Scalar = "?"
        // What stands before the first star has to agree: most pairs part there.
        var head = 0
        while head < a.count, head < b.count, a[head] != star, b[head] != star {
            steps += 1
            guard a[head] == b[head] || a[head] == one || b[head] == one else { return false }
            head += 1
        }
        let a = a[head...]
        let b = Array(b[head...])
        if a.isEmpty && b.isEmpty { return true }
        steps += a.count * b.count
        // reachable[j]: the rest of `a` and the rest of `b` from j can still meet.
        var reachable = [Bool](repeating: false, count: b.count + 1)
        reachable[b.count] = true
        for j in stride(from: b.count - 1, through: 0, by: -1) { reachable[j] = b[j] == star && reachable[j + 1] }
        for scalar in a.reversed() {
            var next = [Bool](repeating: false, count: b.count + 1)
            next[b.count] = scalar == star && reachable[b.count]
            for j in stride(from: b.count - 1, through: 0, by: -1) {
                if scalar == star {
                    next[j] = reachable[j] || next[j + 1] || (b[j] == star && reachable[j + 1])
                } else if b[j] == star {
                    next[j] = next[j + 1] || reachable[j]
                } else {
                    next[j] = (scalar == b[j] || scalar == one || b[j] == one) && reachable[j + 1]
                }
            }
            reachable = next
        }
        return reachable[0]
    }
}
