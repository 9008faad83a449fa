import AWSModels
import Documents
import Posture
import Resources
import Testing
import Workspace

/// Types and rules that the tests describe.
enum Sample {
    private static let queue = """
        resource: AWS::Test::Queue
        scanner: messaging
        list: {operation: test:ListQueues, items: Queues, scope: regional}
        id: QueueName
        arn: "arn:{partition}:test:{region}:{account}:{QueueName}"
        keep: [QueueName, Encrypted, Topics, Limits, Seen, Mode, Secret]
        attributes:
          Policy: {operation: test:GetPolicy, input: {QueueName: QueueName}, absent: [NoSuchPolicy], scanner: iam}
          Keys:
            operation: test:ListKeys
            input: {QueueName: QueueName}
            each:
              Use: {operation: test:GetUse, input: {KeyId: KeyId}}
        tags: {operation: test:ListTags, input: {QueueName: QueueName}, value: Tags}
        defaults: {Encrypted: false}
        volatile: {Seen: day, Keys.Use.Last: day}
        relations:
          topics: {to: AWS::Test::Topic, inverse: queues, key: {Topics.TopicArn: arn}, within: account}
          keepers:
            to: AWS::Test::Topic
            inverse: kept
            key:
              - {own: Keys.KeyId, other: id, part: id}
              - {own: Mode, other: Mode}
            within: anywhere
          others: {to: AWS::Test::Topic, inverse: neighbours, scope: region}
        """

    private static let topic = """
        resource: AWS::Test::Topic
        scanner: messaging
        list: {operation: test:ListTopics, items: Topics, scope: global}
        id: TopicName
        arn: "{TopicArn}"
        keep: [TopicName]
        """

    private static let account = """
        resource: AWS::Test::Account
        always: account
        arn: "arn:{partition}:iam::{account}:root"
        attributes:
          Limit: {operation: test:GetLimit, scanner: iam}
        """

    static let queueSchema: Schema = .structure([
        "QueueName": .text(values: []), "Encrypted": .boolean, "Seen": .timestamp,
        "Topics": .list(.structure(["TopicArn": .text(values: [])])), "Limits": .map(.integer),
        "Mode": .text(values: (1...9).map { "m\($0)" }), "Secret": .structure(["Word": .text(values: [])]),
        "Policy": .policyDocument,
        "Keys": .list(
            .structure([
                "KeyId": .text(values: []), "Names": .list(.text(values: ["a", "b"])),
                "Use": .structure(["Last": .timestamp]),
            ])),
    ])

    static func catalog() throws -> ResourceCatalog {
        try ResourceCatalog([
            ResourceType(manifest: manifest(queue), schema: queueSchema, sensitive: [ValuePath("Secret")]),
            ResourceType(
                manifest: manifest(topic), schema: .structure(["TopicName": .text(values: []), "Mode": .integer])),
            ResourceType(manifest: manifest(account), schema: .structure(["Limit": .any])),
        ])
    }

    private static func manifest(_ text: String) throws -> Manifest {
        var diagnostics = FileDiagnostics(file: SourceFile(path: "manifest.yaml", text: text))
        let manifest = Manifest.parse(&diagnostics)
        return try #require(manifest, "\(diagnostics.found.map { $0.text() }.joined())")
    }

    static func builtinCatalog() throws -> ResourceCatalog { try ResourceCatalog.builtin(models: .builtin()) }

    // MARK: Rules

    static let rules = [
        "queue-encrypted.yaml": """
        # Queues hold what people say.
        rule: queue-encrypted
        title: Queues are encrypted
        severity: high
        resource: [AWS::Test::Queue]
        category: data
        params:
          mode: {type: string, default: m1}
          days: {type: integer, default: 30, min: 1, max: 90}
        where: {Mode: {eq: {param: mode}, if_absent: m1}}

        # Since 2023
        # all new ones are.
        pass_when:
          any:
            - Encrypted: true

            # Old ones.
            - Seen: {older_than: 4w, if_absent: "2020-01-01T00:00:00Z"}
        # What to say.
        message: "queue {QueueName} is not encrypted"
        remediation:
          text: |
            Encrypt it.
            Then wait.
          cli: aws test encrypt --queue {QueueName}
          terraform: aws_test_queue.encrypted
        references: [https://example.com/a, https://example.com/b]
        owner: the queue people
        status: experimental
        on_unknown: fail
        aliases: [Q.1]
        link: "https://example.com/{QueueName}"
        tests:
          - {expect: fail, given: {QueueName: q, Encrypted: false, Seen: "2026-01-14T00:00:00Z", Mode: m1}}
          - {expect: pass, given: {QueueName: q, Encrypted: true, Mode: m1}}
        """,
        "hostile.yaml": """
        rule: hostile
        title: "\\e[2J\\u202Etitle\\u0007 | `x`\\nnext"
        severity: low
        resource: AWS::Test::Topic
        fail_when: {TopicName: "\\e[31m\u{202E}x"}
        message: "\\e]0;title\\a {TopicName}"
        remediation: {text: "\\e[1m\\u2066do\\u2028it"}
        references: ["\\e[0m"]
        owner: "\\u200F"
        tests:
          - {expect: fail, given: {TopicName: "\\e[31m\u{202E}x"}}
          - {expect: pass, given: {TopicName: y}}
        """,
    ]

    static let frameworks = [
        Framework(
            id: "zeta", title: "Zeta", version: "1",
            controls: [Framework.Control(id: "Z1", title: "Secrets", section: nil, rules: ["queue-encrypted"])],
            path: "frameworks/zeta.yaml"),
        Framework(
            id: "alpha", title: "Alpha", version: "1",
            controls: [
                Framework.Control(id: "A2", title: "At \u{1B}[31mrest", section: nil, rules: ["x", "queue-encrypted"]),
                Framework.Control(id: "A3", title: "Nothing", section: nil, rules: []),
            ], path: "frameworks/alpha.yaml"),
    ]

    static func loadedRules(_ files: [String: String] = rules) throws -> [LoadedRule] {
        let (workspace, diagnostics) = try WorkspaceLoader.loadRules(MemoryTree(files), catalog: catalog())
        #expect(!diagnostics.contains { $0.severity == .error }, "\(diagnostics.map { $0.text() }.joined())")
        return workspace.rules
    }
}
