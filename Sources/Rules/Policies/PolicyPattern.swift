internal import Documents

/// A text of a policy in which `*` and `?` are wildcards and, from version 2012-10-17 on, `${...}` are variables.
struct PolicyPattern: Sendable {
    /// Longer ones are refused as documents' faults: AWS takes none.
    static let maximumLength = 4_096

    let text: String
    let hasVariables: Bool
    let hasWildcards: Bool
    /// The pattern with `*` for each variable: it matches at least what the pattern does.
    let scalars: [Unicode.Scalar]
    /// The parts of an ARN of IAM's; nil for other patterns.
    private let partsOfIAM: [[Unicode.Scalar]]?

    /// `takesVariables`: whether the document's version has policy variables.
    init(_ text: String, takesVariables: Bool = false) {
        self.text = text
        let plain = Array(text.unicodeScalars)
        scalars = takesVariables ? Self.withoutVariables(plain) : plain
        hasVariables = scalars.count != plain.count
        hasWildcards = scalars.contains { $0 == "*" || $0 == "?" }
        let parts = text.utf8.starts(with: "arn:".utf8) && !hasVariables ? PolicyARN.parts(text) : []
        partsOfIAM = parts.count == 6 && parts[2] == "iam" ? parts.map { Array($0.unicodeScalars) } : nil
    }

    private static func withoutVariables(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains("$") else { return scalars }
        var output: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            if scalars[index] == "$", index + 1 < scalars.count, scalars[index + 1] == "{" {
                output.append("*")
                guard let end = scalars[index...].firstIndex(of: "}") else { return output }
                index = end + 1
            } else {
                output.append(scalars[index])
                index += 1
            }
        }
        return output
    }

    /// Whether it matches every text.
    var isEverything: Bool { !hasVariables && !scalars.isEmpty && scalars.allSatisfy { $0 == "*" } }

    /// Whether it stands for every resource: `*`, `arn:*`, `arn:aws:*:*`.
    var isEveryResource: Bool {
        guard !hasVariables, hasWildcards else { return false }
        var steps = 0
        return isEverything
            || Self.partitions.contains { partition in
                Glob.covers(scalars, Array("arn:\(partition):*:*:*:*".unicodeScalars), &steps)
            }
    }

    static let partitions = ["aws", "aws-cn", "aws-us-gov"]

    /// Whether it matches a text. Unknown where a variable decides.
    func matches(_ other: [Unicode.Scalar], _ effort: inout Effort) -> Truth {
        guard let isMatch = effort.run({ Glob.matches(scalars, other, &$0) }) else { return .unknown }
        return isMatch ? (hasVariables ? .unknown : .true) : .false
    }

    /// Whether it certainly matches all that the other one can.
    func covers(_ other: PolicyPattern, _ effort: inout Effort) -> Bool {
        !hasVariables && effort.run { Glob.covers(scalars, other.scalars, &$0) } ?? false
    }

    /// Whether a text could be matched by both.
    func overlaps(_ other: PolicyPattern, _ effort: inout Effort) -> Bool {
        effort.run { steps in
            // No name of IAM's has a colon in it, so that a wildcard stays within its part.
            if let mine = partsOfIAM, let theirs = other.partsOfIAM {
                return zip(mine, theirs).allSatisfy { Glob.overlap($0, $1, &steps) }
            }
            if !hasWildcards { return Glob.matches(other.scalars, scalars, &steps) }
            if !other.hasWildcards { return Glob.matches(scalars, other.scalars, &steps) }
            return Glob.overlap(scalars, other.scalars, &steps)
        } ?? true
    }

    /// Of an ARN with wildcards, some that it matches, with what accounts and regions look like in place of theirs.
    var arnInstances: [[Unicode.Scalar]]? {
        let parts = PolicyARN.parts(text)
        guard parts.count == 6, !hasVariables else { return nil }
        let fillers = ["arn", "aws", "parapet0", "us-east-1", "999999999990"]
        var filled = zip(parts, fillers).map { part, filler in
            let part = PolicyPattern(String(part))
            return part.isEverything ? filler : part.filled("0")
        }
        filled.append("")
        let resource = PolicyPattern(String(parts[5]))
        return ["parapet0", "x"].map { name in
            filled[5] = resource.filled(name)
            return Array(filled.joined(separator: ":").unicodeScalars)
        }
    }

    /// The pattern with every `*` replaced by a text, and every `?` by a character.
    func filled(_ filler: String, one: Unicode.Scalar = "0") -> String {
        var output = String.UnicodeScalarView()
        for scalar in scalars {
            switch scalar {
            case "*": output.append(contentsOf: filler.unicodeScalars)
            case "?": output.append(one)
            default: output.append(scalar)
            }
        }
        return String(output)
    }
}

/// Which actions or resources a statement means.
enum PolicyPatterns: Sendable {
    case listed([PolicyPattern])
    case allBut([PolicyPattern])
    /// Nobody knows what: the element could not be read.
    case unreadable(String)

    /// Whether a text is meant.
    func include(_ text: [Unicode.Scalar], _ effort: inout Effort) -> Truth {
        switch self {
        case .listed(let patterns): Self.any(patterns, match: text, &effort)
        case .allBut(let patterns): !Self.any(patterns, match: text, &effort)
        case .unreadable: .unknown
        }
    }

    private static func any(_ patterns: [PolicyPattern], match text: [Unicode.Scalar], _ effort: inout Effort) -> Truth
    {
        var result = Truth.false
        for pattern in patterns {
            switch pattern.matches(text, &effort) {
            case .true: return .true
            case .unknown: result = .unknown
            case .false: break
            }
        }
        return result
    }

    /// Whether something that the pattern stands for could be meant.
    func overlap(_ pattern: PolicyPattern, _ effort: inout Effort) -> Bool {
        switch self {
        case .listed(let patterns): patterns.contains { $0.overlaps(pattern, &effort) }
        case .allBut(let patterns): !patterns.contains { $0.covers(pattern, &effort) }
        case .unreadable: true
        }
    }

    /// Whether everything that the pattern stands for is certainly meant.
    func cover(_ pattern: PolicyPattern, _ effort: inout Effort) -> Bool {
        switch self {
        case .listed(let patterns): patterns.contains { $0.covers(pattern, &effort) }
        case .allBut(let patterns): !patterns.contains { $0.overlaps(pattern, &effort) }
        case .unreadable: false
        }
    }

    /// Whether every resource there is is meant. Of exceptions, at least one is left out.
    var areEveryResource: Bool {
        if case .listed(let patterns) = self { patterns.contains(where: \.isEveryResource) } else { false }
    }

    var listed: [PolicyPattern] { if case .listed(let patterns) = self { patterns } else { [] } }
    var excepted: [PolicyPattern] { if case .allBut(let patterns) = self { patterns } else { [] } }
    var fault: String? { if case .unreadable(let reason) = self { reason } else { nil } }
}
