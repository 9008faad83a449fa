import Documents
import Testing

@testable import Rules

@Suite struct GrantQueryParserTests {
    private static func parse(_ text: String) throws -> (query: GrantQuery?, found: [Diagnostic]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "rule.yaml", text: text))
        let node = try #require(YAMLReader.read(&diagnostics))
        return (GrantQueryParser.parse(node, operator: "allows", &diagnostics), diagnostics.found)
    }

    @Test func readsEverything() throws {
        let (query, found) = try Self.parse(
            """
            principal: external
            actions: ["s3:GetObject", "s3:Put*", "*"]
            resources: ["arn:aws:s3:::b/*", "*"]
            conditions: any
            lacks: [aws:SourceArn, "token.actions.githubusercontent.com:sub", "s3:prefix", AWS:sourceIP]
            context: {"aws:SecureTransport": false, sts:ExternalId: 12}
            """)
        #expect(found.isEmpty)
        let read = try #require(query)
        #expect(read.principal == .external && read.named.isEmpty && read.conditions == .any)
        #expect(read.actions == ["s3:GetObject", "s3:Put*", "*"] && read.resources == ["arn:aws:s3:::b/*", "*"])
        #expect(read.lacks.count == 4)
        #expect(read.context == ["aws:SecureTransport": "false", "sts:ExternalId": "12"])
    }

    @Test(arguments: [
        "arn:aws:iam::111122223333:role/*", "111122223333", "012345678901", "lambda.amazonaws.com",
        "arn:aws:iam::*:root",
    ])
    func readsNames(name: String) throws {
        let (query, found) = try Self.parse(
            "{principal: [\(name.contains("*") ? "'\(name)'" : name)], actions: ['s3:*']}")
        #expect(found.isEmpty)
        #expect(query?.named == [name] && query?.principal == nil)
    }

    @Test func defaults() throws {
        let (query, found) = try Self.parse("{actions: ['iam:*']}")
        #expect(found.isEmpty)
        #expect(query?.principal == nil && query?.conditions == .notRestricting && query?.lacks == [])
    }

    @Test(
        arguments: [
            ("[]", "`allows` must be a map, not a list", nil), ("{}", "needs the key `actions`", nil),
            ("{actions: []}", "`actions` names no action", nil),
            ("{actions: s3:Get}", "must be a list, not a string", "write [\"s3:Get\"]"),
            ("{actions: [[a]]}", "must hold text, not a list", nil),
            ("{actions: ['']}", "must hold text, not empty text", nil),
            ("{actions: [GetObject]}", "`GetObject` names no service", "s3:GetObject"),
            ("{actions: ['s3*']}", "`s3*` names no service", "s3:s3*"),
            ("{actions: ['s3:a:b']}", "names no service", "one colon"),
            ("{actions: ['s3:']}", "`s3:` is no action", "service:Action"),
            ("{actions: ['s3:Get Object']}", "is no action", nil),
            ("{actions: ['*:Get*']}", "wildcard in the service", "name the service"),
            ("{actions: ['s?:GetObject']}", "wildcard in the service", nil),
            ("{actions: ['s3:*'], resources: []}", "`resources` names no resource", nil),
            ("{actions: ['s3:*'], resources: [b]}", "`b` is no resource", "write an ARN"),
            ("{actions: ['s3:*'], resources: ['arn:aws:s3:b']}", "is no resource", "six parts"),
            ("{actions: ['s3:*'], principal: everyone}", "`principal` cannot be `everyone`", "or a list of ARNs"),
            ("{actions: ['s3:*'], principal: anyon}", "cannot be `anyon`", "did you mean `anyone`?"),
            ("{actions: ['s3:*'], principal: {a: b}}", "cannot be a map", nil),
            ("{actions: ['s3:*'], principal: []}", "`principal` names no principal", nil),
            ("{actions: ['s3:*'], principal: [anyone]}", "`anyone` stands alone", "principal: anyone"),
            ("{actions: ['s3:*'], principal: ['*']}", "no principal's name", "principal: anyone"),
            ("{actions: ['s3:*'], principal: [1234]}", "`1234` is no principal", "twelve digits"),
            ("{actions: ['s3:*'], principal: [bob]}", "`bob` is no principal", "write an ARN"),
            ("{actions: ['s3:*'], principal: ['arn:aws:iam']}", "is no ARN", "six parts"),
            (
                "{actions: ['s3:*'], conditions: some}", "`conditions` cannot be `some`",
                "one of: any, none, not_restricting"
            ),
            ("{actions: ['s3:*'], lacks: []}", "`lacks` names no condition key", nil),
            (
                "{actions: ['s3:*'], lacks: [aws:SourceArm]}", "no condition key `aws:SourceArm`",
                "did you mean `aws:SourceArn`?"
            ),
            ("{actions: ['s3:*'], lacks: [SourceArn]}", "no condition key `SourceArn`", nil),
            ("{actions: ['s3:*'], lacks: [sub]}", "no condition key `sub`", "has a prefix"),
            ("{actions: ['s3:*'], lacks: ['s3:']}", "no condition key `s3:`", nil),
            ("{actions: ['s3:*'], lacks: ['example.com:nothing']}", "no condition key", nil),
            ("{actions: ['s3:*'], context: []}", "`context` takes a map", nil),
            ("{actions: ['s3:*'], context: {}}", "an empty one", nil),
            ("{actions: ['s3:*'], context: {aws:SecureTransport: [a]}}", "one value for each", nil),
            (
                "{actions: ['s3:*'], context: {aws:SecureTransprt: a}}", "no condition key",
                "did you mean `aws:SecureTransport`?"
            ),
            ("{actions: ['s3:*'], principle: anyone}", "no key `principle`", "did you mean `principal`?"),
        ] as [(String, String, String?)])
    func saysWhatIsWrong(text: String, message: String, help: String?) throws {
        let (query, found) = try Self.parse(text)
        let errors = found.filter { $0.severity == .error }
        let fault = try #require(errors.first { $0.message.contains(message) }, "\(found.map(\.message))")
        #expect(errors.count == 1)
        #expect(fault.span != nil)
        if let help { #expect(fault.help?.contains(help) == true, "\(fault.help ?? "")") }
        if !message.contains("no key") { #expect(query == nil) }
    }

    @Test func warnsOfWhatIsSaidTwice() throws {
        let (query, found) = try Self.parse("{actions: ['s3:*'], conditions: none, lacks: [aws:SourceArn]}")
        #expect(query != nil)
        #expect(found.map(\.severity) == [.warning])
    }

    /// What stands in the table is found, by any case, and its names are AWS's.
    @Test(arguments: ConditionKeys.all.map(\.name).filter { $0.contains(":") })
    func findsKeys(name: String) throws {
        let key = try #require(ConditionKeys.key(PolicyDocument.folded(name)))
        #expect(key.name == name)
    }
}
