public import Documents
public import Resources

/// Judges resources by one rule.
public struct RuleEvaluator: Sendable {
    public let rule: Rule
    private let context: EvaluationContext
    private let parameters: [String: JSON]

    /// `settings` are the tenant's values of the rule's parameters.
    public init(_ rule: Rule, settings: [String: JSON] = [:], in context: EvaluationContext) {
        self.rule = rule
        self.context = context
        parameters = Dictionary(rule.parameters.map { ($0.name, $0.value) }) { first, _ in first }
            .merging(settings) { _, setting in setting }
    }

    /// The verdicts on all resources of the rule's types, and one unknown for each list that could not be read.
    public func verdicts() -> [Verdict] {
        rule.resources.flatMap { type -> [Verdict] in
            guard context.snapshot.types.contains(type) else {
                return [unknownList(RelationGap.notCollected(type).cause, region: "*")]
            }
            let gaps = context.snapshot.gaps.filter { $0.type == type }.map { unknownList($0.cause, region: $0.region) }
            return (context.snapshot.resources[type] ?? []).map(verdict) + gaps
        }
    }

    public func verdict(for resource: Resource) -> Verdict {
        let root = Cursor(resource)
        let evaluator = ConditionEvaluator(context: context, parameters: parameters, root: root)
        var verdict = Verdict(
            rule: rule.id, type: resource.type, id: resource.id, arn: resource.arn, region: resource.region,
            account: resource.account, kind: .pass)
        var witnesses = Witnesses()
        if let applicability = rule.applicability {
            switch evaluator.truth(applicability, root) {
            case .true: break
            case .false:
                verdict.kind = .notApplicable
                return verdict
            case .unknown:
                evaluator.gather(applicability, root, into: &witnesses)
                return unknown(verdict, witnesses)
            }
        }
        let holds = evaluator.truth(rule.condition, root)
        switch (holds, rule.polarity) {
        case (.unknown, _):
            evaluator.gather(rule.condition, root, into: &witnesses)
            return unknown(verdict, witnesses)
        case (.true, .failWhen), (.false, .passWhen):
            evaluator.gather(rule.condition, root, into: &witnesses)
            verdict.kind = .fail
            verdict.evidence = witnesses.evidence
            verdict.message = message(root, witnesses)
        case (.true, .passWhen), (.false, .failWhen): break
        }
        return verdict
    }

    private func unknown(_ verdict: Verdict, _ witnesses: Witnesses) -> Verdict {
        var verdict = verdict
        verdict.causes = witnesses.causes
        switch rule.onUnknown {
        case .report: verdict.kind = .unknown
        case .fail:
            verdict.kind = .fail
            verdict.message = "\(rule.title): could not be read, which counts as a failure of this rule"
        }
        return verdict
    }

    private func unknownList(_ cause: UnknownCause, region: String) -> Verdict {
        let list = Verdict(
            rule: rule.id, type: cause.type, id: "*", arn: "", region: region, account: context.snapshot.account,
            kind: .unknown)
        var witnesses = Witnesses()
        witnesses.add(cause)
        return unknown(list, witnesses)
    }

    // MARK: Messages and commands

    private func message(_ root: Cursor, _ witnesses: Witnesses) -> String {
        guard let template = rule.message else { return rule.title }
        return template.filled { place in text(of: place, root, witnesses) ?? "(not known)" } ?? rule.title
    }

    /// The remediation with the resource's own names filled in; what is not known stands as `<name>`, quoted too. A
    /// command is nil where a name in it holds control characters.
    public func remediation(for resource: Resource) -> (text: String?, cli: String?, terraform: String?) {
        let root = Cursor(resource)
        let evaluator = ConditionEvaluator(context: context, parameters: parameters, root: root)
        var witnesses = Witnesses()
        evaluator.gather(rule.condition, root, into: &witnesses)
        let fill = { (template: Template?, quote: (String) -> String?) in
            template?.filled { place in quote(text(of: place, root, witnesses) ?? "<\(place)>") }
        }
        return (
            fill(rule.remediation.text) { $0 }, fill(rule.remediation.cli, Quoting.shell),
            fill(rule.remediation.terraform, Quoting.hcl)
        )
    }

    private func text(of place: String, _ root: Cursor, _ witnesses: Witnesses) -> String? {
        switch place {
        case "region": return root.resource.region
        case "account": return root.resource.account
        case "id": return root.resource.id
        case "arn": return root.resource.arn
        default: break
        }
        guard let segments = Path.segments(place), let first = segments.first else { return nil }
        if first == "param", segments.count == 2 { return parameters[segments[1]].map(Self.text) }
        let start = witnesses.bindings[first]
        let cursor = start ?? root
        if segments.count == 1, start != nil { return Self.text(cursor.value) }
        guard case .value(let found) = cursor.lookup(start == nil ? segments : Array(segments.dropFirst())) else {
            return nil
        }
        return Self.text(found.value)
    }

    private static func text(_ value: JSON) -> String { value.string ?? value.text() }
}
