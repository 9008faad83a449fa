import AWS
import Collection
import Documents
import Resources
import Testing

/// What manifests can say of parts: of answers, of lists, of what many items share.
extension ManifestFeatureTests {
    private static let taskSets = """
        resource: X::TaskSet
        scanner: s
        list:
          operation: x:DescribeServices
          input: {cluster: cluster, "services[]": service}
          batch: 2
          items: services.taskSets
          of:
            operation: x:ListServices
            input: {cluster: cluster}
            items: services
            name: service
            copy: {service: service}
            of: {operation: x:ListClusters, items: clusters, name: cluster, scope: regional}
        id: Id
        arn: "{Id}"
        keep: [Id]
        """

    private static func services(_ call: String, _ input: JSON) -> ScriptedCaller.Answer {
        switch call {
        case "x:ListClusters": return .success(["clusters": ["a", "b"]])
        case "x:ListServices": return .success(["services": input["cluster"] == "a" ? ["1", "2", "3"] : ["1"]])
        default:
            let cluster = input["cluster"]?.string ?? ""
            let services = (input["services"]?.array ?? []).map { service -> JSON in
                service == "2"
                    ? ["serviceArn": service]
                    : ["serviceArn": service, "taskSets": [["Id": .string("\(cluster)-\(service.string ?? "")")]]]
            }
            return .success(["services": .array(services)])
        }
    }

    @Test func listsOfSeveralItemsAtOnce() async throws {
        let (snapshot, resources, calls) = try await Self.collect(Self.taskSets) { call, input, _ in
            Self.services(call, input)
        }
        #expect(snapshot.gaps.isEmpty)
        #expect(resources.map(\.id) == ["a-1", "a-3", "b-1"])
        // Nobody knows to which of the services an element belongs.
        #expect(resources.map(\.config) == [["Id": "a-1"], ["Id": "a-3"], ["Id": "b-1"]])
        #expect(
            calls.filter { $0.hasPrefix("x:DescribeServices") }.sorted() == [
                #"x:DescribeServices eu-west-1 {"cluster":"a","services":["1","2"]}"#,
                #"x:DescribeServices eu-west-1 {"cluster":"a","services":["3"]}"#,
                #"x:DescribeServices eu-west-1 {"cluster":"b","services":["1"]}"#,
            ])
    }

    @Test func aListOfSeveralThatFailsIsOneGap() async throws {
        let (snapshot, resources, _) = try await Self.collect(Self.taskSets) { call, input, _ in
            call == "x:DescribeServices" && input["cluster"] == "a"
                ? failure("AccessDenied") : Self.services(call, input)
        }
        #expect(resources.map(\.id) == ["b-1"])
        #expect(snapshot.gaps.map(\.code) == ["AccessDenied"])
    }

    private static let tables = """
        resource: X::Table
        scanner: s
        list: {operation: x:List, items: Tables, scope: regional}
        id: Name
        arn: "{Name}"
        keep: [Name]
        attributes:
          Targets: {operation: x:Targets, fixed: {Kind: tables}, items: Targets, key: Id, match: "table/{Name}", many: true, keep: [Size]}
        """

    @Test func oneAnswerTellsSeveralThingsOfAnItem() async throws {
        let (_, resources, calls) = try await Self.collect(Self.tables) { call, _, _ in
            call == "x:List"
                ? .success(["Tables": [["Name": "a"], ["Name": "b"], ["Name": "c"]]])
                : .success([
                    "Targets": [
                        ["Id": "table/a", "Size": 1], ["Id": "table/b", "Size": 2], ["Id": "table/a", "Size": 3],
                        ["Id": "a", "Size": 4],
                    ]
                ])
        }
        #expect(
            resources.map { $0.config["Targets"] } == [[["Size": 1], ["Size": 3]], [["Size": 2]], []])
        #expect(resources.allSatisfy { $0.uncollected.isEmpty })
        #expect(calls.sorted() == [#"x:List eu-west-1 {}"#, #"x:Targets eu-west-1 {"Kind":"tables"}"#])
    }

    @Test(arguments: [
        (ScriptedCaller.Answer.success([:]), "MalformedResponse"), (failure("AccessDenied"), "AccessDenied"),
    ])
    func noAnswerIsNoEmptyList(answer: ScriptedCaller.Answer, code: String) async throws {
        let (_, resources, _) = try await Self.collect(Self.tables) { call, _, _ in
            call == "x:List" ? .success(["Tables": [["Name": "a"]]]) : answer
        }
        #expect(resources.map { $0.config["Targets"] } == [nil])
        #expect(resources.map(\.uncollected) == [["Targets": code]])
    }

    @Test func onlySomeElementsAreKept() async throws {
        let text = """
            resource: X::Environment
            scanner: s
            list: {operation: x:List, items: Environments, scope: regional}
            id: Name
            arn: "{Name}"
            keep: [Name]
            attributes:
              Settings: {operation: x:Get, value: Settings, only: {Options: {Kind: [log, net]}}, keep: [Options.Kind, Options.Value]}
              Properties: {operation: x:Get, value: Settings, only: {Options: {Kind: env}}, keep: [Options.Name, Options.Value]}
            free: {Properties.Options: pairs}
            """
        let (_, resources, calls) = try await Self.collect(text) { call, _, _ in
            call == "x:List"
                ? .success(["Environments": [["Name": "a"]]])
                : .success([
                    "Settings": [
                        [
                            "Options": [
                                ["Kind": "log", "Value": "on"], ["Kind": "db", "Name": "p", "Value": "made-up-1"],
                                ["Kind": "env", "Name": "STAGE", "Value": "test"], ["Value": "of no kind"],
                            ]
                        ]
                    ]
                ])
        }
        let config = try #require(resources.first?.config)
        #expect(config["Settings"] == [["Options": [["Kind": "log", "Value": "on"]]]])
        #expect(ValuePath("Properties.Options.Keys").values(in: config) == ["STAGE"])
        #expect(!config.text().contains("made-up-1"))
        #expect(calls.count == 2)
    }

    @Test func someItemsHaveNothingToAskFor() async throws {
        let text = """
            resource: X::Group
            scanner: s
            list: {operation: x:List, items: Groups, name: Name, scope: regional}
            detail: {operation: x:Describe, input: {Name: Name}}
            id: Name
            arn: "{Name}"
            keep: [Name]
            attributes:
              Version: {operation: x:Version, input: {Id: template.id}, value: Number, when: {template.id: {exists: true}}}
            """
        let (_, resources, calls) = try await Self.collect(text) { call, input, _ in
            switch (call, input["Name"]) {
            case ("x:List", _): .success(["Groups": ["a", "b", "c"]])
            case ("x:Describe", "a"): .success(["template": ["id": "t"]])
            case ("x:Describe", "b"): .success(["template": [:]])
            case ("x:Describe", _): failure("AccessDenied")
            default: .success(["Number": 7])
            }
        }
        #expect(resources.map { $0.config["Version"] } == [7, nil, nil])
        // Whether the last one has a template, nobody knows.
        #expect(resources.map(\.uncollected) == [[:], [:], ["Version": "AccessDenied"]])
        #expect(calls.filter { $0.hasPrefix("x:Version") } == [#"x:Version eu-west-1 {"Id":"t"}"#])
    }
}
