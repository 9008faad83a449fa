import Documents
import Resources
import Testing

/// Secrets of all kinds, drawn from a seed: none stands in this file as it is, so that no scanner of repositories takes
/// it for one that leaked.
struct Planted: CustomTestStringConvertible, Sendable {
    var kind: SecretKind
    /// The part that must show up nowhere.
    var secret: String
    /// The value that holds it.
    var value: String
    var key: String

    var testDescription: String { "\(kind.rawValue) under \(key)" }

    static let all: [Planted] = {
        var source = Letters(state: 20_260_115)
        return marked(&source) + random(&source) + addresses(&source) + named(&source)
    }()

    /// Tokens that begin with what they are.
    private static func marked(_ source: inout Letters) -> [Planted] {
        let tokens: [(SecretKind, String, String, Int)] = [
            (.awsAccessKey, "AKIA", Letters.upper, 16), (.awsAccessKey, "ASIA", Letters.upper, 16),
            (.awsSessionToken, "IQoJb3JpZ2lu", Letters.mixed, 300),
            (.awsSessionToken, "FwoGZXIvYXdz", Letters.mixed, 200),
            (.githubToken, "ghp_", Letters.mixed, 36), (.githubToken, "gho_", Letters.mixed, 36),
            (.githubToken, "ghs_", Letters.mixed, 36), (.githubToken, "github_pat_", Letters.mixed, 82),
            (.gitlabToken, "glpat-", Letters.mixed, 20), (.slackToken, "xoxb-", Letters.digits, 24),
            (.slackToken, "xoxp-", Letters.mixed, 40), (.slackToken, "xapp-", Letters.mixed, 40),
            (.slackToken, "https://hooks.slack.com/services/T", Letters.upper, 40),
            (.stripeKey, "sk_live_", Letters.mixed, 24), (.stripeKey, "rk_live_", Letters.mixed, 24),
            (.stripeKey, "sk_test_", Letters.mixed, 99), (.stripeKey, "whsec_", Letters.mixed, 32),
            (.googleAPIKey, "AIza", Letters.mixed, 35), (.googleAPIKey, "GOCSPX-", Letters.mixed, 28),
            (.npmToken, "npm_", Letters.mixed, 36), (.pypiToken, "pypi-AgEIcHlwaS5vcmc", Letters.mixed, 120),
            (.azureKey, "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", Letters.mixed, 86),
            (.azureKey, "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey=", Letters.mixed, 43),
            (.sendgridKey, "SG.", Letters.mixed, 22), (.vaultToken, "hvs.", Letters.mixed, 90),
            (.aiKey, "sk-proj-", Letters.mixed, 100), (.aiKey, "sk-ant-api03-", Letters.mixed, 90),
            (.aiKey, "hf_", Letters.mixed, 34), (.serviceToken, "dop_v1_", Letters.hex, 64),
            (.serviceToken, "shpat_", Letters.hex, 32), (.serviceToken, "dckr_pat_", Letters.mixed, 27),
            (.serviceToken, "dapi", Letters.hex, 32), (.serviceToken, "AGE-SECRET-KEY-1", Letters.upper, 58),
        ]
        return tokens.map { kind, prefix, letters, count in
            var body = source.text(letters, count)
            if kind == .sendgridKey { body += "." + source.text(Letters.mixed, 43) }
            return Planted(kind: kind, secret: body, value: prefix + body, key: "SETTING")
        }
    }

    /// What has no mark, and looks random.
    private static func random(_ source: inout Letters) -> [Planted] {
        var planted: [Planted] = []
        for key in ["AWS_SECRET_ACCESS_KEY", "SETTING", "s3Secret"] {
            let secret = source.text(Letters.base64, 40)
            planted.append(Planted(kind: .awsSecretKey, secret: secret, value: secret, key: key))
        }
        let azure = source.text(Letters.mixed, 86) + "=="
        planted.append(Planted(kind: .azureKey, secret: azure, value: azure, key: "STORAGE"))
        for (count, key) in [(24, "SETTING"), (32, "SEED"), (44, "API_TOKEN"), (64, "signingKey"), (100, "SALT")] {
            let secret = source.text(Letters.mixed, count)
            planted.append(Planted(kind: .highEntropy, secret: secret, value: secret, key: key))
        }
        let hex = source.text(Letters.hex, 32)
        planted.append(Planted(kind: .highEntropy, secret: hex, value: hex, key: "DATADOG_API_KEY"))
        for label in [
            "RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
        ] {
            let body = source.text(Letters.mixed, 128)
            let value = "-----BEGIN \(label)-----\n\(body.prefix(64))\n\(body.suffix(64))\n-----END \(label)-----\n"
            planted.append(Planted(kind: .privateKey, secret: body, value: value, key: "CERT"))
        }
        for count in [43, 86] {
            let parts = [
                source.text(Letters.mixed, 30), source.text(Letters.mixed, 90), source.text(Letters.mixed, count),
            ]
            let value = "eyJ\(parts[0]).eyJ\(parts[1]).\(parts[2])"
            planted.append(Planted(kind: .jwt, secret: parts[2], value: value, key: "SETTING"))
        }
        return planted
    }

    /// Passwords in addresses and headers.
    private static func addresses(_ source: inout Letters) -> [Planted] {
        let forms: [(SecretKind, String)] = [
            (.connectionString, "postgres://app:PW@db.example.com:5432/app"),
            (.connectionString, "mysql://root:PW@10.0.0.5/app"),
            (.connectionString, "mongodb+srv://app:PW@cluster0.example.mongodb.net/?w=majority"),
            (.connectionString, "redis://:PW@cache:6379/0"), (.connectionString, "amqps://svc:PW@mq:5671/%2F"),
            (.connectionString, "jdbc:postgresql://db/app?user=app&password=PW"),
            (.connectionString, "Server=tcp:db,1433;User ID=sa;Password=PW;Encrypt=true"),
            (.connectionString, "postgresql+psycopg2://app:x/PW@db/app"),
            (.basicAuthURL, "https://deploy:PW@git.example.com/app.git"),
            (.basicAuthURL, "http://admin:PW@10.0.0.1:8080/"),
            (.basicAuthURL, "git+https://bot:PW@example.com/x"), (.basicAuthURL, "ftp://u:PW@files.example.com"),
            (.authorizationHeader, "Authorization: Bearer PW"), (.authorizationHeader, "authorization: Basic PW=="),
        ]
        return forms.map { kind, form in
            let secret = source.text(Letters.mixed, 14)
            return Planted(kind: kind, secret: secret, value: form.replacing("PW", with: secret), key: "SETTING")
        }
    }

    /// Words that are secrets for the name that they stand under.
    private static func named(_ source: inout Letters) -> [Planted] {
        let keys = [
            "DB_PASSWORD", "dbPassword", "db-password", "MYSQL_ROOT_PASSWORD", "DBPassword", "PGPASSWORD", "ADMIN_PASS",
            "redis.password", "SMTP_PW", "clientSecret", "APP_SECRET", "SECRET_KEY_BASE", "API_TOKEN", "apiKey",
            "AUTH_TOKEN", "X-API-KEY", "SSH_PASSPHRASE", "ServiceCredentials", "encryption_key", "DJANGO_SECRET",
        ]
        return keys.map { key in
            let secret =
                source.text(Letters.lower, 5) + "-" + source.text(Letters.lower, 4) + source.text(Letters.digits, 2)
            return Planted(kind: .passwordLikeKey, secret: secret, value: secret, key: key)
        }
    }
}

/// Text from a seed.
struct Letters {
    static let lower = "abcdefghijklmnopqrstuvwxyz"
    static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    static let digits = "0123456789"
    static let hex = "0123456789abcdef"
    static let mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    static let base64 = mixed + "+/"

    var state: UInt64

    mutating func text(_ alphabet: String, _ count: Int) -> String {
        let letters = Array(alphabet)
        return String(
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return letters[Int(state >> 33) % letters.count]
            })
    }
}

extension String {
    /// Whether any stretch of the secret, 8 characters long, stands in the text.
    func leaks(_ secret: String) -> Bool {
        let letters = Array(secret)
        guard letters.count >= 8 else { return contains(secret) }
        return (0...(letters.count - 8)).contains { contains(String(letters[$0..<$0 + 8])) }
    }
}
