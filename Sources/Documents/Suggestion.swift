/// The candidate that a mistyped name was probably meant to be: at most a third of it may differ.
public func closestMatch(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.prefix(128).lowercased().utf8.prefix(128))
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
        let letters = Array(candidate.lowercased().utf8.prefix(128))
        guard abs(letters.count - wanted.count) <= limit else { continue }
        let distance = editDistance(wanted, letters)
        guard distance <= limit else { continue }
        if let current = best, (current.distance, current.candidate) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.candidate
}

/// "did you mean `x`?", or the whole list where it is short.
public func suggestion(for name: String, among candidates: some Collection<String>) -> String? {
    if let match = closestMatch(to: name, among: candidates) { return "did you mean `\(match)`?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return nil }
    return "one of: " + candidates.sorted().joined(separator: ", ")
}

/// Levenshtein's distance, with a swap of neighbours counted once.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
        var row = [i]
        for j in 1...b.count {
            let cost = a[i - 1] == b[j - 1] ? 0 : 1
            var value = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { value = min(value, rows[i - 2][j - 2] + 1) }
            row.append(value)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
