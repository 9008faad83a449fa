import Documents
import TestSupport
import Testing

@testable import Rules

/// Several documents of one identity, and what is not one document.
@Suite struct PolicySetTests {
    private static let everything =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#

    private static func document(_ statements: String...) -> String {
        #"{"Version": "2012-10-17", "Statement": [\#(statements.joined(separator: ","))]}"#
    }

    private static func allow(_ action: String, _ resource: String = "*") -> String {
        #"{"Effect": "Allow", "Action": "\#(action)", "Resource": "\#(resource)"}"#
    }

    private static func deny(_ action: String, _ resource: String = "*", _ condition: String = "{}") -> String {
        #"{"Effect": "Deny", "Action": "\#(action)", "Resource": "\#(resource)", "Condition": \#(condition)}"#
    }

    struct Union: Sendable {
        var documents: [String]
        var boundary: String?
        var truth: Truth
        var action = "iam:CreateUser"
        var resources: [String] = []
    }

    @Test(arguments: [
        Union(documents: [], truth: .false),
        Union(documents: [document(allow("s3:*")), document(allow("iam:*"))], truth: .true),
        Union(documents: [document(allow("s3:*")), document(allow("ec2:*"))], truth: .false),
        Union(documents: [document(allow("iam:*")), document(deny("iam:Create*"))], truth: .false),
        Union(
            documents: [document(allow("iam:*")), document(deny("iam:Create*", "arn:aws:iam::*:user/admin"))],
            truth: .true),
        Union(
            documents: [
                document(allow("iam:*", "arn:aws:iam::*:user/admin")),
                document(deny("iam:Create*", "arn:aws:iam::*:user/a*")),
            ], truth: .false),
        Union(
            documents: [
                document(allow("iam:*")),
                document(deny("iam:*", "*", #"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#)),
            ], truth: .true),
        Union(documents: [everything], boundary: document(allow("s3:*")), truth: .false),
        Union(documents: [everything], boundary: document(allow("iam:*")), truth: .true),
        Union(documents: [document(allow("iam:Create*"))], boundary: document(allow("iam:*User")), truth: .true),
        Union(documents: [everything], boundary: document(allow("*"), deny("iam:*")), truth: .false),
        Union(
            documents: [document(allow("iam:*", "arn:aws:iam::*:user/a*"))],
            boundary: document(allow("*", "arn:aws:iam::*:user/b*")), truth: .false),
        Union(
            documents: [document(allow("iam:*", "arn:aws:iam::*:user/a*"))],
            boundary: document(allow("*", "arn:aws:iam::*:user/*b")), truth: .true),
        Union(documents: [everything], boundary: document(), truth: .false),
        Union(documents: [everything], boundary: #"{"Statement": 1}"#, truth: .unknown),
        Union(documents: [everything], boundary: "null", truth: .true),
        Union(documents: [everything, #""no policy""#], truth: .unknown),
        Union(documents: [document(allow("s3:*")), "7"], truth: .unknown),
        // Resources
        Union(
            documents: [document(allow("iam:*", "arn:aws:iam::*:user/a"))], truth: .true,
            resources: ["arn:aws:iam::111122223333:user/*"]),
        Union(
            documents: [document(allow("iam:*", "arn:aws:iam::*:user/a"))], truth: .false,
            resources: ["arn:aws:iam::111122223333:user/b"]),
        Union(
            documents: [document(allow("iam:*", "arn:aws:iam::*:user/${aws:username}"))], truth: .unknown,
            resources: ["arn:aws:iam::111122223333:user/b"]),
        Union(
            documents: [document(allow("iam:*"), deny("iam:*", "arn:aws:iam::*:user/${aws:username}"))],
            truth: .unknown, resources: ["arn:aws:iam::111122223333:user/b"]),
        // Before 2012 there were no variables.
        Union(
            documents: [
                document(allow("iam:*", "arn:aws:iam::1:user/${aws:username}")).replacing("2012", with: "2008")
            ], truth: .false, resources: ["arn:aws:iam::1:user/b"]),
        Union(
            documents: [#"{"Statement": {"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::*"}}"#],
            truth: .true),
        Union(documents: [#"{"Statement": {"Effect": "Allow", "NotAction": "i*:*", "Resource": "*"}}"#], truth: .false),
        Union(
            documents: [
                document(allow("iam:*")),
                #"{"Statement": {"Effect": "Deny", "NotAction": ["s3:*", "iam:Get*"], "Resource": "*"}}"#,
            ], truth: .false),
        Union(
            documents: [
                document(allow("iam:*")),
                #"{"Statement": {"Effect": "Deny", "NotAction": ["s3:*", "iam:Get*"], "Resource": "*"}}"#,
            ], truth: .true, action: "iam:*"),
        Union(
            documents: [
                document(allow("iam:*")),
                #"{"Statement": {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:iam::*:user/a"}}"#,
            ], truth: .true),
        Union(documents: [document(allow("s3:Get*")), document(deny("s3:G*Object"))], truth: .true, action: "s3:*"),
        Union(
            documents: [document(allow("s3:Get*Object")), document(deny("s3:G*Object"))], truth: .false, action: "s3:*"),
    ])
    func unions(example: Union) throws {
        let set = PolicySet(
            documents: try example.documents.map { try JSON.parse($0) },
            boundary: try example.boundary.map { try JSON.parse($0) })
        let answer = set.judge(
            GrantQuery(actions: [example.action], resources: example.resources), trust: PolicyCase.trust)
        #expect(answer.truth == example.truth, "\(answer.reasons)")
        #expect((answer.truth == .unknown) == !answer.reasons.isEmpty)
    }

    @Test func namesTheStatements() throws {
        let documents = try [
            Self.document(Self.allow("s3:*")),
            Self.document(Self.deny("ec2:*"), Self.allow("iam:Get*"), Self.allow("iam:*")),
            Self.everything,
        ].map { try JSON.parse($0) }
        let answer = PolicySet(documents: documents).judge(GrantQuery(actions: ["iam:CreateUser"]))
        #expect(
            answer.statements == [
                PolicyAnswer.Place(document: 1, statement: 2), PolicyAnswer.Place(document: 2, statement: nil),
            ])
    }

    // MARK: Forms

    /// The same policy, however it is written.
    @Test(arguments: [
        #"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        #"{"Statement": {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["S3:getOBJECT"], "Resource": ["*"]}}"#,
        #"{"Version": "2008-10-17", "Id": "x", "Statement": {"Sid": "", "Effect": "Allow", "Principal": ["*"], "Action": "s3:Get?bject", "Resource": "*", "Condition": {}}}"#,
        #""{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}""#,
        #""  {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}\n""#,
        #""%7B%22Statement%22%3A%20%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22%2A%22%2C%22Action%22%3A%22s3%3a%2a%22%2C%22Resource%22%3A%22*%22%7d%7D""#,
        #"{"Statement": {"Effect": "Allow", "Principal": "*", "NotAction": "ec2:*", "NotResource": "arn:aws:s3:::other/*"}}"#,
        #"{"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*"}}"#,
    ])
    func forms(text: String) throws {
        let query = GrantQuery(principal: .anyone, actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/x"])
        #expect(PolicySet(documents: [try JSON.parse(text)]).judge(query).truth == .true)
    }

    /// What cannot be read is unknown, and says why; where it cannot matter, it does not.
    @Test(arguments: [
        ("{}", "no `Statement`"), ("[]", "a map, not a list"), ("null", "a map, not null"), ("1", "not an integer"),
        (#""text""#, "not JSON"), (#""%7B%2""#, "not JSON"), (#""%zz""#, "not JSON"), (#""""#, "not JSON"),
        (#"{"Version": "2015-10-17", "Statement": []}"#, "`Version` is `2015-10-17`"),
        (#"{"Version": 2012, "Statement": []}"#, "`Version` is an integer"),
        (#"{"Statement": [], "Statements": []}"#, "`Statements` is not known"),
        (#"{"statement": []}"#, "`statement` is not known"),
        (#"{"Statement": [1]}"#, "a statement is a map"), (#"{"Statement": "x"}"#, "a statement is a map"),
        (statement(#""Effect": "allow", "Principal": "*", "Action": "*", "Resource": "*""#), "`Effect` is `allow`"),
        (statement(#""Principal": "*", "Action": "*", "Resource": "*""#), "`Effect` is missing"),
        (statement(#""Effect": "Allow", "Principal": "*", "Resource": "*""#), "no `Action`"),
        (statement(#""Effect": "Allow", "Principal": "*", "Action": [], "Resource": "*""#), "`Action` is neither"),
        (statement(#""Effect": "Allow", "Principal": "*", "Action": [["*"]], "Resource": "*""#), "`Action` is neither"),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "GetObject", "Resource": "*""#),
            "`Action` holds `GetObject`"
        ),
        (statement(#""Effect": "Allow", "Principal": "*", "Action": "s3:Get:x", "Resource": "*""#), "`Action` holds"),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "NotAction": "ec2:*", "Resource": "*""#),
            "both `Action` and `NotAction`"
        ),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "NotResource": "*""#),
            "both `Resource`"
        ),
        (
            statement(#""Effect": "Allow", "Principal": "*", "NotPrincipal": "*", "Action": "*", "Resource": "*""#),
            "both `Principal`"
        ),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": ["*", 1]"#),
            "`Resource` is neither"
        ),
        (statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": """#), "`Resource` holds"),
        (statement(#""Effect": "Allow", "Principal": {}, "Action": "*", "Resource": "*""#), "`Principal` names nobody"),
        (statement(#""Effect": "Allow", "Principal": null, "Action": "*", "Resource": "*""#), "`Principal` is null"),
        (
            statement(#""Effect": "Allow", "Principal": {"AWS": 1}, "Action": "*", "Resource": "*""#),
            "`Principal` holds"
        ),
        (
            statement(#""Effect": "Allow", "Principal": {"Robot": "x"}, "Action": "*", "Resource": "*""#),
            "kind of principal `Robot`"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::*:root"}, "Action": "*", "Resource": "*""#),
            "of no known form"
        ),
        (
            statement(#""Effect": "Allow", "Principal": {"AWS": "everyone"}, "Action": "*", "Resource": "*""#),
            "of no known form"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": {"Service": "*.amazonaws.com"}, "Action": "*", "Resource": "*""#),
            "of no known form"
        ),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Unless": {}"#),
            "`Unless` is not known"
        ),
        (
            statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": "x""#),
            "`Condition` is a string"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": 1}"#),
            "holds an integer"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": null}}"#
            ), "a value that is no text"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": []}}"#
            ), "a value that is no text"
        ),
        (
            statement(
                #""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"NullIfExists": {"s3:prefix": "true"}}"#
            ), "operator `NullIfExists`"
        ),
    ])
    func faults(text: String, reason: String) throws {
        let query = GrantQuery(principal: .anyone, actions: ["s3:GetObject"])
        let json = try JSON.parse(text)
        let answer = PolicySet(documents: [json]).judge(query)
        #expect(answer.truth == .unknown)
        #expect(answer.reasons.contains { $0.contains(reason) }, "\(answer.reasons)")
        #expect(PolicyDocument(json) == nil)
        // Whoever is asked for.
        for principal in GrantQuery.Principal.allCases {
            let query = GrantQuery(principal: principal, actions: ["s3:GetObject"])
            #expect(PolicySet(documents: [json]).judge(query, trust: PolicyCase.trust).truth != .false)
        }
        let admin = PolicySet(documents: [json]).judgeAdministration()
        #expect(admin.truth != .true)
        // A fault in what could deny makes a grant unknown, too.
        let open = try JSON.parse(
            Self.statement(#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*""#))
        let denied = try JSON.parse(text.replacing(#""Effect": "Allow""#, with: #""Effect": "Deny""#))
        #expect(PolicySet(documents: [open, denied]).judge(query).truth == .unknown)
    }

    private static func statement(_ members: String) -> String { #"{"Statement": {\#(members)}}"# }

    @Test(arguments: [
        #""Effect": "Allow", "Principal": {"AWS": "everyone"}, "Action": "ec2:*", "Resource": "*""#,
        #""Effect": "Deny", "Principal": {"AWS": "everyone"}, "Action": "s3:*", "Resource": "*""#,
        #""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*", "Unless": {}"#,
        #""Effect": "Allow", "Principal": "*", "Action": "GetObject", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}"#,
    ])
    func faultsWhereTheyCannotMatter(members: String) throws {
        let query = GrantQuery(principal: .anyone, actions: ["s3:GetObject"])
        #expect(PolicySet(documents: [try JSON.parse(Self.statement(members))]).judge(query).truth == .false)
    }

    // MARK: Hostile documents

    @Test func hugeAndDeepDocumentsEnd() throws {
        let time = ThreadTime()
        func document(_ count: Int, _ length: Int) -> JSON {
            let stars = String(repeating: "a*", count: length / 2)
            let actions = JSON.array((0..<count).map { .string("s3:\(stars)\($0)b") })
            let resources = JSON.array((0..<count).map { .string("arn:aws:s3:::\(stars)\($0)") })
            let texts = JSON.array((0..<count).map { .string("o-\(stars)\($0)") })
            func statement(_ effect: String) -> JSON {
                [
                    "Effect": .string(effect), "Principal": "*", "Action": actions, "Resource": resources,
                    "Condition": ["StringLike": ["aws:PrincipalOrgID": texts, "s3:prefix": texts]],
                ]
            }
            return ["Statement": .array((0..<20).map { statement($0 % 2 == 0 ? "Allow" : "Deny") })]
        }
        try Self.withinLimits(PolicySet(documents: [document(2, 3_000)]))
        try Self.withinLimits(PolicySet(documents: [document(60, 40)]))
        try Self.withinLimits(PolicySet(documents: [document(1_000, 4)]))
        try Self.withinLimits(PolicySet(documents: [document(4_000, 3_000)]))
        var deep: JSON = "*"
        for _ in 0..<200 { deep = ["Statement": deep] }
        #expect(PolicySet(documents: [deep]).judge(GrantQuery(actions: ["*"])).truth == .unknown)
        let many: JSON = ["Statement": .array((0..<10_000).map { _ in ["Effect": "Allow", "Action": "s3:*"] })]
        #expect(PolicySet(documents: [many]).judge(GrantQuery(actions: ["*"])).truth == .unknown)
        #expect(time.passed < .seconds(60))
    }

    private static func withinLimits(_ set: PolicySet) throws {
        for action in ["s3:GetObject", "s3:a*", "*"] {
            for principal in [GrantQuery.Principal.anyone, .external] {
                let query = GrantQuery(principal: principal, actions: [action], resources: ["arn:aws:s3:::a*a*a*"])
                let answer = set.judge(query)
                #expect(answer.reasons.count <= 16)
                #expect((answer.truth == .unknown) == !answer.reasons.isEmpty)
                #expect(set.judgeDenies(query).reasons.count <= 16)
            }
        }
        #expect(set.judgeAdministration().truth != .true)
        #expect(set.judgePrivilegeEscalation().truth != .true)
    }

    /// Text of a policy reaches reports short and harmless.
    @Test func reasonsAreHarmless() throws {
        let name = "\u{1B}[31m\u{202E}" + String(repeating: "x", count: 500)
        let document: JSON = [
            "Statement": [
                "Effect": "Allow", "Principal": "*", "Action": "s3:*",
                "Condition": ["StringEquals": .object([name: "1"])],
            ]
        ]
        let answer = PolicySet(documents: [document]).judge(GrantQuery(principal: .anyone, actions: ["s3:*"]))
        #expect(answer.truth == .unknown)
        #expect(answer.reasons.allSatisfy { $0.count < 200 && !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
    }
}
