internal import Documents
internal import Resources

/// One rule on one resource after the other, with evidence, messages and commands.
struct RuleJudge {
    let rule: Rule
    let parameters: [String: JSON]
    let entry: Program.Entry
    let machine: Machine

    init(_ rule: Rule, settings: [String: JSON], entry: Program.Entry, machine: Machine) {
        self.rule = rule
        parameters = Dictionary(rule.parameters.map { ($0.name, $0.value) }) { first, _ in first }
            .merging(settings) { _, setting in setting }
        self.entry = entry
        self.machine = machine
    }

    /// The outcome alone.
    func kind(of view: ResourceView) -> VerdictKind {
        let kind = withPlace(of: view) { machine.kind(entry, $0.scope) }
        return kind == .unknown && rule.onUnknown == .fail ? .fail : kind
    }

    func verdict(on view: ResourceView) -> Verdict {
        withPlace(of: view) { place in
            var verdict = Verdict(
                rule: rule.id, type: view.type.string, id: view.id.string, arn: view.arn?.string ?? "",
                region: view.region.string, account: view.account.string, kind: .pass)
            switch machine.kind(entry, place.scope) {
            case .pass: break
            case .notApplicable: verdict.kind = .notApplicable
            case .unknown: verdict.setUnknown(witnesses(at: place).causes, by: rule)
            case .fail:
                let witnesses = witnesses(at: place)
                verdict.kind = .fail
                verdict.evidence = witnesses.evidence
                verdict.message = message(view, witnesses)
            }
            return verdict
        }
    }

    /// The verdict, and how it came about.
    func explanation(of view: ResourceView) -> RuleExplanation {
        let verdict = verdict(on: view)
        return withPlace(of: view) { place in
            let explainer = Explainer(machine: machine)
            let applicability = entry.applicability >= 0 ? explainer.explain(entry.applicability, at: place) : nil
            let applies = applicability.map { $0.truth == .true } ?? true
            return RuleExplanation(
                verdict: verdict, polarity: rule.polarity, applicability: applicability,
                condition: applies ? explainer.explain(entry.condition, at: place) : nil)
        }
    }

    private func withPlace<Outcome>(of view: ResourceView, _ body: (Machine.Place) -> Outcome) -> Outcome {
        machine.load(view)
        return withUnsafePointer(to: view) { pointer in
            body(Machine.Place(base: view.config, pointer: [], resource: pointer, isRoot: true))
        }
    }

    /// What decided: `where`, if that is unknown, otherwise the rule's condition.
    private func witnesses(at place: Machine.Place) -> Witnesses {
        var collector = WitnessCollector(machine)
        let isUndecided = entry.applicability >= 0 && machine.truth(entry.applicability, place.scope) == .unknown
        collector.gather(isUndecided ? entry.applicability : entry.condition, at: place)
        return collector.witnesses
    }

    // MARK: Messages and commands

    private func message(_ view: ResourceView, _ witnesses: Witnesses) -> String {
        guard let template = rule.message else { return rule.title }
        return template.filled { place in text(of: place, view, witnesses) ?? "(not known)" } ?? rule.title
    }

    func remediation(for view: ResourceView) -> (text: String?, cli: String?, terraform: String?) {
        withPlace(of: view) { place in
            var collector = WitnessCollector(machine)
            collector.gather(entry.condition, at: place)
            let fill = { (template: Template?, quote: (String) -> String?) in
                template?.filled { place in quote(text(of: place, view, collector.witnesses) ?? "<\(place)>") }
            }
            return (
                fill(rule.remediation.text) { $0 }, fill(rule.remediation.cli, Quoting.shell),
                fill(rule.remediation.terraform, Quoting.hcl)
            )
        }
    }

    private func text(of place: String, _ view: ResourceView, _ witnesses: Witnesses) -> String? {
        switch place {
        case "region": return view.region.string
        case "account": return view.account.string
        case "id": return view.id.string
        case "arn": return view.arn?.string
        default: break
        }
        guard let segments = Path.segments(place), let first = segments.first else { return nil }
        if first == "param", segments.count == 2 { return parameters[segments[1]].map(Self.text) }
        if let bound = witnesses.bindings[first] {
            return Self.value(at: segments.dropFirst(), in: bound).map(Self.text)
        }
        return Self.value(at: segments, in: view.config).map(Self.text)
    }

    /// Nothing but the value itself is read: of most resources that is a small part.
    private static func value(at segments: [String], in document: TapeValue) -> JSON? {
        var current = document
        for var segment in segments {
            guard let next = segment.withUTF8({ current.member($0) }) else { return nil }
            current = next
        }
        let value = current.json
        return value.isNull ? nil : value
    }

    private static func value(at segments: ArraySlice<String>, in document: JSON) -> JSON? {
        var current = document
        for segment in segments {
            guard let next = current[segment] else { return nil }
            current = next
        }
        return current.isNull ? nil : current
    }

    private static func text(_ value: JSON) -> String { value.string ?? value.text() }
}

extension Machine {
    /// The outcome of a rule on the resource that is loaded; `on_unknown` is not looked at.
    func kind(_ entry: Program.Entry, _ scope: Scope) -> VerdictKind {
        if entry.applicability >= 0 {
            switch truth(entry.applicability, scope) {
            case .true: break
            case .false: return .notApplicable
            case .unknown: return .unknown
            }
        }
        switch truth(entry.condition, scope) {
        case .unknown: return .unknown
        case .true: return entry.fails ? .fail : .pass
        case .false: return entry.fails ? .pass : .fail
        }
    }
}
