import Documents
import TestSupport
import Testing

@testable import Rules

/// Random policies over a small world, judged and compared with all requests of that world.
@Suite struct PolicyPropertyTests {
    private static let own = "111122223333"
    private static let partner = "222233334444"
    private static let vendor = "333344445555"
    private static let stranger = "555566667777"
    private static let trust = Trust(account: own, accounts: [partner], organizations: ["o-own"])

    // MARK: The world

    /// Callers with what their requests always carry.
    private static func callers(_ names: [String]) -> [PolicyOracle.Request] {
        names.flatMap { name -> [PolicyOracle.Request] in
            switch name {
            case "anonymous":
                return [PolicyOracle.Request(kind: name, context: ["aws:principalisawsservice": "false"])]
            case "service":
                return [
                    (stranger, "arn:aws:sns:eu-west-1:\(stranger):t"), (stranger, "arn:aws:s3:::stranger"), (nil, nil),
                    (stranger, nil), (nil, "arn:aws:sns:eu-west-1:\(stranger):t"), ("777788889999", nil),
                ].map { account, arn in
                    var context = ["aws:principalisawsservice": "true"]
                    context["aws:sourceaccount"] = account
                    context["aws:sourcearn"] = arn
                    return PolicyOracle.Request(kind: name, service: "other.amazonaws.com", context: context)
                }
            default:
                let organization = [own: "o-own", partner: "o-own", vendor: "o-vendor", stranger: "o-stranger"][name]
                return ["reader", "writer"].flatMap { role in
                    [organization, name == own || name == partner || name == vendor ? organization : nil].map {
                        organization in
                        let arn = "arn:aws:iam::\(name):role/\(role)"
                        var context = [
                            "aws:principalisawsservice": "false", "aws:principalaccount": name, "aws:principalarn": arn,
                        ]
                        context["aws:principalorgid"] = organization
                        context["aws:principalorgpaths"] = organization.map { "\($0)/r-1/ou-1/" }
                        return PolicyOracle.Request(kind: name, account: name, arn: arn, context: context)
                    }
                }
            }
        }
    }

    private static let actions = [
        "s3:GetObject", "s3:GetObjectAcl", "s3:GetBucketAcl", "s3:Getxbject", "s3:GetAnObject", "s3:DeleteObject",
        "s3:PutObject", "s3:PutObjectAcl", "s3:zz", "sqs:SendMessage",
        "other:Act", "other:Object",
    ]
    private static let resources = [
        "arn:aws:s3:::b", "arn:aws:s3:::b/x", "arn:aws:s3:::b/other", "arn:aws:s3:::b/private/x",
        "arn:aws:s3:::b/private/y",
        "arn:aws:s3:::b/public/x", "arn:aws:s3:::b/public/z", "arn:aws:s3:::c/x", "arn:aws:s3:::c/y", "arn:aws:s3:::bb",
        "arn:aws:s3:::bb/x",
    ]

    /// What strangers' requests can carry besides.
    private static let strangers: [(String, [String?])] = [
        ("aws:securetransport", ["true", "false"]), ("aws:sourceip", ["8.8.8.8", "200.1.1.1", "2600:1f00::1", nil]),
        ("aws:sourcevpce", ["vpce-stranger", nil]), ("aws:multifactorauthpresent", ["true", "false", nil]),
        ("s3:prefix", ["home", "other", "h*", "*", nil]),
    ]

    /// What an identity's requests can.
    private static let holders: [(String, [String?])] = [
        ("aws:securetransport", ["true", "false"]),
        ("aws:sourceip", ["8.8.8.8", "203.0.113.7", "130.0.0.1", "10.0.0.1", "2600:1f00::1", nil]),
        ("aws:sourcevpce", ["vpce-own", "vpce-other", "vpce-*", "*", nil]),
        ("aws:multifactorauthpresent", ["true", "false", nil]),
        ("s3:prefix", ["home", "other", "h*", "*", nil]),
    ]

    /// All combinations of what policies speak of.
    private static func contexts(_ keys: [(String, [String?])], for policies: [JSON]) -> [[String: String]] {
        let text = policies.map { $0.text() }.joined().lowercased()
        return keys.filter { text.contains($0.0) }.reduce([[:]]) { contexts, key in
            contexts.flatMap { context in
                key.1.map { value in
                    var context = context
                    context[key.0] = value
                    return context
                }
            }
        }
    }

    private static func requests(
        _ callers: [PolicyOracle.Request], _ actions: [String], _ contexts: [[String: String]],
        _ body: (PolicyOracle.Request) -> Bool
    ) -> PolicyOracle.Request? {
        for caller in callers {
            for action in actions {
                for resource in resources {
                    for context in contexts {
                        var request = caller
                        request.action = action
                        request.resource = resource
                        request.context.merge(context) { caller, _ in caller }
                        if body(request) { return request }
                    }
                }
            }
        }
        return nil
    }

    // MARK: Random policies

    private struct Generator {
        var random: SeededGenerator

        mutating func pick<Value>(_ values: [Value]) -> Value {
            values[Int.random(in: 0..<values.count, using: &random)]
        }
        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        mutating func some(_ values: [String]) -> JSON {
            if chance(60) { return .string(pick(values)) }
            return .array((0...Int.random(in: 0...1, using: &random)).map { _ in .string(pick(values)) })
        }

        mutating func principal() -> JSON {
            pick([
                "*", "*", ["AWS": "*"], ["AWS": ["*"]], ["AWS": "arn:aws:iam::111122223333:root"],
                ["AWS": "333344445555"], ["AWS": ["arn:aws:iam::333344445555:role/reader", "222233334444"]],
                ["Service": "sns.amazonaws.com"], ["Service": "sns.amazonaws.com", "AWS": "*"],
            ])
        }

        static let patterns = [
            "s3:GetObject", "s3:Get*", "S3:getobject*", "s3:*", "*", "sqs:*", "s3:Put*", "*:*Object", "s3:Get?bject",
            "s3:[a",
        ]
        static let resources = [
            "*", "arn:aws:s3:::b/*", "arn:aws:s3:::b", "arn:aws:s3:::b*", "arn:aws:s3:::b/private/*",
            "arn:aws:s3:::*/x",
            "arn:aws:s3:::b/p*",
        ]

        mutating func condition() -> (String, String, JSON) {
            let texts: (inout Generator, [String]) -> String = { generator, operators in
                let prefix = generator.chance(10) ? generator.pick(["ForAnyValue:", "ForAllValues:"]) : ""
                return prefix + generator.pick(operators) + (prefix.isEmpty && generator.chance(15) ? "IfExists" : "")
            }
            let textual = ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "stringequals"]
            switch Int.random(in: 0..<11, using: &random) {
            case 0: return (texts(&self, textual), "aws:PrincipalOrgID", some(["o-own", "o-vendor", "o-*", "*"]))
            case 1:
                return (
                    texts(&self, textual), "AWS:PrincipalAccount",
                    some(["111122223333", "333344445555", "222233334444", "5555*", "*"])
                )
            case 2:
                return (
                    texts(&self, ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringNotLike"]),
                    "aws:PrincipalArn",
                    some([
                        "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/reader",
                        "arn:aws:iam::333344445555:role/reader",
                    ])
                )
            case 3: return (texts(&self, textual), "aws:SourceAccount", some(["111122223333", "5555*", "*"]))
            case 4:
                return (
                    texts(&self, ["ArnLike", "ArnNotLike", "StringLike"]), "aws:SourceArn",
                    some(["arn:aws:sns:*:111122223333:*", "arn:aws:sns:*:*:t", "arn:aws:s3:::b", "arn:aws:s3:::*"])
                )
            case 5:
                return (
                    texts(&self, ["IpAddress", "NotIpAddress"]), "aws:SourceIp",
                    some(["203.0.113.0/24", "0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8"])
                )
            case 6: return (texts(&self, textual), "aws:SourceVpce", some(["vpce-own", "vpce-*", "*"]))
            case 7:
                return (chance(20) ? "BoolIfExists" : "Bool", "aws:SecureTransport", .string(pick(["true", "false"])))
            case 8:
                return (
                    pick(["Bool", "BoolIfExists", "Null"]), "aws:MultiFactorAuthPresent",
                    .string(pick(["true", "false"]))
                )
            case 9: return (texts(&self, textual), "s3:prefix", some(["home", "h*", "*"]))
            default:
                return (pick(["Bool", "BoolIfExists"]), "aws:PrincipalIsAWSService", .string(pick(["true", "false"])))
            }
        }

        mutating func statement(named: Bool, allows: Bool? = nil) -> JSON {
            var members: [(String, JSON)] = [("Effect", .string(allows ?? chance(60) ? "Allow" : "Deny"))]
            if named { members.append((chance(12) ? "NotPrincipal" : "Principal", principal())) }
            members.append((chance(12) ? "NotAction" : "Action", some(Self.patterns.filter { $0 != "s3:[a" })))
            members.append((chance(12) ? "NotResource" : "Resource", some(Self.resources)))
            var block: [String: [(String, JSON)]] = [:]
            for _ in 0..<pick([0, 0, 1, 1, 2]) {
                let (name, key, values) = condition()
                block[name, default: []].append((key, values))
            }
            if !block.isEmpty {
                members.append(
                    ("Condition", .object(JSONObject(block.map { ($0.key, .object(JSONObject($0.value))) }))))
            }
            return .object(JSONObject(members))
        }

        mutating func document(named: Bool, allows: Bool? = nil) -> JSON {
            let statements = (0..<pick([1, 1, 2, 2, 3])).map { _ in statement(named: named, allows: allows) }
            let list: JSON = statements.count == 1 && chance(50) ? statements[0] : .array(statements)
            return ["Version": "2012-10-17", "Statement": list]
        }
    }

    /// How often the judge knew.
    private struct Tally {
        var counts: [Truth: Int] = [:]
        mutating func add(_ truth: Truth) { counts[truth, default: 0] += 1 }
        var total: Int { counts.values.reduce(0, +) }
        func share(_ truth: Truth) -> Double { Double(counts[truth] ?? 0) / Double(max(1, total)) }
    }

    private static let rounds = 40

    /// Compares one judgement with all requests.
    private static func compare(
        _ answer: PolicyAnswer, _ found: PolicyOracle.Request?, _ tally: inout Tally,
        _ context: @autoclosure () -> String
    ) {
        tally.add(answer.truth)
        if let found, answer.truth == .false { Issue.record("false, but \(found) is allowed: \(context())") }
        if found == nil, answer.truth == .true { Issue.record("true, but no request is allowed: \(context())") }
        if (answer.truth == .unknown) == answer.reasons.isEmpty {
            Issue.record("reasons \(answer.reasons): \(context())")
        }
    }

    @Test(arguments: 0..<4) func whatStrangersCanDo(seed: Int) {
        var generator = Generator(random: SeededGenerator(seed: UInt64(1_000 + seed)))
        var tally = Tally()
        let strangers = Self.callers([Self.stranger, "anonymous", "service"])
        for _ in 0..<Self.rounds {
            let document = generator.document(named: true)
            let asked = generator.pick(["s3:GetObject", "s3:Get*", "s3:*", "sqs:SendMessage", "*"])
            let actions = Self.actions.filter { GlobTests.matches(asked[...], $0[...]) }
            let found = Self.requests(strangers, actions, Self.contexts(Self.strangers, for: [document])) {
                PolicyOracle.allows([document], $0)
            }
            let query = GrantQuery(principal: .anyone, actions: [asked])
            let answer = PolicySet(documents: [document]).judge(
                query, trust: generator.chance(50) ? Self.trust : Trust())
            Self.compare(answer, found, &tally, "\(asked) \(document.text())")
        }
        #expect(tally.share(.unknown) < 0.25)
        #expect(tally.share(.true) > 0.05)
        #expect(tally.share(.false) > 0.1)
    }

    @Test(arguments: 0..<2) func whatExternalsCanDo(seed: Int) {
        var generator = Generator(random: SeededGenerator(seed: UInt64(2_000 + seed)))
        var tally = Tally()
        let externals = Self.callers([Self.stranger, Self.vendor, "anonymous", "service"])
        for _ in 0..<Self.rounds {
            let document = generator.document(named: true)
            let asked = generator.pick(["s3:GetObject", "s3:*"])
            let actions = Self.actions.filter { GlobTests.matches(asked[...], $0[...]) }
            let services = document.text().contains("Service")
            let found = Self.requests(externals, actions, Self.contexts(Self.strangers, for: [document])) { request in
                // A service that the policy names is nobody external.
                (request.service == nil || !services) && PolicyOracle.allows([document], request)
            }
            let answer = PolicySet(documents: [document])
                .judge(GrantQuery(principal: .external, actions: [asked]), trust: Self.trust)
            if services, found == nil, answer.truth == .true { continue }
            Self.compare(answer, found, &tally, "\(asked) \(document.text())")
        }
        #expect(tally.share(.unknown) < 0.3)
        #expect(tally.share(.true) > 0.05)
        #expect(tally.share(.false) > 0.1)
    }

    /// The union of an identity's documents, within a boundary.
    @Test(arguments: 0..<2) func whatAnIdentityCanDo(seed: Int) {
        var generator = Generator(random: SeededGenerator(seed: UInt64(3_000 + seed)))
        var tally = Tally()
        let holder = Array(Self.callers([Self.own]).prefix(1))
        var round = 0
        while round < Self.rounds {
            let documents = (0..<generator.pick([1, 2, 3])).map { _ in generator.document(named: false) }
            var boundary: JSON?
            if generator.chance(50) { boundary = generator.document(named: false) }
            let text = (documents + [boundary ?? .null]).map { $0.text() }.joined()
            // Conditions on who calls are not of this world.
            if ["aws:Principal", "AWS:Principal", "aws:SourceA"].contains(where: text.contains) { continue }
            round += 1
            let asked = generator.pick(["s3:GetObject", "s3:Put*", "s3:*", "*"])
            let actions = Self.actions.filter { GlobTests.matches(asked[...], $0[...]) }
            let found = Self.requests(
                holder, actions, Self.contexts(Self.holders, for: documents + [boundary ?? .null])
            ) {
                PolicyOracle.allows(documents, boundary: boundary, $0)
            }
            let answer = PolicySet(documents: documents, boundary: boundary)
                .judge(GrantQuery(actions: [asked], conditions: .any), trust: Self.trust)
            Self.compare(answer, found, &tally, "\(asked) \(documents.map { $0.text() }) \((boundary ?? .null).text())")
        }
        #expect(tally.share(.unknown) < 0.25)
        #expect(tally.share(.true) > 0.05)
        #expect(tally.share(.false) > 0.1)
    }

    /// Whether all that strangers could ask for is denied.
    @Test(arguments: 0..<2) func whatIsDenied(seed: Int) {
        var generator = Generator(random: SeededGenerator(seed: UInt64(4_000 + seed)))
        var tally = Tally()
        let strangers = Self.callers([Self.stranger, "anonymous"])
        for _ in 0..<Self.rounds {
            let document = generator.document(named: true, allows: false)
            let asked = generator.pick(["s3:GetObject", "s3:Get*", "s3:*"])
            let isPlain = generator.chance(50)
            let context = isPlain ? ["aws:SecureTransport": "false"] : [:]
            let resource = generator.pick(["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"])
            let actions = Self.actions.filter { GlobTests.matches(asked[...], $0[...]) }
            let found = Self.requests(strangers, actions, Self.contexts(Self.strangers, for: [document])) { request in
                (!isPlain || request.context["aws:securetransport"] != "true")
                    && GlobTests.matches(resource[...], request.resource[...])
                    && !PolicyOracle.denies(document, request)
            }
            let query = GrantQuery(principal: .anyone, actions: [asked], resources: [resource], context: context)
            let answer = PolicySet(documents: [document]).judgeDenies(query, trust: Self.trust)
            tally.add(answer.truth)
            if let found, answer.truth == .true {
                Issue.record("true, but not \(found): \(asked) \(resource) \(document.text())")
            }
            if found == nil, answer.truth == .false {
                Issue.record("false, but all is: \(asked) \(resource) \(document.text())")
            }
        }
        #expect(tally.share(.unknown) < 0.25)
        #expect(tally.share(.true) > 0)
        #expect(tally.share(.false) > 0.1)
    }
}
