import Collection
import Documents
import Resources
import Testing

@Suite struct SecretRedactionTests {
    /// A manifest of a made-up type in the shape of Lambda's functions, with free-form members of each form.
    static let manifest = """
        resource: AWS::Lambda::Function
        scanner: lambda
        list: {operation: lambda:ListFunctions, items: Functions, scope: regional}
        id: FunctionName
        arn: "{FunctionArn}"
        keep: [FunctionName, Environment.Variables, Parameters, Command, Script, Layers]
        free: {Environment.Variables: map, Parameters: pairs, Command: text, Script: base64, Layers.Note: text}
        tags: Tags
        """

    static func redacted(
        _ config: JSON, tags: [String: String] = [:], id: String = "f", key: String? = nil
    ) throws -> Resource {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "m.yaml", text: manifest))
        let manifest = try #require(Manifest.parse(&diagnostics))
        let resource = Resource(
            type: manifest.type, id: id, arn: "", account: "111122223333", region: "eu-west-1", tags: tags,
            config: config)
        let digests = key.flatMap { SecretDigests(key: $0) } ?? SecretDigests()
        return SecretRedaction(digests: digests).applied(to: resource, manifest)
    }

    static func variables(_ variables: JSON, id: String = "f", key: String? = nil) throws -> JSON {
        try #require(
            try redacted(["Environment": ["Variables": variables]], id: id, key: key).config["Environment"]?[
                "Variables"])
    }

    static func script(_ bytes: [UInt8]) throws -> Resource {
        try redacted(["Script": .string(Base64.encode(bytes))])
    }

    static let token = Planted.all.first { $0.kind == .githubToken }?.value ?? ""

    // MARK: Forms

    @Test func aMapBecomesItsKeysAndSecrets() throws {
        let found = try Self.variables([
            "STAGE": "prod", "TOKEN": .string(Self.token), "DB_PASSWORD": "hunter2",
            "KEY": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", "COUNT": 3, "NONE": nil,
        ])
        #expect(found["Keys"] == ["COUNT", "DB_PASSWORD", "KEY", "NONE", "STAGE", "TOKEN"])
        #expect(found["References"] == ["KEY"])
        #expect(found["Secrets"]?[0] == ["Key": "DB_PASSWORD", "Kind": "password-like-key"])
        #expect(found["Secrets"]?[1]?["Kind"] == "github-token")
        #expect(found["Secrets"]?[1]?["Hash"]?.string?.count == 16)
        #expect(found["Secrets"]?.array?.count == 2)
    }

    @Test func aMapWithoutSecretsSaysSo() throws {
        #expect(try Self.variables(["A": "b"]) == ["Keys": ["A"], "Secrets": [], "References": []])
        #expect(try Self.variables([:]) == ["Keys": [], "Secrets": [], "References": []])
    }

    @Test(arguments: [
        ("Key", "Value"), ("name", "value"), ("ParameterKey", "ParameterValue"), ("OutputKey", "OutputValue"),
    ])
    func pairsAreAMap(key: String, value: String) throws {
        let pairs: JSON = [
            .object(JSONObject([(key, "TOKEN" as JSON), (value, .string(Self.token)), ("Description", "x")])),
            .object(JSONObject([(key, "EMPTY" as JSON)])),
        ]
        let found = try #require(try Self.redacted(["Parameters": pairs]).config["Parameters"])
        #expect(found["Keys"] == ["EMPTY", "TOKEN"])
        #expect(found["Secrets"]?[0]?["Key"] == "TOKEN")
    }

    @Test func theWordsOfACommandAreLines() throws {
        let command: JSON = ["run", "--verbose", "--db-password", "hunter2", .string("--token=\(Self.token)")]
        let found = try #require(try Self.redacted(["Command": command]).config["Command"])
        #expect(found["Secrets"]?.array?.map { $0["Line"] } == [4, 5])
        #expect(found["Secrets"]?[0]?["Kind"] == "password-like-key")
        #expect(found["Secrets"]?[1]?["Kind"] == "github-token")
    }

    @Test func formsAreFoundThroughLists() throws {
        let layers: JSON = [["Note": .string(Self.token)], ["Other": "x"], ["Note": "nothing"]]
        let found = try #require(try Self.redacted(["Layers": layers]).config["Layers"])
        #expect(found[0]?["Note"]?["Secrets"]?.array?.count == 1)
        #expect(found[1] == ["Other": "x"])
        #expect(found[2]?["Note"] == ["Length": 7, "Secrets": [], "References": []])
    }

    @Test(
        arguments: [
            (["Environment": ["Variables": "text"]], "Environment/Variables"),
            (["Parameters": ["A": "b"]], "Parameters"),
            (["Parameters": [["Value": "b"]]], "Parameters"), (["Command": 1], "Command"),
            (["Command": [1]], "Command"),
            (["Script": "no base 64!"], "Script"), (["Script": ["a"]], "Script"),
        ] as [(JSON, String)])
    func whatHasAnotherShapeIsUncollected(config: JSON, pointer: String) throws {
        let found = try Self.redacted(config)
        #expect(found.uncollected == [pointer: "MalformedResponse"])
        #expect(["{}", #"{"Environment":{}}"#].contains(found.config.text()))
    }

    // MARK: Texts

    @Test func aScriptTellsItsLines() throws {
        let text = """
            #!/bin/bash
            export DB_PASSWORD=hunter2
            PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)
            echo done
            curl -H "Authorization: token \(Self.token)" https://api.github.com
            """
        let found = try #require(try Self.script(Array(text.utf8)).config["Script"])
        #expect(found["Length"] == .integer(Int64(text.utf8.count)))
        #expect(found["Encoding"] == nil)
        #expect(found["Secrets"]?.array?.map { $0["Line"] } == [2, 5])
        #expect(found["References"] == [3])
    }

    /// `printf 'TOKEN=hunter2\n' | gzip -n`, made with gzip 1.12.
    static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x0B, 0xF1, 0xF7, 0x76, 0xF5, 0xB3, 0xCD, 0x28,
        0xCD,
        0x2B, 0x49, 0x2D, 0x32, 0xE2, 0x02, 0x00, 0xDD, 0xA5, 0xD8, 0x19, 0x0E, 0x00, 0x00, 0x00,
    ]

    @Test func packedTextIsUnpacked() throws {
        let found = try Self.script(Self.packed)
        #expect(found.config["Script"]?["Encoding"] == "gzip")
        #expect(found.config["Script"]?["Length"] == 14)
        #expect(found.config["Script"]?["Secrets"]?[0]?["Kind"] == "password-like-key")
        #expect(found.uncollected.isEmpty)
    }

    @Test(arguments: [
        (Array(packed.dropLast(9)), "CannotUnpack"), ([0x1F, 0x8B], "CannotUnpack"), ([0x00, 0xFF, 0xFE], "NotText"),
        ([UInt8](repeating: 0x61, count: 1 << 20 + 1), "TooLarge"),
    ])
    func whatCannotBeReadIsNeverWithoutSecrets(bytes: [UInt8], code: String) throws {
        let found = try Self.script(bytes)
        #expect(found.config["Script"]?["Secrets"] == nil)
        #expect(found.config["Script"]?["Length"] == .integer(Int64(bytes.count)))
        #expect(found.uncollected == ["Script/Secrets": code, "Script/References": code])
    }

    @Test func partsInBase64AreOpened() throws {
        let part = Base64.encode(Array("# settings of the app\nDB_PASSWORD=hunter2\n# the end of it\n".utf8))
        let broken = Base64.encode(Array(Self.packed.dropLast(9)))
        let text = "write_files:\n  - path: /etc/app\n    content: \(part)\n"
        let found = try Self.script(Array(text.utf8))
        #expect(found.config["Script"]?["Secrets"]?.array == [["Line": 3, "Kind": "password-like-key"]])
        // A part that cannot be unpacked leaves open what else there is; what was found is found.
        let half = try Self.script(Array("content: \(broken)\n".utf8))
        #expect(half.config["Script"]?["Secrets"] == nil)
        #expect(half.uncollected == ["Script/Secrets": "CannotUnpack"])
        let both = try Self.script(Array("\(text)    more: \(broken)\n".utf8))
        #expect(both.config["Script"]?["Secrets"]?.array?.count == 1)
        #expect(both.uncollected.isEmpty)
    }

    @Test func packedPartsOfMessagesAreOpened() throws {
        let lines = (0..<12).map { "echo line \($0) of a script that goes on" } + ["export API_TOKEN=hunter2-hunter"]
        let encoded = Base64.encode(Array(lines.joined(separator: "\n").utf8))
        let wrapped = stride(from: 0, to: encoded.count, by: 76).map { encoded.dropFirst($0).prefix(76) }
        let text =
            "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n\(wrapped.joined(separator: "\r\n"))\r\n--end--"
        let found = try Self.script(Array(text.utf8))
        #expect(found.config["Script"]?["Secrets"] == [["Line": 4, "Kind": "password-like-key"]])
    }

    // MARK: Digests

    @Test func aDigestTellsOfARotationAndOfNothingElse() throws {
        let other = try #require(Planted.all.last { $0.kind == .githubToken }?.value)
        func hash(_ secret: String, _ key: String = "A", id: String = "f", with digestKey: String? = nil) throws
            -> String?
        {
            try Self.variables(.object(JSONObject([(key, JSON.string(secret))])), id: id, key: digestKey)["Secrets"]?[
                0]?["Hash"]?
                .string
        }
        let first = try #require(try hash(Self.token))
        #expect(try hash(Self.token) == first)
        #expect(try hash(other) != first)
        // Equal secrets in two places do not show as equal.
        #expect(try hash(Self.token, "B") != first)
        #expect(try hash(Self.token, id: "g") != first)
        #expect(try hash(Self.token, with: "a key of 16 bytes or more") != first)
    }

    @Test func whatCanBeGuessedHasADigestUnderAKeyAlone() throws {
        let password: JSON = ["DB_PASSWORD": "hunter2"]
        #expect(try Self.variables(password)["Secrets"]?[0]?["Hash"] == nil)
        let hash = try Self.variables(password, key: "a key of 16 bytes or more")["Secrets"]?[0]?["Hash"]
        #expect(hash?.string?.count == 16)
        #expect(try Self.variables(password, key: "another key of 16 bytes")["Secrets"]?[0]?["Hash"] != hash)
        #expect(SecretDigests(key: "15 bytes: short") == nil)
    }

    @Test func textsKeepTheirDigestsWhenLinesMove() throws {
        let before = try Self.script(Array("TOKEN=\(Self.token)".utf8)).config["Script"]?["Secrets"]?[0]
        let after = try Self.script(Array("\n\nTOKEN=\(Self.token)".utf8)).config["Script"]?["Secrets"]?[0]
        #expect(before?["Line"] == 1)
        #expect(after?["Line"] == 3)
        #expect(before?["Hash"] != nil)
        #expect(before?["Hash"] == after?["Hash"])
    }

    // MARK: Tags

    @Test func tagsHoldNoSecrets() throws {
        let tags = try Self.redacted(
            [:],
            tags: [
                "team": "payments", "password": "hunter2", "note": Self.token, Self.token: "x",
                "db": "{{resolve:ssm:/prod/db}}", "Name": "app-1",
            ]
        ).tags
        #expect(tags["team"] == "payments")
        #expect(tags["Name"] == "app-1")
        #expect(tags["db"] == "{{resolve:ssm:/prod/db}}")
        #expect(tags["password"] == "(secret password-like-key)")
        #expect(tags["note"]?.hasPrefix("(secret github-token ") == true)
        #expect(tags["(github-token)"] == "x")
        #expect(tags.count == 6)
    }

    // MARK: Nothing leaks

    /// The same secret in every place that a resource has, also under another's name and in the middle of text.
    @Test(arguments: Planted.all) func noPartOfASecretIsKept(planted: Planted) throws {
        let text: JSON = .string("first line\nexport \(planted.key)='\(planted.value)'\nlast line \(planted.value)")
        let resource = try Self.redacted(
            [
                "Environment": ["Variables": .object(JSONObject([(planted.key, JSON.string(planted.value))]))],
                "Parameters": [["Key": .string(planted.key), "Value": .string(planted.value)]],
                "Command": ["run", .string("--\(planted.key)"), .string(planted.value)],
                "Script": .string(Base64.encode(Array((text.string ?? "").utf8))), "Layers": [["Note": text]],
            ],
            tags: [planted.key: planted.value])
        let output = resource.envelope.text()
        #expect(!output.leaks(planted.secret), "\(output)")
        let config = resource.config
        #expect(config["Environment"]?["Variables"]?["Secrets"]?.array?.count == 1)
        #expect(config["Parameters"]?["Secrets"]?.array?.count == 1)
        #expect(config["Script"]?["Secrets"]?.array?.isEmpty == false)
        #expect(config["Layers"]?[0]?["Note"]?["Secrets"]?.array?.isEmpty == false)
    }
}
