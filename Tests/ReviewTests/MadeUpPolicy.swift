import Documents
import Resources
import TestSupport

/// A configuration made of parts that vary one by one.
struct MadeUpPolicy {
    private var rules: [String: Int] = [:]
    private var overlays: [String: Int] = [:]
    private var waivers: [Int: Int] = [:]
    private var fragment = 0
    private var table = 0
    private var trusted = 0
    private var limits = 0
    private var frameworks = 0
    private var scanners = 0
    private var malformed = 0
    private var owners = 0

    private static let ids = ["fragmented", "gateways", "networks", "shared", "tabled", "versions"]

    init(_ random: inout SeededGenerator) {
        for _ in 0..<25 { mutate(&random) }
    }

    /// Changes one part.
    mutating func mutate(_ random: inout SeededGenerator) {
        let variant = Int.random(in: 0...3, using: &random)
        let rule = Self.ids.randomElement(using: &random) ?? "versions"
        switch Int.random(in: 0..<16, using: &random) {
        case 0...4: rules[rule] = variant
        case 5, 6: overlays[rule] = variant
        case 7...9: waivers[Int.random(in: 0..<4, using: &random)] = variant
        case 10: fragment = variant
        case 11: table = variant
        case 12: if variant == 0 { trusted += 1 } else { owners = variant }
        case 13: frameworks = variant
        case 14: if variant > 1 { scanners = variant } else { limits = variant }
        default: malformed = variant
        }
    }

    /// Takes out what is an error: the file of a waiver that cannot be read, and waivers of rules that there are not.
    mutating func mend() {
        if malformed == 1 { malformed = 0 }
        for (number, rule) in Self.waivedRules.enumerated() where !rule.hasPrefix("s3-") && rules[rule] ?? 0 == 0 {
            waivers[number] = 0
        }
    }

    private static let waivedRules = ["s3-bucket-versioning", "versions", "tabled", "fragmented"]

    var files: [String: String] {
        var files = [
            "parapet.yaml": """
            version: 1
            owner_tags: [\(owners == 1 ? "team" : "owner")]
            waivers: {approvers: ["@alice"], max_days: \(limits == 1 ? 3 : 365), max_severity: \(limits == 1 ? "low" : "critical")}

            """,
            "tenants/_defaults.yaml": Stage.defaults.replacingScanners(scanners == 2 ? "[s3]" : "[storage]"),
            "tenants/prod.yaml": Stage.tenant(more: tenantKeys),
            "policies/fragments/versioned.yaml": """
            fragment: versioned
            resource: AWS::S3::Bucket
            when: {\(["Versioning.Status: Enabled", "Versioning.Status: {ne: Suspended}", "Name: {ne: b2}", "use: named"][fragment])}

            """,
            "policies/fragments/named.yaml": """
            fragment: named
            resource: AWS::S3::Bucket
            when: {Name: {ne: \(fragment == 3 ? "b1" : "b3")}}

            """,
            "policies/tables/names.yaml": """
            table: names
            key: name
            columns: {name: text, good: boolean}
            source: the teams
            updated: 2026-11-0\(1 + table)
            rows:
              - {name: b1, good: \(table == 1)}
              - {name: b2, good: \(table < 2)}

            """,
            "frameworks/acme.yaml": """
            framework: acme
            title: Acme baseline
            version: "1"
            controls:
              - {control: A-1, title: Versions, rules: [s3-bucket-versioning\(frameworks == 1 ? ", s3-bucket-access-logging" : "")]}
              - {control: A-2, title: Visitors, rules: []}
            \(ownControls)

            """,
        ]
        for (id, variant) in rules where variant > 0 { files["policies/\(id).yaml"] = rule(id, variant) }
        for (number, variant) in waivers where variant > 0 {
            files["waivers/w\(number).yaml"] = waiver(number, variant)
        }
        if malformed == 1 { files["waivers/faulty.yaml"] = "waiver: Faulty\n" }
        return files
    }

    private var ownControls: String {
        rules.filter { $0.value > 0 }.keys.sorted().map { id in
            "  - {control: \"R-\(id)\", title: Own, rules: [\(id)]}"
        }.joined(separator: "\n")
    }

    private var tenantKeys: String {
        var lines: [String] = []
        if frameworks == 2 { lines.append("frameworks: []") }
        if trusted % 2 == 1 { lines.append("trusted: {accounts: [\"210987654321\"]}") }
        if owners == 2 { lines.append("owner_tags: [team]") }
        lines.append("rules:")
        for (id, variant) in overlays.sorted(by: { $0.key < $1.key }) where variant > 0 && rules[id] ?? 0 > 0 {
            let overlay = ["{severity: critical}", "{disabled: {reason: x, expires: 2027-01-01}}", ""][variant - 1]
            let params = id == "versions" ? "{params: {wanted: Suspended}}" : "{severity: low}"
            lines.append("  \(id): \(overlay.isEmpty ? params : overlay)")
        }
        let isOver = malformed == 2
        lines.append(
            isOver
                ? "  s3-bucket-versioning: {disabled: {reason: x, expires: 2026-01-01}}" : "  s3-bucket-versioning: {}")
        return lines.joined(separator: "\n")
    }

    private func rule(_ id: String, _ variant: Int) -> String {
        let severity = ["low", "medium", "critical"][variant - 1]
        let (resource, condition): (String, String) =
            switch id {
            case "versions": ("AWS::S3::Bucket", "{Versioning.Status: {eq: {param: wanted}}}")
            case "fragmented": ("AWS::S3::Bucket", "{use: versioned}")
            case "tabled": ("AWS::S3::Bucket", "{Name: {lookup: {table: names, column: good, eq: true}}}")
            case "shared":
                (
                    "AWS::S3::Bucket",
                    "{not: {Policy: {allows: {principal: external, actions: [\"s3:GetObject\"]}}}}"
                )
            case "gateways": ("AWS::EC2::InternetGateway", "{related.vpcs: {some: {IsDefault: \(variant == 2)}}}")
            default:
                variant == 3
                    ? ("AWS::S3::Bucket", "{Name: {ne: b4}}")
                    : ("AWS::EC2::VPC", "{related.internet_gateways: {count: {lte: \(variant - 1)}}}")
            }
        return """
            rule: \(id)
            title: Rule \(id) \(variant)
            severity: \(severity)
            resource: \(resource)
            \(id == "versions" ? "params: {wanted: {type: string, default: Enabled}}" : "on_unknown: \(variant == 3 ? "fail" : "report")")
            pass_when: \(condition)
            tests:
              - {expect: pass, given: {}}
              - {expect: fail, given: {}}

            """
    }

    private func waiver(_ number: Int, _ variant: Int) -> String {
        let rule = Self.waivedRules[number]
        let match = ["{id: b1}", "{tags: {team: blue}}", "{tenant: prod, arn: \"arn:aws:s3:::*\"}"][variant - 1]
        let expires = number == 3 && variant == 1 ? "2026-01-01" : number == 1 ? "2026-11-20" : "2027-02-28"
        return Stage.waiver(
            "w\(number)", rule: rule, match: match, expires: expires, by: number == 2 ? "@bob" : "@alice")
    }

    /// Buckets, gateways and networks; lists that could not be read.
    static func snapshot(_ random: inout SeededGenerator) -> Snapshot {
        let stranger: JSON = [
            "Statement": [
                [
                    "Effect": "Allow", "Principal": ["AWS": "arn:aws:iam::210987654321:root"], "Action": "s3:GetObject",
                    "Resource": "*",
                ]
            ]
        ]
        var resources = (0..<8).map { number in
            var bucket = Stage.bucket(
                "b\(number)", ["Enabled", "Suspended", nil].randomElement(using: &random) ?? nil,
                tags: Bool.random(using: &random) ? ["team": "blue", "owner": "ann"] : [:])
            if Bool.random(using: &random), var config = bucket.config.object {
                config["Policy"] = stranger
                bucket.config = .object(config)
            }
            return bucket
        }
        for number in 0..<4 {
            let attached = "vpc-\(Int.random(in: 0..<3, using: &random))"
            resources.append(
                Resource(
                    type: "AWS::EC2::InternetGateway", id: "igw-\(number)", arn: "", account: "123456789012",
                    region: "eu-west-1",
                    config: [
                        "InternetGatewayId": .string("igw-\(number)"), "Attachments": [["VpcId": .string(attached)]],
                    ]))
        }
        for number in 0..<3 {
            resources.append(
                Resource(
                    type: "AWS::EC2::VPC", id: "vpc-\(number)", arn: "", account: "123456789012", region: "eu-west-1",
                    config: ["VpcId": .string("vpc-\(number)"), "IsDefault": .bool(number == 0)]))
        }
        var types: Set = ["AWS::S3::Bucket", "AWS::EC2::InternetGateway"]
        if Bool.random(using: &random) { types.insert("AWS::EC2::VPC") }
        let gaps =
            Bool.random(using: &random)
            ? [
                CollectionGap(
                    type: "AWS::EC2::InternetGateway", region: "us-east-1", operation: "ec2:DescribeInternetGateways",
                    code: "Throttling")
            ] : []
        return Stage.snapshot(resources.filter { types.contains($0.type) }, types: types, gaps: gaps)
    }
}

extension String {
    fileprivate func replacingScanners(_ scanners: String) -> String {
        split(separator: "\n").map { $0.hasPrefix("scanners:") ? "scanners: \(scanners)" : String($0) }
            .joined(separator: "\n") + "\n"
    }
}
