import AWS
import Collection
import Documents
import Resources
import Testing

/// What manifests can say of how items come about.
@Suite struct ManifestFeatureTests {
    static func collect(
        _ text: String, regions: [String] = ["eu-west-1"],
        _ script: @escaping @Sendable (String, JSON, String) -> ScriptedCaller.Answer
    ) async throws -> (snapshot: Snapshot, resources: [Resource], calls: [String]) {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "manifests/x.yaml", text: text))
        let parsed = Manifest.parse(&diagnostics)
        let manifest = try #require(parsed, "\(diagnostics.found.map { $0.text() }.joined())")
        let catalog = ResourceCatalog([ResourceType(manifest: manifest, schema: .any)])
        let plan = CollectionPlan(catalog: catalog, scanners: ["s"], dependencies: Fixtures.noDependencies)
        let caller = ScriptedCaller(script)
        let snapshot = await Fixtures.collect(plan, caller, regions: regions)
        return (snapshot, snapshot.resources[manifest.type] ?? [], caller.calls)
    }

    private static let services = """
        resource: X::Service
        scanner: s
        list:
          operation: x:ListServices
          input: {cluster: clusterArn}
          items: serviceArns
          name: serviceArn
          of: {operation: x:ListClusters, items: clusterArns, name: clusterArn, scope: regional, copy: {clusterName: clusterArn}}
        detail: {operation: x:DescribeServices, input: {cluster: clusterArn, "services[]": serviceArn}, batch: 2, value: services, key: serviceArn}
        id: "{clusterName}/{serviceArn}"
        arn: "{serviceArn}"
        keep: [serviceArn, status]
        """

    /// Clusters a and b; a has three services, of which AWS keeps quiet about one.
    private static func cluster(_ call: String, _ input: JSON) -> ScriptedCaller.Answer {
        switch call {
        case "x:ListClusters": return .success(["clusterArns": ["a", "b"]])
        case "x:ListServices":
            return .success(["serviceArns": input["cluster"] == "a" ? ["1", "2", "3"] : ["1"]])
        default:
            let names = (input["services"]?.array ?? []).filter { $0 != "2" }
            return .success(
                ["services": .array(names.map { ["serviceArn": $0, "status": "ACTIVE", "secret": "x"] })])
        }
    }

    @Test func listsBehindListsAndBatches() async throws {
        let (snapshot, resources, calls) = try await Self.collect(Self.services) { call, input, _ in
            Self.cluster(call, input)
        }
        #expect(snapshot.gaps.isEmpty)
        #expect(resources.map(\.id) == ["a/1", "a/2", "a/3", "b/1"])
        #expect(resources.map { $0.config["status"]?.string } == ["ACTIVE", nil, "ACTIVE", "ACTIVE"])
        // Of what AWS keeps quiet about, nothing is known.
        #expect(resources.map(\.uncollected) == [[:], ["status": "NotReturned"], [:], [:]])
        #expect(resources.first?.config["clusterName"] == "a")
        #expect(resources.first?.config["secret"] == nil)
        let batches = calls.filter { $0.hasPrefix("x:DescribeServices") }.sorted()
        #expect(
            batches == [
                #"x:DescribeServices eu-west-1 {"cluster":"a","services":["1","2"]}"#,
                #"x:DescribeServices eu-west-1 {"cluster":"a","services":["3"]}"#,
                #"x:DescribeServices eu-west-1 {"cluster":"b","services":["1"]}"#,
            ])
    }

    @Test func aListThatFailsBelowIsOneGap() async throws {
        let (snapshot, resources, _) = try await Self.collect(Self.services) { call, input, _ in
            call == "x:ListServices" && input["cluster"] == "a" ? failure("AccessDenied") : Self.cluster(call, input)
        }
        #expect(resources.map(\.id) == ["b/1"])
        #expect(
            snapshot.gaps == [
                CollectionGap(
                    type: "X::Service", region: "eu-west-1", operation: "x:ListServices", code: "AccessDenied")
            ])
    }

    @Test func aBatchThatFailsLeavesTheItems() async throws {
        let (_, resources, _) = try await Self.collect(Self.services) { call, input, _ in
            call == "x:DescribeServices" && input["cluster"] == "a"
                ? failure("AccessDenied") : Self.cluster(call, input)
        }
        #expect(
            resources.map(\.uncollected)
                == [[:], [:], [:], [:]].enumerated().map { index, _ in
                    index < 3 ? ["status": "AccessDenied"] : [:]
                })
    }

    private static let tables = """
        resource: X::Table
        scanner: s
        list: {operation: x:ListTables, items: TableNames, name: TableName, scope: regional}
        detail: {operation: x:DescribeTable, input: {TableName: TableName}, value: Table}
        id: TableId
        arn: "arn:{partition}:x:{region}:{account}:{TableId}"
        keep: [TableName, TableId]
        attributes:
          Rotation: {operation: x:GetRotation, input: {Id: TableId}, value: On, when: {Kind: [CUSTOMER, OWN]}}
        """

    @Test func detailsBecomeTheItem() async throws {
        let (snapshot, resources, calls) = try await Self.collect(Self.tables) { call, input, _ in
            switch call {
            case "x:ListTables": return .success(["TableNames": ["t", "u", "v"]])
            case "x:DescribeTable":
                if input["TableName"] == "v" { return failure("AccessDenied") }
                let kind: JSON = input["TableName"] == "t" ? "CUSTOMER" : "AWS"
                return .success(["Table": ["TableId": .string("id-\(input["TableName"]?.string ?? "")"), "Kind": kind]])
            default: return .success(["On": true])
            }
        }
        #expect(
            resources.map(\.arn) == ["arn:aws:x:eu-west-1:111122223333:id-t", "arn:aws:x:eu-west-1:111122223333:id-u"])
        #expect(resources.map { $0.config["Rotation"] } == [true, nil])
        #expect(calls.filter { $0.hasPrefix("x:GetRotation") }.count == 1)
        // Only the detail would have told what it is.
        #expect(
            snapshot.gaps == [
                CollectionGap(
                    type: "X::Table", region: "eu-west-1", operation: "x:DescribeTable", code: "AccessDenied")
            ])
    }

    private static let roles = """
        resource: X::Role
        scanner: s
        list: {operation: x:ListRoles, items: Roles, scope: global, when: {Kind: own}}
        id: Name
        arn: "{Name}"
        keep: [Name]
        attributes:
          Policies: {operation: x:GetAll, fixed: {Filter: [Role], Account: "{account}"}, items: RoleDetails, key: RoleName, match: Name, value: Policies}
          Report:
            operation: x:GetReport
            after: {operation: x:MakeReport, until: {State: COMPLETE}}
            items: Content
            parse: {csv: {user: text, mfa: boolean, used: timestamp}}
            key: user
            match: Name
        """

    @Test func oneAnswerTellsOfAllItems() async throws {
        let report = "user,mfa,other,used\na,true,1,2026-01-01T00:00:00+00:00\nb,FALSE,2,N/A\n"
        let (_, resources, calls) = try await Self.collect(Self.roles) { call, _, _ in
            switch call {
            case "x:ListRoles":
                .success([
                    "Roles": ["a", "b", "c"].map { ["Name": .string($0), "Kind": $0 == "x" ? "other" : "own"] }.json
                ])
            case "x:GetAll": .success(["RoleDetails": [["RoleName": "a", "Policies": ["p"]], ["RoleName": "b"]]])
            case "x:MakeReport": .success(["State": "COMPLETE"])
            default: .success(["Content": .string(Base64.encode(Array(report.utf8)))])
            }
        }
        #expect(resources.map { $0.config["Policies"] } == [["p"], nil, nil])
        #expect(resources.map { $0.uncollected["Policies"] } == [nil, nil, "NotReturned"])
        #expect(
            resources.map { $0.config["Report"] } == [
                ["user": "a", "mfa": true, "used": "2026-01-01T00:00:00Z"], ["user": "b", "mfa": false], nil,
            ])
        #expect(resources.map { $0.uncollected["Report"] } == [nil, nil, "NotReturned"])
        #expect(calls.count == 4, "\(calls)")
        #expect(calls.contains(#"x:GetAll us-east-1 {"Account":"111122223333","Filter":["Role"]}"#))
    }

    @Test(arguments: [("", "MalformedResponse"), ("dXNlcgo=", "MalformedResponse")])
    func tablesThatAreNone(content: String, code: String) async throws {
        let (_, resources, _) = try await Self.collect(Self.roles) { call, _, _ in
            switch call {
            case "x:ListRoles": .success(["Roles": [["Name": "a", "Kind": "own"], ["Name": "b", "Kind": "other"]]])
            case "x:MakeReport": .success(["State": "COMPLETE"])
            default: .success(["RoleDetails": [], "Content": .string(content)])
            }
        }
        #expect(resources.map(\.id) == ["a"])
        #expect(resources.first?.uncollected == ["Policies": "NotReturned", "Report": code])
    }

    @Test func whatCannotBePreparedIsSaid() async throws {
        let (_, resources, calls) = try await Self.collect(Self.roles) { call, _, _ in
            switch call {
            case "x:ListRoles": .success(["Roles": [["Name": "a", "Kind": "own"]]])
            case "x:MakeReport": failure("AccessDenied")
            default: .success(["RoleDetails": []])
            }
        }
        #expect(resources.first?.uncollected["Report"] == "AccessDenied")
        #expect(!calls.contains { $0.hasPrefix("x:GetReport") })
    }

    @Test(arguments: [("", "MalformedResponse"), ("omits_empty: true, ", nil)])
    func anEmptyListThatIsLeftOut(option: String, code: String?) async throws {
        let text = Self.tables.replacing("scope: regional}", with: "\(option)scope: regional}")
        let (snapshot, _, _) = try await Self.collect(text) { _, _, _ in .success([:]) }
        #expect(snapshot.gaps.map(\.code) == [code].compactMap { $0 })
    }

    private static let zones = """
        resource: X::Zone
        scanner: s
        lists:
          - {operation: x:ListZones, fixed: {Scope: OWN}, items: Zones, set: {Scope: OWN}, last: [Id], unless: {Engine: [other, "*-like"]}, scope: regional}
          - {operation: x:ListZones, fixed: {Scope: FAR}, items: Zones, set: {Scope: FAR}, scope: global, home: {aws: us-west-2}}
        id: Id
        arn: "{Id}"
        keep: [Id, Scope]
        attributes: {Zone: {operation: x:GetZone, input: {Id: Id, Scope: Scope}, value: Zone}}
        """

    @Test func whatListsSayOfTheirItems() async throws {
        let (_, resources, calls) = try await Self.collect(Self.zones) { call, input, _ in
            switch (call, input["Scope"]) {
            case ("x:ListZones", "OWN"):
                .success([
                    "Zones": [
                        ["Id": "/zone/a", "Engine": "own"], ["Id": "/zone/b", "Engine": "other"], ["Id": "c"],
                        ["Id": "e", "Engine": "own-like"], ["Id": "f", "Engine": "like"],
                    ]
                ])
            case ("x:ListZones", _): .success(["Zones": [["Id": "/zone/d", "Engine": "other"]]])
            default: .success(["Zone": input["Id"] ?? .null])
            }
        }
        let inOrder = resources.sorted { $0.arn < $1.arn }
        #expect(inOrder.map(\.id) == ["/zone/d", "a", "c", "f"])
        #expect(inOrder.map { $0.config["Scope"] } == ["FAR", "OWN", "OWN", "OWN"])
        #expect(inOrder.map { $0.config["Zone"] } == ["/zone/d", "a", "c", "f"])
        #expect(
            calls.filter { $0.hasPrefix("x:ListZones") }.sorted() == [
                #"x:ListZones eu-west-1 {"Scope":"OWN"}"#, #"x:ListZones us-west-2 {"Scope":"FAR"}"#,
            ])
    }

    private static let origins = """
        resource: X::Site
        scanner: s
        list: {operation: x:List, items: Sites, scope: regional}
        id: Id
        arn: "{Id}"
        keep: [Id]
        attributes:
          Origins:
            operation: x:Get
            input: {Id: Id}
            value: Origins
            each:
              Bucket:
                operation: x:Head
                input: {Bucket: Domain}
                before: {Domain: [.s3., .s3-]}
                when: {Domain: "*.aws"}
                value: Region
                absent: [NotFound]
        """

    @Test func inputsFromAPartOfAMember() async throws {
        let domains = [
            "b.s3.aws", "a.s3.b.s3-x.aws", "none.s3.aws", "x.com.aws", "b.s3.com", ".s3.aws", "denied.s3.aws",
        ]
        let (_, resources, calls) = try await Self.collect(Self.origins) { call, input, _ in
            switch (call, input["Bucket"]?.string) {
            case ("x:List", _): .success(["Sites": [["Id": "s"]]])
            case ("x:Get", _): .success(["Origins": .array(domains.map { ["Domain": .string($0)] })])
            case (_, "none"): failure("NotFound")
            case (_, "denied"): failure("AccessDenied")
            default: .success(["Region": "r"])
            }
        }
        #expect(
            calls.filter { $0.hasPrefix("x:Head") }.sorted() == [
                #"x:Head eu-west-1 {"Bucket":"a.s3.b"}"#, #"x:Head eu-west-1 {"Bucket":"b"}"#,
                #"x:Head eu-west-1 {"Bucket":"denied"}"#, #"x:Head eu-west-1 {"Bucket":"none"}"#,
            ])
        let origins = resources.first?.config["Origins"]?.array ?? []
        #expect(origins.map { $0["Bucket"] } == ["r", "r", nil, nil, nil, nil, nil])
        #expect(resources.first?.uncollected == ["Origins/6/Bucket": "AccessDenied"])
    }

    /// Elsewhere there is none of it, and no one is asked with keys that are not theirs.
    @Test func listsAtHomeInAnotherPartition() async throws {
        let text = Self.zones.replacing("home: {aws:", with: "home: {aws-cn:")
        let (snapshot, resources, calls) = try await Self.collect(text) { _, _, _ in .success(["Zones": []]) }
        #expect(resources.isEmpty)
        #expect(snapshot.gaps.isEmpty)
        #expect(calls == [#"x:ListZones eu-west-1 {"Scope":"OWN"}"#])
    }

    @Test func inputsOfManyForms() async throws {
        let text = """
            resource: X::Thing
            scanner: s
            list: {operation: x:List, fixed: {Filters: [{Name: engine, Values: [docdb]}]}, items: Things, scope: regional}
            id: Name
            arn: "{Name}"
            keep: [Name]
            parse: {Text: json}
            attributes:
              Text: {operation: x:Get, input: {image.digest: Digest, "Names[]": Name}, fixed: {image: {tag: "{region}"}}, value: Text}
            """
        let (_, resources, calls) = try await Self.collect(text) { call, _, _ in
            call == "x:List"
                ? .success(["Things": [["Name": "n", "Digest": "d"]]]) : .success(["Text": #"{"a": [1]}"#])
        }
        #expect(
            calls == [
                #"x:List eu-west-1 {"Filters":[{"Name":"engine","Values":["docdb"]}]}"#,
                #"x:Get eu-west-1 {"Names":["n"],"image":{"digest":"d","tag":"eu-west-1"}}"#,
            ])
        #expect(resources.first?.config == ["Name": "n", "Text": ["a": [1]]])
    }
}

extension [JSON] {
    fileprivate var json: JSON { .array(self) }
}
