import AWS
import Collection
import Documents
import Resources
import Synchronization
import Testing

/// Answers that tell of all items at once, and what to take of them.
@Suite struct ManifestBulkTests {
    private static func collect(
        _ text: String, _ script: @escaping @Sendable (String, JSON, String) -> ScriptedCaller.Answer
    ) async throws -> (snapshot: Snapshot, resources: [Resource], calls: [String]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "manifests/x.yaml", text: text))
        let parsed = Manifest.parse(&diagnostics)
        let manifest = try #require(parsed, "\(diagnostics.found.map { $0.text() }.joined())")
        let catalog = ResourceCatalog([ResourceType(manifest: manifest, schema: .any)])
        let plan = CollectionPlan(catalog: catalog, scanners: ["s"], dependencies: Fixtures.noDependencies)
        let caller = ScriptedCaller(script)
        let snapshot = await Fixtures.collect(plan, caller, regions: ["eu-west-1"])
        return (snapshot, snapshot.resources[manifest.type] ?? [], caller.calls)
    }

    private static let groups = """
        resource: X::Group
        scanner: s
        lists:
          - {operation: x:ListGroups, items: Groups, scope: global}
          - {operation: x:ListShared, items: Groups, id: Arn, scope: global, when: {Uses: {not: 0}}}
        id: Name
        arn: "{Arn}"
        keep: [Name, Arn]
        attributes:
          Users: {operation: x:GetAll, items: Users, key: Groups, match: Name, many: true, keep: [UserName]}
          Names: {operation: x:GetAll, items: Users, key: Groups, match: Name, many: true, value: UserName}
          Owner: {operation: x:GetAll, items: Owners, key: Of, match: "arn:{partition}:{account}:{Name}", value: Who}
          Document:
            {operation: x:GetAll, items: Details, key: Name, value: Versions, pick: {where: {Default: true}, value: Text}}
          Inline: {operation: x:GetAll, items: Details, key: Name, value: Inline, omits_empty: true}
        tags: {operation: x:GetAll, items: Details, key: Name, value: Tags}
        """

    private static let all: JSON = [
        "Users": [["UserName": "ann", "Groups": ["a", "b"], "Secret": 1], ["UserName": "bob", "Groups": ["b"]]],
        "Owners": [["Of": "arn:aws:111122223333:a", "Who": "eve"]],
        "Details": [
            [
                "Name": "a", "Inline": ["p"], "Tags": [["Key": "k", "Value": "v"]],
                "Versions": [["Default": false, "Text": "old"], ["Default": true, "Text": "new"]],
            ],
            ["Name": "b", "Versions": [["Default": true, "Text": "1"], ["Default": true, "Text": "2"]]],
            ["Name": "c", "Versions": [["Default": false, "Text": "1"]]],
        ],
    ]

    private static func group(_ name: String, uses: JSON = .null) -> JSON {
        ["Name": .string(name), "Arn": .string("arn:\(name)"), "Uses": uses]
    }

    @Test func elementsAreSharedOutAmongItems() async throws {
        let (_, resources, calls) = try await Self.collect(Self.groups) { call, _, _ in
            switch call {
            case "x:ListGroups": .success(["Groups": [Self.group("a"), Self.group("b"), Self.group("c")]])
            case "x:ListShared": .success(["Groups": []])
            default: .success(Self.all)
            }
        }
        #expect(calls.filter { $0.hasPrefix("x:GetAll") }.count == 1, "one call for all items")
        #expect(
            resources.map { $0.config["Users"] } == [
                [["UserName": "ann"]], [["UserName": "ann"], ["UserName": "bob"]], [],
            ])
        #expect(resources.map { $0.config["Names"] } == [["ann"], ["ann", "bob"], []])
        #expect(resources.map { $0.config["Owner"] } == ["eve", nil, nil])
        #expect(resources.map { $0.config["Inline"] } == [["p"], [], []])
        #expect(resources.map(\.tags) == [["k": "v"], [:], [:]])
        // Which of several versions counts is not guessed.
        #expect(resources.map { $0.config["Document"] } == ["new", nil, nil])
        #expect(resources.map { $0.uncollected["Document"] } == [nil, "MalformedResponse", "MalformedResponse"])
        #expect(resources.map { $0.uncollected["Owner"] } == [nil, "NotReturned", "NotReturned"])
    }

    @Test func listsHaveIdentifiersOfTheirOwn() async throws {
        let (_, resources, _) = try await Self.collect(Self.groups) { call, _, _ in
            switch call {
            case "x:ListGroups": .success(["Groups": [Self.group("a")]])
            case "x:ListShared":
                .success(["Groups": [Self.group("a", uses: 1), Self.group("b", uses: 0), Self.group("c")]])
            default: .success(Self.all)
            }
        }
        // A member that is missing has no value, and so no other one either.
        #expect(resources.map(\.id).sorted() == ["a", "arn:a"])
    }

    @Test func anAnswerWithoutTheListIsNone() async throws {
        let (_, resources, _) = try await Self.collect(Self.groups) { call, _, _ in
            switch call {
            case "x:ListGroups": .success(["Groups": [Self.group("a")]])
            case "x:ListShared": .success(["Groups": []])
            default: .success(["Details": []])
            }
        }
        #expect(resources.first?.config["Users"] == nil)
        #expect(
            resources.first?.uncollected == [
                "Users": "MalformedResponse", "Names": "MalformedResponse", "Owner": "MalformedResponse",
                "Document": "NotReturned", "Inline": "NotReturned", "tags": "NotReturned",
            ])
    }

    @Test func deniedForOneIsDeniedForAll() async throws {
        let (_, resources, _) = try await Self.collect(Self.groups) { call, _, _ in
            switch call {
            case "x:ListGroups": .success(["Groups": [Self.group("a")]])
            case "x:ListShared": .success(["Groups": []])
            default: failure("AccessDenied")
            }
        }
        #expect(Set(resources.first?.uncollected.values ?? [:].values) == ["AccessDenied"])
        #expect(
            resources.first?.uncollected.keys.sorted() == ["Document", "Inline", "Names", "Owner", "Users", "tags"])
    }

    /// The first answer says that it has begun; the one after it, that it is done.
    @Test func whatIsMadeReadyIsAskedForAnew() async throws {
        let text = """
            resource: X::Report
            scanner: s
            list: {operation: x:List, items: Things, scope: global}
            id: Name
            arn: "{Name}"
            keep: [Name]
            attributes:
              One: {operation: x:Get, after: {operation: x:Make, until: {State: DONE}}, value: Content}
              Two: {operation: x:Get, after: {operation: x:Make, until: {State: DONE}}, value: Content}
            """
        let asked = Counter()
        let (_, resources, calls) = try await Self.collect(text) { call, _, _ in
            switch call {
            case "x:List": .success(["Things": [["Name": "a"], ["Name": "b"]]])
            case "x:Make": .success(["State": asked.next() > 1 ? "DONE" : "STARTED"])
            default: .success(["Content": "c"])
            }
        }
        #expect(resources.map { $0.config["Two"] } == ["c", "c"])
        #expect(calls.filter { $0.hasPrefix("x:Make") }.count == 2)
        #expect(calls.filter { $0.hasPrefix("x:Get") }.count == 1)
    }

    @Test(arguments: [
        ("Macie is not enabled.", nil), ("User: a is not authorized to perform: x:Get", "AccessDenied"),
        ("", "AccessDenied"),
    ])
    func oneCodeForTwoThings(message: String, gap: String?) async throws {
        let text = """
            resource: X::Session
            scanner: s
            list: {operation: x:Get, items: ., scope: regional, absent: ["AccessDenied: Macie is not enabled"]}
            id: "{account}"
            arn: "arn:{account}"
            keep: [status]
            """
        let (snapshot, resources, _) = try await Self.collect(text) { _, _, _ in
            .failure(AWSError("AccessDenied", message, kind: .denied))
        }
        #expect(resources.isEmpty)
        #expect(snapshot.gaps.map(\.code) == [gap].compactMap { $0 })
        let (_, sessions, _) = try await Self.collect(text) { _, _, _ in .success(["status": "ENABLED"]) }
        #expect(sessions.map(\.id) == ["111122223333"])
        #expect(sessions.first?.config == ["status": "ENABLED"])
    }

    @Test(
        arguments: [
            ("a,true", ["user": "a", "mfa": true]), (#""a,b",true"#, ["user": "a,b", "mfa": true]),
            (#""a ""x"" b",false"#, ["user": #"a "x" b"#, "mfa": false]), (#""",true"#, ["mfa": true]),
            ("a,b,true", nil),
        ] as [(String, JSON?)])
    func cellsInQuotes(line: String, row: JSON?) async throws {
        let text = """
            resource: X::Report
            scanner: s
            list: {operation: x:List, items: Things, scope: global}
            id: Name
            arn: "{Name}"
            keep: [Name]
            attributes:
              Row: {operation: x:Report, value: Content, parse: {csv: {user: text, mfa: boolean}}}
            """
        let (_, resources, _) = try await Self.collect(text) { call, _, _ in
            call == "x:List"
                ? .success(["Things": [["Name": "n"]]])
                : .success(["Content": .string(Base64.encode(Array("user,mfa\n\(line)\n".utf8)))])
        }
        #expect(resources.first?.config["Row"]?[0] == row)
        #expect(resources.first?.uncollected["Row"] == (row == nil ? "MalformedResponse" : nil))
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
