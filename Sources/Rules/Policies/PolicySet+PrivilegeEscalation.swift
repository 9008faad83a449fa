internal import Documents

extension PolicySet {
    /// Whether the identity that the policies belong to can give itself more rights: whether all steps of a known way
    /// are granted. The ways that are stand in the answer's `escalations`.
    ///
    /// Conditions on who calls, from where and how do not count: the identity meets them when it has to. Those on what
    /// is called make a step unknown, as does a grant that is limited to targets that are named.
    func judgePrivilegeEscalation(trust: Trust = Trust()) -> PolicyAnswer {
        var judge = EscalationJudge(self, trust)
        return judge.answer()
    }
}

private struct EscalationJudge {
    private let trust: Trust
    /// With the caller's own name put in.
    private let set: PolicySet
    /// Without what is granted on oneself only.
    private let setOnOthers: PolicySet
    private let places: [Place]
    private var judged: [String: PolicyAnswer] = [:]
    private var effort = Effort()

    private struct Place {
        var partition: String
        var account: String
    }

    private static let ownName = "parapet-self"
    private static let otherName = "parapet0"
    /// What is limited to one region is limited: nobody knows whether it is worth it.
    private static let anyRegion = "parapet-region-1"

    init(_ set: PolicySet, _ trust: Trust) {
        self.trust = trust
        self.set = set.naming(Self.ownName, keepsOwn: true)
        setOnOthers = set.naming(Self.ownName, keepsOwn: false)
        places = Self.places(in: set, trust)
    }

    mutating func answer() -> PolicyAnswer {
        var answer = PolicyAnswer(truth: .false)
        var reasons: [String] = []
        var doubtful: [PolicyAnswer.Place] = []
        for escalation in PrivilegeEscalations.all {
            var answers: [PolicyAnswer] = []
            for step in escalation.steps {
                let found = judge(step)
                answers.append(found)
                if found.truth == .false { break }
            }
            switch Truth.all(answers.map(\.truth)) {
            case .true:
                answer.truth = .true
                answer.escalations.append(escalation.name)
                for place in answers.flatMap(\.statements) where !answer.statements.contains(place) {
                    answer.statements.append(place)
                }
            case .unknown:
                for reason in answers.flatMap(\.reasons) where !reasons.contains(reason) { reasons.append(reason) }
                for place in answers.filter({ $0.truth == .unknown }).flatMap(\.statements)
                where !doubtful.contains(place) {
                    doubtful.append(place)
                }
            case .false: break
            }
        }
        guard answer.truth == .false, !reasons.isEmpty else { return answer }
        return PolicyAnswer(truth: .unknown, reasons: Array(reasons.prefix(16)), statements: Array(doubtful.prefix(16)))
    }

    private mutating func judge(_ step: PrivilegeEscalation.Step) -> PolicyAnswer {
        let name = "\(step.action) \(step.target) \(step.passedTo ?? "") \(step.isSelfEnough)"
        if let known = judged[name] { return known }
        guard !effort.isSpent else {
            return PolicyAnswer(truth: .unknown, reasons: ["the policy documents are too large to be judged"])
        }
        let answer = judgeAnew(step)
        judged[name] = answer
        return answer
    }

    private mutating func judgeAnew(_ step: PrivilegeEscalation.Step) -> PolicyAnswer {
        let set = step.isSelfEnough ? set : setOnOthers
        var query = GrantQuery(actions: [step.action], conditions: .any)
        if let service = step.passedTo { query.context["iam:PassedToService"] = service }
        let parts = PolicyARN.parts(step.target)
        let resource = parts.count == 6 ? String(parts[5]) : "*"
        let isGlobal = parts[2] == "iam"
        let account = trust.account.isEmpty ? "*" : trust.account
        query.resources = Set(places.map(\.partition)).sorted().map { partition in
            parts.count == 6
                ? "arn:\(partition):\(parts[2]):\(isGlobal ? "" : "*"):\(account):\(resource)"
                : "arn:\(partition):\(parts[2]):*"
        }
        let some = search(set, query)
        if step.isAnyTargetEnough || some.truth == .false { return some }
        for place in places {
            for name in step.isSelfEnough ? [Self.otherName, Self.ownName] : [Self.otherName] {
                let filled = PolicyPattern(resource).filled(name)
                query.resources = [
                    "arn:\(place.partition):\(parts[2]):\(isGlobal ? "" : Self.anyRegion):\(place.account):\(filled)"
                ]
                let every = search(set, query)
                if every.truth == .true { return every }
            }
        }
        let reasons = some.truth == .unknown ? some.reasons : ["`\(step.action)` is granted on some resources only"]
        return PolicyAnswer(truth: .unknown, reasons: reasons, statements: some.statements)
    }

    private mutating func search(_ set: PolicySet, _ query: GrantQuery) -> PolicyAnswer {
        var search = GrantSearch(set, query, trust, looksPastResources: false, effort: effort)
        let answer = search.grants()
        effort = search.effort
        return answer
    }

    /// Where the identity's resources could be: in the account that is known, or in those that the policies name.
    private static func places(in set: PolicySet, _ trust: Trust) -> [Place] {
        var partitions: [String] = []
        var accounts = trust.account.isEmpty ? [] : [trust.account]
        func add(_ text: Substring, to list: inout [String]) {
            let text = String(text)
            guard !text.isEmpty, !text.contains("*"), !text.contains("?"), !list.contains(text), list.count < 3 else {
                return
            }
            list.append(text)
        }
        for statement in set.statements {
            for pattern in statement.resources.listed.prefix(512) {
                let parts = PolicyARN.parts(pattern.text)
                guard parts.count == 6 else { continue }
                add(parts[1], to: &partitions)
                if trust.account.isEmpty, parts[4].utf8.count == 12 { add(parts[4], to: &accounts) }
            }
        }
        if accounts.isEmpty { accounts = ["999999999990"] }
        if partitions.isEmpty { partitions = ["aws"] }
        return partitions.flatMap { partition in accounts.map { Place(partition: partition, account: $0) } }
    }
}

extension PolicySet {
    /// The set with the variable `${aws:username}` put into resources. `keepsOwn`: with the grants on what is one's own.
    fileprivate func naming(_ name: String, keepsOwn: Bool) -> PolicySet {
        func put(_ statement: PolicyDocument.Statement) -> PolicyDocument.Statement? {
            var statement = statement
            switch statement.resources {
            case .listed(let patterns):
                var named = patterns.map { $0.putting(name) }
                if !keepsOwn, statement.effect == .allow {
                    named = zip(patterns, named).filter { $0.text.hasSameBytes(as: $1.text) }.map(\.1)
                }
                if named.isEmpty { return nil }
                statement.resources = .listed(named)
            case .allBut(let patterns): statement.resources = .allBut(patterns.map { $0.putting(name) })
            case .unreadable: break
            }
            return statement
        }
        var copy = self
        copy.statements = statements.compactMap(put)
        copy.boundary = boundary?.compactMap(put)
        return copy
    }
}

extension PolicyPattern {
    fileprivate func putting(_ name: String) -> PolicyPattern {
        guard hasVariables else { return self }
        let text = PolicySet.replacing("${aws:username}", in: text, by: name)
        return PolicyPattern(text, takesVariables: true)
    }
}
