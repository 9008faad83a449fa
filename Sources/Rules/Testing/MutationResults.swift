public import Documents

/// Which mutants the tests noticed.
public struct MutationResults: Sendable {
    public enum Kind: String, Sendable {
        case rule, fragment
    }

    /// A rule, or a fragment that rules share.
    public struct Subject: Sendable {
        public var kind: Kind
        public var name: String
        public var path: String
        /// How many there were.
        public var mutants: Int
        /// What no test noticed.
        public var survivors: [MutationChange]

        public var killed: Int { mutants - survivors.count }
    }

    /// Rules in the order in which they were given, then fragments by name.
    public var subjects: [Subject]

    public var mutants: Int { subjects.reduce(0) { $0 + $1.mutants } }
    public var killed: Int { subjects.reduce(0) { $0 + $1.killed } }

    /// Whether at least this share of all mutants was killed.
    public func reaches(percent: Int) -> Bool { killed * 100 >= percent * mutants }

    /// The share that was killed, to a tenth of a percent, rounded down: only 100.0 means all.
    public var share: String {
        let tenths = mutants == 0 ? 1000 : killed * 1000 / mutants
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension MutationResults {
    public var json: JSON {
        [
            "mutants": .integer(Int64(mutants)), "killed": .integer(Int64(killed)),
            "subjects": .array(
                subjects.map { subject in
                    [
                        "kind": .string(subject.kind.rawValue), "name": .string(subject.name),
                        "path": .string(subject.path), "mutants": .integer(Int64(subject.mutants)),
                        "killed": .integer(Int64(subject.killed)),
                        "survivors": .array(
                            subject.survivors.map { change in
                                [
                                    "line": .integer(Int64(change.span.line)),
                                    "column": .integer(Int64(change.span.column)),
                                    "change": .string(change.description), "hint": .string(change.hint),
                                ]
                            }),
                    ]
                }),
        ]
    }

    /// The survivors, then how many were killed of each rule and of all.
    public func text(_ style: TextStyle) -> String {
        var lines: [String] = []
        for subject in subjects {
            for change in subject.survivors {
                let place = "\(subject.path):\(change.span.line):\(change.span.column)"
                lines.append(
                    style.paint("SURVIVED", .warning) + " \(subject.name) (\(place)): \(change.description)".inert)
                lines.append("  = help: \(change.hint)".inert)
            }
        }
        if !lines.isEmpty { lines.append("") }
        lines.append("    killed  of mutants")
        for subject in subjects {
            let killed = Self.column(subject.killed, 10)
            lines.append(
                (subject.survivors.isEmpty ? killed : style.paint(killed, .warning)) + Self.column(subject.mutants, 4)
                    + "  " + (subject.kind == .fragment ? "fragment " : "") + subject.name.inert)
        }
        lines.append("")
        lines.append("\(mutants) mutants: \(killed) killed (\(share) %), \(mutants - killed) survived")
        return lines.joined(separator: "\n")
    }

    private static func column(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
