"""parapet schema: what the schemas accept and refuse, held against the program."""
import json
import re

import jsonschema
import pytest
import yaml

from conftest import ROOT, RULE, TENANT, Repository, diagnostics, parapet
from parapet_yaml import Parapet

FORMATS = ["rule", "tenant", "framework", "waiver", "settings", "fragment", "table"]


@pytest.fixture(scope="module")
def schemas():
    documents = {name: json.loads(parapet("schema", name).out) for name in FORMATS}
    return {name: jsonschema.Draft202012Validator(document) for name, document in documents.items()}


def errors(schemas, format, text):
    return [error.message for error in schemas[format].iter_errors(yaml.load(text, Parapet))]


@pytest.mark.parametrize("format", [*FORMATS, "findings", "review"])
def test_schemas_are_schemas(format, schemas):
    result = parapet("schema", format)
    assert result.code == 0 and result.err == "", result
    document = json.loads(result.out)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(document)


def test_an_unknown_format():
    result = parapet("schema", "rules")
    assert result.code == 2 and "fragment" in result.err, result


def test_what_is_built_in_is_valid(schemas):
    counts = dict.fromkeys(("rule", "fragment", "table", "framework", "settings", "tenant"), 0)
    places = {"policies/**/*.yaml": "rule", "frameworks/*.yaml": "framework", "parapet.yaml": "settings", "tenants/*.yaml": "tenant"}
    for pattern, format in places.items():
        for path in ROOT.glob(pattern):
            kind = {"fragments": "fragment", "tables": "table"}.get(path.parent.name, format)
            assert errors(schemas, kind, path.read_text()) == [], path
            counts[kind] += 1
    assert counts["rule"] >= 30 and counts["framework"] >= 1 and counts["settings"] == 1 and counts["tenant"] == 2


def test_what_init_and_new_make_is_valid(tmp_path, schemas):
    assert parapet("init", tmp_path / "posture").code == 0
    root = tmp_path / "posture"
    assert errors(schemas, "settings", (root / "parapet.yaml").read_text()) == []
    for path in (root / "tenants").glob("*.yaml"):
        assert errors(schemas, "tenant", path.read_text()) == [], path
    for number, entry in enumerate(json.loads(parapet("resources", "--format", "json").out)):
        assert parapet("rules", "new", f"new-{number}", "--resource", entry["type"], cwd=root).code == 0
        assert errors(schemas, "rule", (root / f"policies/new-{number}.yaml").read_text()) == [], entry


def test_what_the_documents_show_is_valid(schemas):
    """The files in README.md and docs, and every operator's examples in docs/rules.md."""
    for name, format in (("README.md", "rule"), ("docs/waivers.md", "waiver"), ("docs/rules.md", "table")):
        found = re.findall(rf"```yaml\n( *){format}: (.*?)```", (ROOT / name).read_text(), re.S)
        assert found, name
        for indent, block in found:
            text = f"{format}: {block}".replace(f"\n{indent}", "\n")
            assert errors(schemas, format, text) == [], text
    rows = re.findall(r"^\| `(\{.*\})` \| `([A-Z]\S*)` `.*` \| (true|false|unknown) \|$", (ROOT / "docs/rules.md").read_text(), re.M)
    assert len(rows) > 60
    for condition, resource, _ in rows:
        condition = condition.replace("\\|", "|")
        text = f"fragment: a\nresource: {resource}\nwhen: {condition}\n"
        assert errors(schemas, "fragment", text) == [], condition


def rule(**changes):
    document = {**yaml.load(RULE, Parapet), **changes}
    return json.dumps({key: value for key, value in document.items() if value is not None})


def condition(value, resource="AWS::S3::Bucket"):
    return json.dumps({"fragment": "a", "resource": resource, "when": value})


FRAMEWORK = {"framework": "acme", "title": "Acme", "version": 2026, "controls": [
    {"control": "AC-1", "title": "MFA", "section": "Access", "rules": ["iam-user-mfa"]},
    {"control": "AC-9", "title": "Visitor log", "rules": []}]}
TABLE = {
    "table": "lambda-runtimes", "key": "runtime", "columns": {"runtime": "text", "ends": "timestamp", "old": "boolean"},
    "source": "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html", "updated": "2026-01-15",
    "rows": [{"runtime": "python3.8", "ends": "2024-10-14", "old": True}, {"runtime": 3.12}]}
WAIVER = {
    "waiver": "prod-legacy-sftp", "rule": "sg-no-ingress-ssh", "match": {"tenant": "prod", "id": "sg-0a1b2c3d"},
    "reason": "Partner uploads until the migration ends", "ticket": "SEC-1412", "approved_by": "@alice",
    "expires": "2027-02-28", "evidence": "9f" * 32}
SETTINGS = {
    "version": 1, "results": {"branch": "parapet/results", "allow_public": False},
    "gate": {"fail_on": "high", "new_only": True, "max_unknown": 0, "max_snapshot_age": "36h"},
    "waivers": {"approvers": ["@acme/security"], "max_days": 180, "max_severity": "critical"},
    "github": {"comment": "update", "check": True},
    "packs": [{"git": "https://github.com/acme/policies", "ref": "v1.2", "path": "policies"}],
    "hosts": {"webhook": ["hooks.example.com"], "smtp": ["smtp.example.com"]}}
PROD = {
    **yaml.safe_load(TENANT), "labels": {"stage": "production", "level": 3}, "regions": "all",
    "scanners": ["iam", "s3", "network"], "frameworks": ["soc2-tsc"], "schedule": "daily",
    "trusted": {"accounts": ["210987654321"], "organizations": ["o-abc123"]},
    "rules": {
        "iam-password-policy-min-length": {"params": {"length": 16}}, "s3-bucket-versioning": {"severity": "low"},
        "s3-bucket-access-logging": {"disabled": {"reason": "by design", "expires": "2027-03-01"}}},
    "results": {"branch": "parapet/results-prod"},
    "notifications": [{"email": {"to": ["secops@example.com"]}, "minimum_severity": "high"}]}


def changed(document, **changes):
    merged = {**document, **changes}
    return json.dumps({key: value for key, value in merged.items() if value is not None})


GOOD = {
    "rule": [
        rule(), rule(resource=["AWS::S3::Bucket"], severity="critical"),
        rule(pass_when=None, fail_when={"not": {"Versioning.Status": "Enabled"}}),
        rule(params={"n": {"type": "integer", "default": 1, "min": 0, "max": 2}, "d": {"type": "duration", "default": "90d"},
                     "l": {"type": "list of strings", "default": []}}),
        rule(category="data", owner="ann", status="deprecated", on_unknown="fail", aliases=["S3.1"], references=[],
             replaces="s3-bucket-versioning", message="m", link="https://x", remediation={"text": "t", "cli": "c"}),
        "rule: tests\ntitle: 12\nseverity: low\nresource: AWS::S3::Bucket\nwhere: {Name: {exists: true}}\n"
        "pass_when: {tags.owner: {exists: true}}\ntests:\n"
        "  - {expect: pass, why: /Name, type: AWS::S3::Bucket, id: b, region: eu-west-1, account: \"111122223333\",\n"
        "     tags: {owner: ann}, params: {}, now: 2026-01-15T00:00:00Z, given: {Name: b},\n"
        "     with: [{type: AWS::S3::Bucket, id: c, given: {Name: c}}]}\n"
        "  - {expect: fail, given: {Name: b}}\n  - {expect: not_applicable, given: {}}\n"
        "  - {expect: unknown, given: {Name: !uncollected AccessDenied}}\n",
    ],
    "fragment": [
        condition({"Versioning.Status": "Enabled"}),
        condition({"all": [{"Name": {"in": ["a", "b"]}}, {"any": [{"Name": {"ne": "c"}}, {"not": {"use": "other"}}]}]}),
        condition({"tags.owner": {"exists": True}, "region": "eu-west-1", "tags['any key']": {"glob": "a*"}}),
        condition({"CreateDate": {"older_than": {"ref": "$.PasswordLastUsed"}, "if_absent": "2020-01-01"}}, "AWS::IAM::User"),
        condition({"AccessKeys": {"count": {"where": {"Status": "Active"}, "gt": {"param": "n"}}}}, "AWS::IAM::User"),
        condition({"Policy": {"allows": {
            "principal": "external", "actions": ["s3:Get*"], "resources": ["*"], "conditions": "any", "lacks": ["aws:SourceArn"]}}}),
        condition({"Policy": {"denies": {
            "principal": ["arn:aws:iam::111122223333:root"], "actions": ["s3:*"], "context": {"aws:SecureTransport": "false"}}}}),
        condition({"InlinePolicies": {"none": {"PolicyDocument": {"privilege_escalation": True}}}}, "AWS::IAM::User"),
        condition({"InstanceType": {"not_in": {"table": "types", "column": "name"}}}, "AWS::EC2::Instance"),
    ],
    "framework": [json.dumps(FRAMEWORK), changed(FRAMEWORK, version=None)],
    "table": [json.dumps(TABLE), changed(TABLE, rows=[])],
    "settings": [json.dumps(SETTINGS), "version: 1\n", "version: 1\nresults: {branch: a/b}\ngate: {fail_on: never}\n"],
    "tenant": [json.dumps(PROD), TENANT, "regions: [eu-west-1]\nscanners: [iam]\n"],
    "waiver": [
        json.dumps(WAIVER), changed(WAIVER, match={"arn": "arn:aws:s3:::logs-*", "tags": {"a": 1}, "labels": {"b": "c"}}),
        changed(WAIVER, evidence=None, ticket=None)],
}

BAD = {
    "rule": [
        rule(rule="Bad Name"), rule(rule=None), rule(title=None), rule(severity="hihg"), rule(severity=None),
        rule(resource="AWS::S3::Buket"), rule(resource=[]), rule(resource=None), rule(pass_when=None),
        rule(fail_when={"Name": "x"}), rule(tests=None), rule(tests=[]),
        rule(tests=[{"expect": "fail", "given": {}}]), rule(tests=[{"expect": "pass", "given": {}}]), rule(titel="x"),
        rule(status="beta"), rule(on_unknown="pass"), rule(remediation={"shell": "x"}), rule(remediation="x"),
        rule(params={"n": {"type": "int", "default": 1}}), rule(params={"n": {"type": "integer"}}),
        rule(params={"n": {"type": "integer", "default": "1"}}), rule(params={"n": {"type": "duration", "default": "1y"}}),
        rule(references="https://x"), rule(aliases={"a": 1}),
        rule(tests=[{"expect": "fail", "given": {}}, {"expect": "pass", "given": {}, "wiht": []}]),
        rule(tests=[{"expect": "fail", "given": {}}, {"expect": "pass"}]),
        rule(tests=[{"expect": "fail", "given": []}, {"expect": "pass", "given": {}}]),
        rule(tests=[{"expect": "fial", "given": {}}, *yaml.load(RULE, Parapet)["tests"]]),
        rule(tests=[*yaml.load(RULE, Parapet)["tests"], {"expect": "pass", "given": {}, "with": [{"id": "x", "given": {}}]}]),
        rule(tests=[*yaml.load(RULE, Parapet)["tests"], {"expect": "pass", "given": {}, "with": [{"type": "AWS::S3::Bucket"}]}]),
        rule(where="x"), "- a\n", "text\n",
    ],
    "fragment": [
        condition({}), condition([]), condition("x"), condition({"all": []}), condition({"all": {"Name": "x"}}),
        condition({"any": "x"}), condition({"not": []}), condition({"use": ["a"]}), condition({"Name": None}),
        condition({"Name": ["a"]}), condition({"Name": {}}), condition({"Name": {"equals": "x"}}),
        condition({"Name": {"if_absent": "x"}}), condition({"Acl.Grants[].Permission": "x"}), condition({"*.Name": "x"}),
        condition({".Name": "x"}), condition({"Name.": "x"}), condition({"": "x"}), condition({"Name": {"in": "x"}}),
        condition({"Name": {"eq": ["x"]}}), condition({"Name": {"eq": None}}), condition({"Name": {"eq": {"parm": "x"}}}),
        condition({"Name": {"eq": {"param": "x", "ref": "$.Name"}}}), condition({"Name": {"eq": {"ref": "Name"}}}),
        condition({"Name": {"eq": {"table": "t", "column": "c"}}}), condition({"Name": {"in": {"table": "t"}}}),
        condition({"Name": {"exists": "yes"}}), condition({"CreationDate": {"older_than": 90}}),
        condition({"CreationDate": {"older_than": "90 days"}}), condition({"Name": {"cidr_is": "open"}}),
        condition({"Name": {"within": []}}), condition({"Name": {"within": "everywhere"}}),
        condition({"Name": {"prefix_len": {}}}), condition({"Name": {"prefix_len": {"lte": 129}}}),
        condition({"Name": {"prefix_len": {"in": 8}}}), condition({"Acl.Grants": {"cover": "all"}}),
        condition({"Acl.Grants": {"count": {}}}), condition({"Acl.Grants": {"count": {"where": {"a": 1}}}}),
        condition({"Acl.Grants": {"count": {"gt": "1"}}}), condition({"Acl.Grants": {"count": {"gtt": 1}}}),
        condition({"Acl.Grants": {"some": {}}}), condition({"Acl.Grants": {"some": {"as": "x"}}}),
        condition({"Acl.Grants": {"some": {"as": "a.b", "Permission": "READ"}}}), condition({"Acl.Grants": {"some": []}}),
        condition({"A..B": {"inside": [1]}}), condition({"A..B": {"covers_any": ["x"]}}), condition({"A..B": {"covers_all": 22}}),
        condition({"Name": {"lookup": {"table": "t", "column": "c"}}}), condition({"Name": {"lookup": {"table": "t", "eq": 1}}}),
        condition({"Name": {"lookup": "t"}}), condition({"Policy": {"allows": {}}}), condition({"Policy": {"allows": {"actions": []}}}),
        condition({"Policy": {"allows": {"actions": ["s3:*"], "principal": "everyone"}}}),
        condition({"Policy": {"allows": {"actions": ["s3:*"], "conditions": "some"}}}),
        condition({"Policy": {"allows": {"action": "s3:*"}}}), condition({"Policy": {"admin": "yes"}}),
        condition({"Policy": {"denies": {"actions": "s3:*"}}}), condition({"Policy": {"privilege_escalation": "yes"}}),
        condition({"Policy": {"allows": {"actions": ["s3:*"], "principal": []}}}),
        condition({"Policy": {"allows": {"actions": ["s3:*"], "lacks": "aws:SourceArn"}}}),
        condition({"IpPermissions": {"ingress": {}}}), condition({"IpPermissions": {"ingress": {"allows": {}}}}),
        condition({"IpPermissions": {"ingress": {"allows": {"from": "everywhere"}}}}),
        condition({"IpPermissions": {"ingress": {"allows": {"from": "world", "ports": []}}}}),
        condition({"IpPermissions": {"ingress": {"allows": {"from": "world", "ports": [70000]}}}}),
        condition({"IpPermissions": {"ingress": {"allows": {"from": "world", "ports": ["ssh"]}}}}),
        condition({"IpPermissions": {"ingress": {"allows": {"from": "world", "protocol": "sctp"}}}}),
        condition({"Name": "x"}, "AWS::S3::Buket"), "fragment: a\nresource: AWS::S3::Bucket\n",
        "fragment: a\nresource: AWS::S3::Bucket\nwhen: {Name: x}\nwhere: {Name: x}\n",
    ],
    "framework": [
        changed(FRAMEWORK, framework="Acme!"), changed(FRAMEWORK, framework=None), changed(FRAMEWORK, title=None),
        changed(FRAMEWORK, controls=None), changed(FRAMEWORK, controls={}), changed(FRAMEWORK, control=[]),
        changed(FRAMEWORK, controls=[{"control": "A", "rules": []}]), changed(FRAMEWORK, controls=[{"title": "A", "rules": []}]),
        changed(FRAMEWORK, controls=[{"control": "A", "title": "A"}]),
        changed(FRAMEWORK, controls=[{"control": "A", "title": "A", "rules": "x"}]),
        changed(FRAMEWORK, controls=[{"control": "A", "title": "A", "rules": [], "rule": "x"}]),
    ],
    "table": [
        *(changed(TABLE, **{key: None}) for key in TABLE), changed(TABLE, columns={}), changed(TABLE, columns=["runtime"]),
        changed(TABLE, columns={"runtime": "string"}), changed(TABLE, updated="lately"), changed(TABLE, rows={}),
        changed(TABLE, rows=[{}]), changed(TABLE, rows=[{"runtime": ["x"]}]), changed(TABLE, row=[]),
    ],
    "settings": [
        changed(SETTINGS, version=None), changed(SETTINGS, version=2), changed(SETTINGS, version="1"), changed(SETTINGS, gates={}),
        changed(SETTINGS, results={"brunch": "a/b"}), changed(SETTINGS, results={"allow_public": "no"}), changed(SETTINGS, results=[]),
        *(changed(SETTINGS, results={"branch": branch}) for branch in (
            "main", "a//b", "/a", "a/", "a/b.lock", "a/.b", "a/-b", "a/b..c", "a/b.", "a/snapshots", "a/journal", "a/b c",
            "a/" + "b" * 200, "é/b", "a.lock/b")),
        changed(SETTINGS, results={"branch": "a/b", "allowed_signers": "x"}), changed(SETTINGS, gate={"fail_on": "hihg"}),
        changed(SETTINGS, gate={"max_unknown": -1}), changed(SETTINGS, gate={"max_unknown": "0"}), changed(SETTINGS, gate={"extra": 1}),
        changed(SETTINGS, gate="high"), changed(SETTINGS, waivers={"max_days": 0}), changed(SETTINGS, waivers={"max_severity": "all"}),
        changed(SETTINGS, waivers={"approvers": ["alice"]}), changed(SETTINGS, waivers={"days": 1}),
    ],
    "tenant": [
        *(changed(PROD, **{key: None}) for key in ("tenant", "account", "role", "external_id")),
        changed(PROD, tenant="Prod"), changed(PROD, account="12345"), changed(PROD, role="ParapetScan"),
        changed(PROD, role="arn:aws:iam::123456789012:user/x"), changed(PROD, external_id="a b"), changed(PROD, external_id="x"),
        changed(PROD, regions=[]), changed(PROD, regions=["eu-wset-1"]), changed(PROD, regions="everywhere"),
        changed(PROD, scanners=[]), changed(PROD, scanners=["iamm"]), changed(PROD, scanners="iam"),
        changed(PROD, frameworks={"a": 1}), changed(PROD, labels=["a"]), changed(PROD, labels={"a": []}), changed(PROD, extrenal_id="x"),
        changed(PROD, trusted={"accounts": ["1"]}), changed(PROD, trusted={"organizations": ["acme"]}),
        changed(PROD, trusted={"account": []}),
        *(changed(PROD, rules=rules) for rules in (
            {"s3-bucket-versioning": {"sevrity": "low"}}, {"s3-bucket-versioning": {"severity": "lwo"}}, {"Bad Id": {"severity": "low"}},
            {"s3-bucket-versioning": {"disabled": True}}, {"s3-bucket-versioning": {"disabled": {"reason": "x"}}},
            {"s3-bucket-versioning": {"disabled": {"reason": "", "expires": "2027-01-01"}}},
            {"s3-bucket-versioning": {"disabled": {"reason": "x", "expires": "soon"}}}, {"s3-bucket-versioning": "low"})),
    ],
    "waiver": [
        *(changed(WAIVER, **{key: None}) for key in ("waiver", "rule", "match", "reason", "approved_by", "expires")),
        changed(WAIVER, match={}), changed(WAIVER, match={"arn": "*"}), changed(WAIVER, match={"tags": {}}),
        changed(WAIVER, match={"name": "x"}), changed(WAIVER, reason=" "), changed(WAIVER, approved_by="alice"),
        changed(WAIVER, expires="next year"), changed(WAIVER, expires="2027-13-01"), changed(WAIVER, evidence="9f2c"),
        changed(WAIVER, waiver="A b"), changed(WAIVER, until="2027-01-01"),
    ],
}


@pytest.mark.parametrize("format", FORMATS)
def test_good_files(format, schemas):
    for text in GOOD[format]:
        assert errors(schemas, format, text) == [], text


@pytest.mark.parametrize("format", FORMATS)
def test_faulty_files_are_refused(format, schemas):
    for text in BAD[format]:
        assert errors(schemas, format, text), text


PLACES = {
    "rule": "policies/mine.yaml", "fragment": "policies/fragments/a.yaml", "framework": "frameworks/acme.yaml",
    "settings": "parapet.yaml", "tenant": "tenants/prod.yaml", "waiver": "waivers/old.yaml", "table": "policies/tables/t.yaml"}


@pytest.mark.parametrize("format", FORMATS)
def test_the_program_refuses_them_too(format, tmp_path):
    """A schema is no stricter than the program: what it refuses is an error there."""
    repository = Repository(tmp_path / "posture")
    for text in BAD[format]:
        repository.write(PLACES[format], text)
        found = diagnostics(repository, "--worktree")["diagnostics"]
        assert any(entry["severity"] == "error" and entry["file"] == PLACES[format] for entry in found), text
