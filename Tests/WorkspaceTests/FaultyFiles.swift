/// Files with faults, by the name of the golden file that holds what is said of them.
enum FaultyFiles {
    private static func tenant(_ name: String, _ changes: [String: String?]) -> String {
        let keys = ["tenant", "account", "role", "external_id", "regions", "scanners", "frameworks", "labels", "other"]
        let good: [String: String] = [
            "tenant": name, "account": "\"123456789012\"", "role": "arn:aws:iam::123456789012:role/ParapetScan",
            "external_id": "px-\(name)-0123456789",
        ]
        return keys.compactMap { key -> String? in
            if let change = changes[key] { return change.map { key == "other" ? "\($0)\n" : "\(key): \($0)\n" } }
            return good[key].map { "\(key): \($0)\n" }
        }.joined()
    }

    static let all: [String: [String: String]] = [
        "tenant-keys": [
            "tenants/a.yaml": tenant("a", ["tenant": "Bad_Name"]), "tenants/b.yaml": tenant("b", ["tenant": nil]),
            "tenants/c.yaml": tenant("c", ["account": "12345"]), "tenants/d.yaml": tenant("d", ["account": "[1]"]),
            "tenants/e.yaml": tenant("e", ["role": nil]), "tenants/f.yaml": tenant("f", ["role": "ParapetScan"]),
            "tenants/g.yaml": tenant("g", ["role": "arn:aws:iam::210987654321:role/ParapetScan"]),
            "tenants/h.yaml": tenant("h", ["external_id": nil]),
            "tenants/i.yaml": tenant("i", ["external_id": "\"a b\""]),
            "tenants/j.yaml": tenant("j", ["other": "extrenal_id: x"]),
            "tenants/k.yaml": tenant("k", ["labels": "[a, b]"]),
            "tenants/l.yaml": tenant("l", ["labels": "{a: [b]}"]), "tenants/m.yaml": tenant("m", ["role": "~"]),
            "tenants/n.yaml": tenant("n", ["role": "\"arn:aws:iam::123456789012:role/x y\\n\""]),
            "tenants/o.yaml": "- a list\n", "tenants/p.yaml": "text\n", "tenants/q.yaml": "tenant: [\n",
            "tenants/r.yaml": tenant("r", ["other": "tenant: again"]),
            "tenants/s.yaml": tenant("s", ["tenant": "../../etc"]),
        ],
        "tenant-lists": [
            "tenants/a.yaml": tenant("a", ["regions": "[eu-wset-1]"]),
            "tenants/b.yaml": tenant("b", ["regions": "everywhere"]),
            "tenants/c.yaml": tenant("c", ["regions": "[]"]),
            "tenants/d.yaml": tenant("d", ["regions": "[[eu-west-1]]"]),
            "tenants/e.yaml": tenant("e", ["scanners": "[s4, iam, lambada]"]),
            "tenants/f.yaml": tenant("f", ["scanners": "s3"]),
            "tenants/g.yaml": tenant("g", ["scanners": "[]"]),
            "tenants/h.yaml": tenant("h", ["frameworks": "[soc2-tcs]"]),
            "tenants/i.yaml": tenant("i", ["frameworks": "{a: b}"]),
            "tenants/j.yaml": tenant("j", ["frameworks": "[quite-another]"]),
            "tenants/k.yaml": tenant("k", ["other": "owner_tags: team"]),
            "tenants/l.yaml": tenant(
                "l", ["other": "owner_tags: [\"\", [team], \(String(repeating: "x", count: 129))]"]),
        ],
        "tenant-session": [
            "tenants/a.yaml": tenant("a", ["other": "session: marked"]),
            "tenants/b.yaml": tenant("b", ["other": "session: {tag: {a: b}, source_identity: x}"]),
            "tenants/c.yaml": tenant("c", ["other": "session: {tags: {\"a*\": b, a: \"\"}, source_identity: [x]}"]),
        ],
        "tenant-without-defaults": ["tenants/_defaults.yaml": "labels: {a: b}\n"],
        "tenant-defaults": [
            "tenants/_defaults.yaml":
                "tenant: x\nregions: [mars-1]\nscanners: [s3, s3x]\nframeworks: 12\nlabels: text\nregion: x\n"
        ],
        "tenant-twins": [
            "tenants/prod2.yaml": tenant("prod", [:]),
            "tenants/sub/x.yaml": tenant("x", ["external_id": "px-7Q3kz9vJ2mWfB4sD"]),
        ],
        "tenant-no-effect": [
            "tenants/a.yaml": tenant(
                "a", ["other": "schedule: daily\ntrusted: {}\nrules: {}\nresults: {}\nnotifications: []"])
        ],
        "tenant-trusted": [
            "tenants/a.yaml": tenant(
                "a",
                ["other": "trusted: {accounts: [12345, \"21098765432x\", \"210987654321\"], organizations: [abc, o-]}"]),
            "tenants/b.yaml": tenant("b", ["other": "trusted: [x]"]),
            "tenants/c.yaml": tenant("c", ["other": "trusted: {account: [x], organizations: o-abc}"]),
        ],
        "tenant-overlays": [
            "tenants/_defaults.yaml": Loading.defaults
                + "rules: {s3-bucket-versionning: {severity: low}, s3-bucket-versioning: {severity: lwo}}\n",
            "tenants/a.yaml": tenant(
                "a",
                [
                    "other": """
                    rules:
                      iam-password-policy-min-length: {params: {lenght: 12, length: 7}}
                      iam-root-no-access-key: {params: {a: 1}}
                      iam-user-mfa: {params: [1], severity: 3, enabled: true}
                      s3-bucket-versioning: {disabled: {expires: 2027-03-01}}
                      s3-bucket-access-logging: {disabled: {reason: " ", expires: never}}
                      quite-another: {params: {a: 1}}
                      ebs-volume-encrypted: low
                      iam-user-no-direct-policies: {disabled: true}
                    """
                ]),
            "tenants/b.yaml": tenant(
                "b",
                [
                    "other": """
                    rules:
                      iam-password-policy-min-length: {params: {length: "14"}}
                      s3-bucket-versioning: {disabled: {reason: by design}}
                      s3-bucket-access-logging: {disabled: {reason: x, expires: 2027-02-29, until: x}}
                    """
                ]),
            "tenants/c.yaml": tenant("c", ["other": "rules: [s3-bucket-versioning]"]),
        ],
        "tenant-overlay-of-replaced": [
            "policies/a.yaml": Loading.rule.replacing("own-versioning", with: "own-a\nreplaces: s3-bucket-versioning"),
            "tenants/a.yaml": tenant("a", ["other": "rules: {s3-bucket-versioning: {severity: low}}"]),
            "waivers/a.yaml": Loading.waiver,
        ],
        "settings-keys": [
            "parapet.yaml": """
            version: 1
            results: {branch: main, allow_public: perhaps, allowed_signers: x, brunch: y}
            gate: {fail_on: hihg, max_unknown: -1, new_only: true, max_snapshot_age: 36h, extra: 1}
            waivers: {approvers: ["@acme/security", bob, "@a/b/c"], max_days: 0, max_severity: hihg, extra: 1}
            github: {comment: sometimes, check: 1, checks: true}
            packs: []
            hosts: {}
            gates: {}

            """
        ],
        "settings-types": ["parapet.yaml": "version: \"1\"\nresults: [x]\ngate: high\nowner_tags: [\"\", {a: b}]\n"],
        "settings-version-2": ["parapet.yaml": "version: 2\n"],
        "settings-version-null": ["parapet.yaml": "version:\n"],
        "settings-without-version": ["parapet.yaml": "gate: {max_unknown: many, fail_on: 3}\n"],
        "settings-list": ["parapet.yaml": "- version: 1\n"],
        "settings-journal-as-results": ["parapet.yaml": "version: 1\nresults: {branch: parapet/journal}\n"],
        "framework-keys": [
            "frameworks/a.yaml": "framework: a\ntitle: A\ncontrols: {A-1: x}\n",
            "frameworks/b.yaml": "framework: B_\ntitle: B\ncontrols: []\n",
            "frameworks/c.yaml": "title: C\nversion: [1]\nextra: 1\n",
            "frameworks/d.yaml": """
            framework: d
            title: D
            version: "1"
            controls:
              - {control: D-1, title: One, rules: [s3-bucket-versionning, zzz]}
              - {control: D-1, title: Twice, rules: []}
              - {control: D-2, rules: []}
              - {control: D-3, title: Three, rule: []}
              - {control: D-4, title: Four, rules: s3-bucket-versioning}
              - text

            """,
            "frameworks/e.yaml": "framework: soc2-tsc\ntitle: Mine\ncontrols: []\n",
            "frameworks/f.yaml": "framework: f\ntitle: F\ncontrols: []\n",
            "frameworks/g.yaml": "framework: f\ntitle: G\ncontrols: []\n",
            "frameworks/h.yaml":
                "framework: h\ntitle: H\ncontrols:\n  - {control: H-1, title: H, rules: [s3-bucket-versionning, zzz-zzz-zzz-zzz]}\n",
        ],
        "rule-reserved": [
            "policies/a.yaml": Loading.rule.replacing("own-versioning", with: "parapet-waiver-expired")
        ],
        "rule-names": [
            "policies/a.yaml": Loading.rule, "policies/b.yaml": Loading.rule,
            "policies/c.yaml": Loading.rule.replacing("own-versioning", with: "s3-bucket-versioning"),
            "policies/d.yaml": Loading.rule.replacing("own-versioning", with: "Own_Versioning"),
            "policies/e.yaml": Loading.rule.replacing("own-versioning", with: "own-e\nreplaces: s3-bucket-versionning"),
            "policies/f.yaml": Loading.rule.replacing(
                "own-versioning", with: "own-f\nreplaces: s3-bucket-access-logging"),
            "policies/g.yaml": Loading.rule.replacing("own-versioning", with: "own-g").replacing(
                "S3::Bucket", with: "S3::Buckt"),
        ],
        "fragments": [
            "policies/fragments/a.yaml": "fragment: a\nresource: AWS::S3::Bucket\nwhen: {Versioning.Status: Enabled}\n",
            "policies/fragments/b.yaml":
                "fragment: a\nresource: AWS::S3::Bucket\nwhen: {Versioning.Status: Suspended}\n",
            "policies/fragments/c.yaml": "fragment: c\nresource: AWS::S3::Bucket\nwhen: {Versioning.Staus: Enabled}\n",
            "policies/fragments/d.yaml": "fragment: d\nwhen: {}\nextra: 1\n",
        ],
        "waivers": [
            "waivers/a.yaml": "waiver: a\n", "waivers/b.yaml": Loading.waiver.replacing("old-bucket", with: "Bad_Name"),
            "waivers/c.yaml": waiver("c", "rule: s3-bucket-versioning", "rule: s3-bucket-versionning"),
            "waivers/d.yaml": waiver("d", "match: {tenant: prod, id: old}", "match: {}"),
            "waivers/e.yaml": waiver("e", "{tenant: prod, id: old}", "{tenant: prd, ids: x, tags: {}, arn: \"**\"}"),
            "waivers/f.yaml": waiver("f", "id: old", "id: \" \", tags: [a], labels: {a: [b]}"),
            "waivers/g.yaml": waiver("g", "2027-02-28", "2027-02-30"),
            "waivers/h.yaml": waiver("h", "2027-02-28", "soon"),
            "waivers/i.yaml": waiver("i", "2027-02-28", "2027-02-28T10:00:00Z"),
            "waivers/j.yaml": waiver("j", "\"@alice\"", "alice") + "evidence: 9f2c\nexpiry: x\n",
            "waivers/k.yaml": waiver("k", "Goes away with the migration", "\"\""),
            "waivers/l.yaml": waiver("l", "tenant: prod", "labels: {stage: nowhere}"),
            "waivers/m.yaml": waiver("m", "", ""), "waivers/n.yaml": waiver("m", "", ""),
            "waivers/o.yaml": "- waiver: o\n", "waivers/p.yaml": "waiver: p\nmatch: id\nexpires: [x]\nevidence: {}\n",
            "waivers/q.yaml": waiver("q", "expires: 2027-02-28", "expires: ~"), "waivers/r.yaml": "waiver: [\n",
            "waivers/t.yaml": waiver("t", "2027-02-28", "2027"),
            "waivers/u.yaml": waiver("u", "2027-02-28", "1795000000"),
            "waivers/sub/s.yml": waiver("s", "rule: s3-bucket-versioning", "rule: [x]"),
        ],
    ]

    private static func waiver(_ name: String, _ part: String, _ replacement: String) -> String {
        let text = Loading.waiver.replacing("old-bucket", with: name)
        return part.isEmpty ? text : text.replacing(part, with: replacement)
    }
}
