import Documents
import Resources
import TestSupport
import Testing

@testable import Collection

/// What is seen in lines of scripts and settings.
@Suite struct TextScanTests {
    static func scan(_ text: String) -> TextScan { SecretDetector().scan(Array(text.utf8)) }

    @Test(arguments: [
        "DB_PASSWORD=hunter2", "export DB_PASSWORD=hunter2", "db_password: hunter2", #""dbPassword": "hunter2","#,
        "'db_password' => 'hunter2'", "password := \"hunter2\"", "<password>hunter2</password>",
        "mysqladmin --password hunter2", "mysqladmin --password=hunter2", "PASSWORD = 'correct horse'",
        "{'user': 'app', 'password': 'hunter2'}", #"echo {\"password\":\"hunter2\"} > x"#, "DB_PASSWORD=hunter2; run",
        "curl -u admin:hunter2 https://example.com", "echo 'root:hunter2' | chpasswd", "sshpass -p hunter2 ssh host",
        "API_TOKEN=abc-def", "setx ADMIN_PASSWORD hunter2=1 --password hunter2", "PASSWORD=123456",
        "https://example.com/?access_token=hunter2",
    ])
    func aPasswordIsSeen(line: String) {
        let found = Self.scan("# first\n\(line)\n").found
        #expect(found.map(\.kind) == [.passwordLikeKey])
        #expect(found.map(\.line) == [2])
    }

    @Test(arguments: [
        "DB_PASSWORD=$DB_PASSWORD", "DB_PASSWORD=\"${DB_PASSWORD}\"", "DB_PASSWORD=`cat /run/secret`", "DB_PASSWORD=",
        "password: var.db_password", "password = var.db_password", "password=os.environ['PASSWORD']",
        "token = get_token(user)", "# set the password: see the wiki", "read -s PASSWORD", "unset DB_PASSWORD",
        "if [ -z \"$TOKEN\" ]; then", "--password-file /run/secrets/db", "docker pull repo/secret:latest",
        "image: repo/token-service:1.2.3", "password_min_length: 14", "TOKEN_TTL=3600",
        "curl -u $USER:$PASSWORD https://x",
        "curl https://example.com/a/b/c", "secret_name: prod/db", "def check(password: str, token: str) -> bool:",
        "sha256sum -c e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7vbqajDw4o6gJ8dQ3yT5zN1kL2mX9 me@host",
        "pip install x --hash=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "aws s3 cp s3://parapet-artifacts-111122223333/app-1.2.3-20260115T102030Z.tar.gz /tmp/",
        "-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DQEBBQUA\n-----END CERTIFICATE-----",
        "Authorization: Bearer $TOKEN", "yum install -y httpd && systemctl enable --now httpd", "",
        "echo dGhpcyBpcyBqdXN0IGEgdGV4dCBpbiBiYXNlIDY0 | base64 -d", "cat <<EOF > /etc/motd", "PS1='[\\u@\\h \\W]\\$ '",
    ])
    func linesWithoutSecretsHaveNone(line: String) {
        let scan = Self.scan("# first\n\(line)\n")
        #expect(scan.found.map(\.kind) == [])
        #expect(scan.isComplete)
    }

    @Test(arguments: [
        "PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)",
        "aws ssm get-parameter --name /prod/db --with-decryption", "password: '{{resolve:ssm-secure:/prod/db:1}}'",
        "DB_SECRET=arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
    ])
    func referencesAreSeen(line: String) {
        #expect(Self.scan(line).found.map(\.kind) == [.reference])
    }

    @Test(arguments: Planted.all.filter { $0.kind != .passwordLikeKey && $0.key != "DATADOG_API_KEY" })
    func secretsAreSeenInTheMiddleOfText(
        planted: Planted
    ) {
        let scan = Self.scan("#!/bin/sh\n\n# \(planted.value)\necho done")
        #expect(scan.found.contains { $0.line == 3 })
    }

    @Test func aKeyThatIsNeverClosedIsAKey() {
        let scan = Self.scan("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n")
        #expect(scan.found.map(\.kind) == [.privateKey])
        #expect(scan.found.map(\.line) == [2])
    }

    @Test func linesAreCountedFromOne() {
        #expect(Self.scan("A_TOKEN=abc-def\r\nB=c\r\nB_TOKEN=abc-def").found.map(\.line) == [1, 3])
    }

    /// Text that is made to take long.
    @Test(arguments: [
        "pw=", "://", "-----BEGIN ", "-----BEGIN X-----", "{{resolve:", "arn:aws", "=\"", "a:", "eyJ.", "A\n",
    ])
    func hostileTextTakesNoTimeToSpeakOf(part: String) {
        let text = String(repeating: part, count: (1 << 15) / part.utf8.count)
        let time = ThreadTime()
        _ = Self.scan(text)
        #expect(time.passed < .seconds(10))
    }

    /// Bytes of any kind are no fault.
    @Test(arguments: 0..<200) func anyBytesCanBeScanned(seed: Int) {
        var source = Letters(state: UInt64(seed))
        let alphabet = "abAB01=:/\"'`@<>{}$ \n\\-_.+%#;&,()eyJAKIA"
        var text = ""
        for _ in 0..<40 {
            text +=
                source.text(alphabet, 3)
                + ["password=", "://u:", "-----BEGIN ", "{{resolve:ssm", "arn:aws:", "%3D"][seed % 6]
        }
        let scan = Self.scan(text)
        for finding in scan.found { #expect(finding.line >= 1 && finding.line <= 1 + text.utf8.count { $0 == 0x0A }) }
    }
}
