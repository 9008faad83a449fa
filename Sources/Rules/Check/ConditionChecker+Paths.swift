internal import Documents
internal import Resources

extension ConditionChecker {
    /// What stands at a path. Elements of lists are reached where `throughLists` says so; elsewhere a list is a fault.
    mutating func resolve(
        _ segments: [String], _ path: Path, _ scope: Scope, throughLists: Bool = false
    ) -> Element? {
        var current: Element
        let place: String
        switch scope {
        case .resource(let type):
            current = Element(schema: type.schema, path: [], type: type)
            place = type.name
        case .value(let element): (current, place) = (element, "the element")
        }
        var walked: [String] = []
        for segment in segments {
            if throughLists { current = Self.innermost(current) }
            switch current.schema {
            case .structure(let members):
                guard let next = members[segment] else {
                    let parent = walked.isEmpty ? place : "`\(walked.joined(separator: "."))`"
                    reportUnknown(segment, of: parent, among: Array(members.keys), current, path)
                    return nil
                }
                current.schema = next
            case .map(let value): current.schema = value
            case .any, .policyDocument: current.schema = .any
            case .list:
                diagnostics.error(
                    "rule/missing-quantifier", "`\(walked.joined(separator: "."))` is a list", at: path.span,
                    help:
                        "write `\(walked.joined(separator: ".")): {some: {\(segments.dropFirst(walked.count).joined(separator: ".")): ...}}`, or `every`, `none`, `count`"
                )
                return nil
            default:
                diagnostics.error(
                    "rule/unknown-path",
                    "`\(walked.joined(separator: "."))` is \(current.schema.kind) and has no members", at: path.span)
                return nil
            }
            current.path.append(segment)
            walked.append(segment)
        }
        return throughLists ? Self.innermost(current) : current
    }

    /// The elements of lists of lists.
    private static func innermost(_ place: Element) -> Element {
        var current = place
        while case .list = current.schema { current = element(of: current) }
        return current
    }

    mutating func reportUnknown(
        _ segment: String, of parent: String, among known: [String], _ place: Element, _ path: Path
    ) {
        if place.type.available()[ValuePath(segments: place.path + [segment])] != nil {
            diagnostics.error(
                "rule/not-collected", "\(parent) has `\(segment)` at AWS, but it is not collected", at: path.span,
                help:
                    "add `\((place.path + [segment]).joined(separator: "."))` to `keep` in the manifest of \(place.type.name)"
            )
        } else {
            diagnostics.error(
                "rule/unknown-path", "\(parent) has no member `\(segment)`", at: path.span,
                help: suggestion(for: segment, among: known))
        }
    }

    /// Warns where AWS may answer "there is none", and nothing says what that means.
    mutating func checkAbsence(_ test: Condition.Test, _ place: Element) {
        guard test.ifAbsent == nil,
            test.operations.contains(where: {
                ![.list, .addresses, .trafficRules, .anything].contains($0.name.subject)
            }),
            place.type.manifest.defaults[ValuePath(segments: place.path)] == nil
        else { return }
        let optional = place.type.manifest.optionalAttributes.first { place.path.starts(with: $0.segments) }
        guard let optional,
            !guards.contains(where: { $0.count >= optional.segments.count && place.path.starts(with: $0) })
        else { return }
        diagnostics.warning(
            "rule/may-be-absent", "where AWS has no `\(optional)`, this is unknown", at: test.path.span,
            help:
                "say what that means: `if_absent: VALUE` beside the operator, or a test with `exists` or `absent` beside this one"
        )
    }
}
