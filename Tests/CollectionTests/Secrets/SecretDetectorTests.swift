import Collection
import Resources
import Testing

@Suite struct SecretDetectorTests {
    private let detector = SecretDetector()

    @Test func thereAreSecretsOfAllKinds() {
        #expect(Planted.all.count >= 60)
        #expect(Set(Planted.all.map(\.kind)).union([.reference]) == Set(SecretKind.allCases))
    }

    @Test(arguments: Planted.all) func aSecretIsToldByItsKind(planted: Planted) {
        #expect(detector.kind(of: planted.value, key: planted.key) == planted.kind)
    }

    static let innocents: [(key: String, value: String)] = [
        ("ROLE", "arn:aws:iam::111122223333:role/service-role/app-1A2B3C4D5E6F7G8H9J0K"),
        ("KEY", "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        ("QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"), ("INSTANCE", "i-0abcdef1234567890"),
        ("VPC", "vpc-0123456789abcdef0"), ("SG", "sg-0a1b2c3d4e5f60718"), ("AMI", "ami-0c55b159cbfafe1f0"),
        ("SUBNETS", "subnet-0aa1bb2cc3dd4ee5f,subnet-0bb1cc2dd3ee4ff5a"), ("REGION", "eu-central-1"),
        ("IMAGE", "repo/app@sha256:9b2cf535f27731c974343645a3985328f8a7d4b5c6d7e8f90a1b2c3d4e5f6a7b"),
        ("GIT_SHA", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("MD5", "d41d8cd98f00b204e9800998ecf8427e"),
        ("TRACE", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("UUID", "123e4567-e89b-12d3-a456-426614174000"), ("DEBUG", "true"), ("FEATURE", "FALSE"), ("PORT", "8080"),
        ("RATIO", "0.25"), ("EMPTY", ""), ("HOME", "/home/app"), ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("URL", "https://api.example.com/v1/orders?limit=10"), ("DB_URL", "postgres://db.example.com:5432/app"),
        ("DB_URL", "postgres://app@db.example.com/app"), ("DB_URL", "postgres://app:${DB_PASSWORD}@db/app"),
        ("REPO", "git@github.com:acme/app.git"), ("REPO", "ssh://git@github.com/acme/app.git"),
        ("MAIL", "ops@example.com"), ("CRON", "cron(0 12 * * ? *)"),
        ("NAME", "ParapetStack-FunctionRole-1XKQ2B7T9J0AB"),
        ("BUCKET", "parapet-logs-111122223333-eu-west-1"), ("TABLE", "OrdersTableProductionEuropeWest1"),
        ("CLASS", "com.example.orders.OrderServiceV2Handler"), ("HANDLER", "index.handler"),
        ("NODE_OPTIONS", "--max-old-space-size=4096 --enable-source-maps"), ("TZ", "Europe/Amsterdam"),
        ("POOL", "eu-west-1_aBcDeFgHi"), ("CLIENT_ID", "7jbt4j5a8b9c0d1e2f3g4h5i6j"),
        ("DISTRIBUTION", "E2QWRUHAPOMQZL"), ("ZONE", "Z1D633PJN98FT9"), ("USER_ID", "AIDAJQABLZS4A3QDU576Q"),
        ("ROLE_ID", "AROA3XFRBF535PLBIFPI4"), ("CDN", "d111111abcdef8.cloudfront.net"),
        ("HOST", "app.c9akciq32rmq.eu-west-1.rds.amazonaws.com"), ("DATE", "2026-01-15T10:20:30.123Z"),
        ("VERSION_ID", "3sL4kqtJlcpXroDTDmJxrmSpXd3dIbrHY7MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo"),
        ("MAX_TOKENS", "4096"), ("TOKEN_TTL", "3600"), ("PASSWORD_MIN_LENGTH", "14"), ("PASSWORD_POLICY", "strict"),
        ("SECRET_NAME", "prod/db/credentials"), ("SECRET_ARN", "prod-db"), ("DB_PASSWORD_FILE", "/run/secrets/db"),
        ("TOKEN", "/run/secrets/token"), ("API_KEY_ID", "a1b2c3d4e5"), ("USE_TOKEN", "1"), ("API_TOKEN", "${TOKEN}"),
        ("DB_PASSWORD", "<password>"), ("DB_PASSWORD", "****"), ("DB_PASSWORD", "{{ db_password }}"),
        ("DB_PASSWORD", "$DB_PASSWORD"), ("CLIENT_SECRET", "!Ref ClientSecret"), ("SECRET_ENABLED", "true"),
        ("TOKEN", "false"), ("TOKEN_ENDPOINT", "https://login.example.com/oauth2/token"), ("KEYBOARD", "qwertz-layout"),
        ("AUTHOR", "Jane Q. Public"), ("MONKEY", "banana"), ("COMPASS", "north"), ("TOKENIZER", "cl100k_base"),
        ("PUBLIC_KEY", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7vbqajDw4o6gJ8dQ3yT5zN1kL2mX9 me@host"),
        ("CIPHERTEXT", "AQICAHhQm0bTqyG4YbQkz0aVn1xW8sP5rL3dF7hJ2kM9cB6vN4gT1yU5iO8pA0sD3fG6hJ9k"),
        ("DB_PASSWORD", "AQICAHhQm0bTqyG4YbQkz0aVn1xW8sP5rL3dF7hJ2kM9cB6vN4gT1yU5iO8pA0sD3fG6hJ9k"),
        ("INTEGRITY", "sha512-9b2cF535f27731C974343645a3985328f8A7d4b5c6D7e8f90a1B2c3d4e5F6a7b=="),
        ("SPEC", #"{"image":"nginx:1.25","replicas":3,"zone":"eu-west-1a"}"#), ("STRIPE", "pk_live_"),
        ("data-classification", "secret"), ("password-rotation", "90 days"), ("secret-owner", "team-payments"),
        (
            "CERT",
            "-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DQEBBQUA\n-----END CERTIFICATE-----"
        ),
    ]

    @Test func thereAreManyInnocents() { #expect(Self.innocents.count >= 60) }

    @Test(arguments: innocents) func whatIsNoSecretIsNone(key: String, value: String) {
        #expect(detector.kind(of: value, key: key) == nil)
    }

    @Test(arguments: [
        "{{resolve:secretsmanager:prod/db:SecretString:password}}", "{{resolve:ssm-secure:/prod/db/password:1}}",
        "{{resolve:ssm:/prod/db/host}}", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
        "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/prod/db/password",
        "postgres://app:{{resolve:secretsmanager:prod/db:SecretString:password}}@db/app",
    ])
    func aReferenceIsNoSecret(value: String) {
        #expect(detector.kind(of: value, key: "DB_PASSWORD") == .reference)
    }

    @Test func aSecretBesideAReferenceIsASecret() throws {
        let token = try #require(Planted.all.first { $0.kind == .githubToken })
        #expect(detector.kind(of: "{{resolve:ssm:/a}} \(token.value)", key: nil) == .githubToken)
    }
}
