"""Commands that tell people and editors what there is: validate --format, resources, rules, schema."""
import json
import os
import pty
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT, TENANT, Repository, binary, environment, git, parapet

FORMATS = ["rule", "tenant", "framework", "waiver", "settings", "fragment"]

RULE = """\
rule: mine
title: Mine
severity: low
resource: AWS::S3::Bucket
pass_when: {Versioning.Status: Enabled}
tests:
  - {expect: fail, given: {Name: b, Versioning: {Status: Suspended}}}
  - {expect: pass, given: {Name: b, Versioning: {Status: Enabled}}}
"""

HOSTILE = "\x1b[2J\u202ekey\u2066\r\n::warning::%0A"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A repository in order, which tests only read."""
    repository = Repository(tmp_path_factory.mktemp("good") / "posture")
    repository.write("policies/mine.yaml", RULE)
    repository.commit()
    return repository


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A repository with faults of all kinds, which tests only read."""
    repository = Repository(tmp_path_factory.mktemp("faulty") / "posture")
    repository.write("policies/mine.yaml", RULE.replace("Versioning.Status", "Versioning.Statu", 1))
    repository.write("tenants/b, c:%d.yaml", TENANT.replace("prod", "b") + json.dumps({HOSTILE: 1})[1:-1] + "\n")
    repository.write("tenants/prod.yaml", TENANT + "schedule: daily\n")
    repository.write("waivers/old.yaml", "waiver: old\n")
    repository.commit()
    return repository


# Faults in every format

def diagnostics(repository, *arguments):
    return json.loads(parapet("validate", "--format", "json", *arguments, cwd=repository.path).out)


def test_json(faulty):
    result = parapet("validate", "--format", "json", cwd=faulty.path)
    assert result.code == 2 and result.err == "", result
    report = json.loads(result.out)
    assert set(report) == {"diagnostics", "errors", "warnings", "omitted"}
    found = report["diagnostics"]
    assert report["errors"] == sum(entry["severity"] == "error" for entry in found) >= 2
    assert report["warnings"] == sum(entry["severity"] == "warning" for entry in found) >= 1
    assert report["omitted"] == 0
    path = next(entry for entry in found if entry["code"] == "rule/unknown-path")
    assert path == {
        "code": "rule/unknown-path", "severity": "error", "message": "`Versioning` has no member `Statu`",
        "file": "policies/mine.yaml", "line": 5, "column": 13, "endLine": 5, "endColumn": 29,
        "help": "did you mean `Status`?", "notes": []}
    places = [(entry["file"], entry.get("line", 0), entry.get("column", 0)) for entry in found]
    assert places == sorted(places)


def test_github(faulty):
    result = parapet("validate", "--format", "github", cwd=faulty.path)
    assert result.code == 2 and result.err == "", result
    lines = result.out.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(diagnostics(faulty)["diagnostics"])
    command = re.compile(
        r"::(error|warning) file=([^,:]+)(,line=\d+,col=\d+,endColumn=\d+)?,title=[a-z]+/[a-z-]+::[^\r\n]+")
    for line in lines:
        assert command.fullmatch(line), line
    assert (
        "::error file=policies/mine.yaml,line=5,col=13,endColumn=29,title=rule/unknown-path::"
        "`Versioning` has no member `Statu`%0Ahelp: did you mean `Status`?") in lines
    assert any("file=tenants/b%2C c%3A%25d.yaml," in line for line in lines)


def test_sarif(faulty, good, sarif_schema):
    for repository, code in ((faulty, 2), (good, 0)):
        result = parapet("validate", "--format", "sarif", cwd=repository.path)
        assert result.code == code and result.err == "", result
        log = json.loads(result.out)
        sarif_schema.validate(log)
        assert len(log["runs"][0]["results"]) == len(diagnostics(repository)["diagnostics"])


def test_sarif_names_places(faulty):
    log = json.loads(parapet("validate", "--format", "sarif", cwd=faulty.path).out)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "parapet"
    assert run["tool"]["driver"]["version"] == parapet("--version").out.strip()
    result = next(entry for entry in run["results"] if entry["ruleId"] == "rule/unknown-path")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]] == {"id": "rule/unknown-path"}
    assert result["locations"] == [{"physicalLocation": {
        "artifactLocation": {"uri": "policies/mine.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 5, "startColumn": 13, "endLine": 5, "endColumn": 29}}}]
    uris = {entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for entry in run["results"]}
    assert "tenants/b%2C%20c%3A%25d.yaml" in uris


def test_sarif_with_more_than_is_shown(tmp_path, sarif_schema):
    repository = Repository(tmp_path / "posture")
    repository.write("tenants/prod.yaml", TENANT + "".join(f"key{n}: 1\n" for n in range(5_100)))
    result = parapet("validate", "--worktree", "--format", "sarif", cwd=repository.path)
    log = json.loads(result.out)
    sarif_schema.validate(log)
    assert len(log["runs"][0]["results"]) == 5_000
    note = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert note == "... and 100 more"
    assert diagnostics(repository, "--worktree")["omitted"] == 100
    lines = parapet("validate", "--worktree", "--format", "github", cwd=repository.path).out.splitlines()
    assert len(lines) == 101 and lines[-1] == "::notice::... and 5000 more"
    text = parapet("validate", "--worktree", cwd=repository.path)
    assert "... and 5000 more\n5100 errors, 0 warnings\n" in text.err


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif"])
def test_hostile_text_is_neutralised(format, faulty):
    result = parapet("validate", "--format", format, cwd=faulty.path)
    assert "key" in result.text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", result.text)
    assert not any(line.startswith("::warning::") for line in result.out.splitlines())


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif"])
def test_the_format_does_not_change_the_exit_code(format, good, faulty, tmp_path):
    assert parapet("validate", "--format", format, cwd=good.path).code == 0
    assert parapet("validate", "--format", format, cwd=faulty.path).code == 2
    assert parapet("validate", "--format", format, cwd=tmp_path).code == 2


def test_the_format_is_not_chosen_by_itself(faulty):
    result = parapet("validate", cwd=faulty.path, GITHUB_ACTIONS="true")
    assert result.out == "" and "error[rule/unknown-path]" in result.err
    assert "--format github" in " ".join(parapet("help", "validate").out.split())


# Resource types

def test_resource_types():
    listed = json.loads(parapet("resources", "--format", "json").out)
    manifests = sorted(
        yaml.safe_load(path.read_text())["resource"] for path in ROOT.glob("Sources/Resources/manifests/*.yaml"))
    assert [entry["type"] for entry in listed] == manifests
    lines = parapet("resources").out.splitlines()
    assert lines[0].split() == ["TYPE", "SCANNERS", "SCOPE", "ID"]
    assert [line.split()[0] for line in lines[1:]] == manifests
    assert parapet("resources", "list").out.splitlines() == lines
    for name in manifests:
        shown = parapet("resources", "show", name)
        assert shown.code == 0 and shown.err == "", shown
        described = json.loads(parapet("resources", "show", name, "--format", "json").out)
        for member in described["members"]:
            assert re.search(rf"^{re.escape(member['path'])} +", shown.out, re.M), member
        for relation in described["relations"]:
            assert f"related.{relation['name']} " in shown.out and relation["target"] in manifests


def test_a_resource_type():
    shown = parapet("resources", "show", "AWS::IAM::User").out
    assert re.search(r"AccessKeys\[\]\.Status +text +iam:ListAccessKeys +one of Active, Inactive", shown)
    assert re.search(r"AccessKeys\[\]\.LastUsed\.LastUsedDate +timestamp +iam:GetAccessKeyLastUsed +cut to the day", shown)
    assert "default \"Disabled\"" in parapet("resources", "show", "AWS::S3::Bucket").out


def test_an_unknown_type():
    result = parapet("resources", "show", "AWS::S3::Buket")
    assert result.code == 2 and "did you mean `AWS::S3::Bucket`?" in result.err, result
    assert result.out == ""


# Rules

def test_rules_anywhere(tmp_path, good):
    """The built-in ones outside of a repository, with its own in one."""
    elsewhere = json.loads(parapet("rules", "--format", "json", cwd=tmp_path).out)
    builtin = {yaml.load(path.read_text(), Parapet)["rule"] for path in ROOT.glob("policies/**/*.yaml") if is_rule(path)}
    assert {entry["rule"] for entry in elsewhere} == builtin
    here = json.loads(parapet("rules", "list", "--format", "json", cwd=good.path).out)
    assert {entry["rule"] for entry in here} == builtin | {"mine"}
    assert [entry["rule"] for entry in here] == sorted(entry["rule"] for entry in here)
    text = parapet("rules", cwd=good.path).out.splitlines()
    assert [line.split()[0] for line in text[1:]] == [entry["rule"] for entry in here]
    git(tmp_path, "init", "-q", "other")
    (tmp_path / "other/policies").mkdir()
    (tmp_path / "other/policies/x.yaml").write_text("not: a rule\n")
    for commits in (False, True):
        if commits:
            git(tmp_path / "other", "add", ".")
            git(tmp_path / "other", "commit", "-qm", "x")
        result = parapet("rules", "--format", "json", cwd=tmp_path / "other")
        assert result.code == 0 and result.err == "" and json.loads(result.out) == elsewhere, result
    named = parapet("rules", "-C", tmp_path)
    assert named.code == 2 and "not in a git repository" in named.err, named


@pytest.mark.parametrize("arguments, holds", [
    (["--scanner", "s3"], lambda rule: rule["scanner"] == "s3"),
    (["--severity", "critical"], lambda rule: rule["severity"] == "critical"),
    (["--resource", "AWS::IAM::User"], lambda rule: "AWS::IAM::User" in rule["resources"]),
    (["--resource", "AWS::IAM::User", "--severity", "high"],
     lambda rule: "AWS::IAM::User" in rule["resources"] and rule["severity"] == "high"),
])
def test_filters(arguments, holds, tmp_path):
    everything = json.loads(parapet("rules", "--format", "json", cwd=tmp_path).out)
    filtered = json.loads(parapet("rules", *arguments, "--format", "json", cwd=tmp_path).out)
    assert filtered and filtered == [rule for rule in everything if holds(rule)] != everything


def test_the_rules_of_a_framework(tmp_path):
    framework = yaml.safe_load((ROOT / "frameworks/soc2-tsc.yaml").read_text())
    named = {rule for control in framework["controls"] for rule in control["rules"]}
    listed = json.loads(parapet("rules", "--framework", "soc2-tsc", "--format", "json", cwd=tmp_path).out)
    assert {rule["rule"] for rule in listed} == named


@pytest.mark.parametrize("arguments, help", [
    (["--scanner", "iamm"], "did you mean `iam`?"), (["--resource", "AWS::S3::Buckt"], "did you mean `AWS::S3::Bucket`?"),
    (["--framework", "soc2"], "soc2-tsc"), (["--severity", "hihg"], "'high'"),
    (["show", "iam-user-mf"], "did you mean `iam-user-mfa`?"),
])
def test_unknown_names(arguments, help, tmp_path):
    result = parapet("rules", *arguments, cwd=tmp_path)
    assert result.code == 2 and help in result.err and result.out == "", result


def test_a_rule(tmp_path, good):
    shown = parapet("rules", "show", "iam-password-policy-min-length", cwd=tmp_path).out
    for text in (
        "The account's password policy asks for long passwords", "medium", "built in, scanner iam",
        "pass_when: {PasswordPolicy.MinimumPasswordLength: {gte: {param: length}, if_absent: 8}}", "soc2-tsc CC6.1",
        "cli: aws iam update-account-password-policy", "https://docs.aws.amazon.com/IAM/", "not part of the binary"):
        assert text in shown, shown
    assert re.search(r"length +integer +14 +8 +128\n", shown)
    own = json.loads(parapet("rules", "show", "mine", "--format", "json", cwd=good.path).out)
    assert own["tests"] == 2 and own["pass_when"] == {"Versioning.Status": "Enabled"} and "scanner" not in own


def test_faulty_rules_are_reported_beside_the_others(faulty):
    listed = parapet("rules", cwd=faulty.path)
    assert listed.code == 2 and "`Versioning` has no member `Statu`" in listed.err, listed
    assert "iam-user-mfa" in listed.out
    assert "has no key" not in listed.err, "tenants are not rules"


def test_a_new_rule(tmp_path):
    repository = Repository(tmp_path / "posture")
    types = [entry["type"] for entry in json.loads(parapet("resources", "--format", "json").out)]
    assert len(types) >= 10
    for number, name in enumerate(types):
        made = parapet("rules", "new", f"new-{number}", "--resource", name, cwd=repository.path)
        assert made.code == 0 and f"policies/new-{number}.yaml" in made.out, made
    validated = parapet("validate", "--worktree", cwd=repository.path)
    assert validated.code == 0 and f"({len(types)} of its own)" in validated.out, validated
    assert validated.err == ""
    tested = parapet("test", "--worktree", cwd=repository.path)
    assert tested.code == 0 and f"{len(types)} rules, {3 * len(types)} tests" in tested.out, tested


def test_a_new_rule_overwrites_nothing(tmp_path):
    repository = Repository(tmp_path / "posture")
    assert parapet("rules", "new", "mine", "--dir", "policies/deep/er", cwd=repository.path).code == 0
    repository.write("policies/other.yaml", "# something else\n")
    before = repository.state()[1]
    for arguments, message in (
        (["mine"], "it stands in policies/deep/er/mine.yaml"), (["other"], "there is a file `policies/other.yaml` already"),
        (["iam-user-mfa"], "replaces: iam-user-mfa"), (["Bad_Name"], "lower-case letters"), (["../x"], "cannot be a rule's id"),
        (["x", "--resource", "AWS::S3::Buket"], "did you mean `AWS::S3::Bucket`?")):
        result = parapet("rules", "new", *arguments, cwd=repository.path)
        assert result.code == 2 and message in result.err, result
    assert repository.state()[1] == before
    inside = parapet("rules", "new", "another", "-C", repository.path, cwd=tmp_path)
    assert inside.code == 0 and (repository.path / "policies/another.yaml").exists(), inside


# Colours and completions

def on_a_terminal(*arguments, **variables):
    """What the program writes where its output is a terminal."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [binary(), *arguments], stdout=other, stderr=other, env=environment(TERM="xterm", **variables))
    os.close(other)
    output = b""
    while True:
        try:
            chunk = os.read(main, 65_536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(main)
    process.wait(timeout=30)
    return output.decode()


@pytest.mark.parametrize("arguments", [["resources"], ["resources", "show", "AWS::S3::Bucket"], ["rules"]])
def test_colours(arguments):
    assert "\x1b[1m" in on_a_terminal(*arguments)
    assert "\x1b" not in on_a_terminal(*arguments, NO_COLOR="1")
    assert "\x1b" not in parapet(*arguments).out


@pytest.mark.parametrize("words, expected", [
    (["resources", "show"], "AWS::S3::Bucket"), (["rules", "show"], "iam-user-mfa"), (["rules", "show"], "mine"),
    (["rules", "list", "--resource"], "AWS::S3::Bucket"), (["rules", "new", "--resource"], "AWS::IAM::User"),
])
def test_completions(words, expected, good):
    """What the shell's script asks the program for."""
    script = parapet("--generate-completion-script", "bash").out
    name = words[-1] if words[-1].startswith("--") else "positional@0"
    commands = [word for word in words if not word.startswith("--")]
    assert f"---completion {' '.join(commands)} -- {name}" in script
    result = parapet("---completion", *commands, "--", name, "0", "0", "parapet", *words, "", cwd=good.path)
    assert result.code == 0 and expected in result.out.split("\n"), result


# Schemas of files

class Parapet(yaml.SafeLoader):
    """YAML as Parapet reads it: dates are text, only true and false are booleans, !uncollected is known."""


Parapet.yaml_implicit_resolvers = {
    key: [entry for entry in resolvers if entry[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Parapet.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Parapet.add_constructor("!uncollected", lambda loader, node: {"!uncollected": node.value})


def is_rule(path):
    return path.parent.name not in ("fragments", "tables")


@pytest.fixture(scope="module")
def schemas():
    documents = {name: json.loads(parapet("schema", name).out) for name in FORMATS}
    return {name: jsonschema.Draft202012Validator(document) for name, document in documents.items()}


def errors(schemas, format, text):
    return [error.message for error in schemas[format].iter_errors(yaml.load(text, Parapet))]


@pytest.mark.parametrize("format", FORMATS)
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
    counts = dict.fromkeys(("rule", "fragment", "framework", "settings", "tenant"), 0)
    places = {"policies/**/*.yaml": "rule", "frameworks/*.yaml": "framework", "parapet.yaml": "settings", "tenants/*.yaml": "tenant"}
    for pattern, format in places.items():
        for path in ROOT.glob(pattern):
            if path.parent.name == "tables":
                continue
            kind = "fragment" if path.parent.name == "fragments" else format
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
    """The rule in README.md, and every operator's examples in docs/rules.md."""
    blocks = re.findall(r"```yaml\n(rule: .*?)```", (ROOT / "README.md").read_text(), re.S)
    assert blocks
    for block in blocks:
        assert errors(schemas, "rule", block) == [], block
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
        condition({"InstanceType": {"not_in": {"table": "types", "column": "name"}}}, "AWS::EC2::Instance"),
    ],
    "framework": [json.dumps(FRAMEWORK), changed(FRAMEWORK, version=None)],
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
    "settings": [
        changed(SETTINGS, version=None), changed(SETTINGS, version=2), changed(SETTINGS, version="1"), changed(SETTINGS, gates={}),
        changed(SETTINGS, results={"brunch": "a/b"}), changed(SETTINGS, results={"allow_public": "no"}), changed(SETTINGS, results=[]),
        *(changed(SETTINGS, results={"branch": branch}) for branch in (
            "main", "a//b", "/a", "a/", "a/b.lock", "a/.b", "a/-b", "a/b..c", "a/b.", "a/snapshots", "a/journal", "a/b c",
            "a/" + "b" * 200, "é/b", "a.lock/b")),
        changed(SETTINGS, results={"branch": "a/b", "allowed_signers": "x"}), changed(SETTINGS, gate={"fail_on": "hihg"}),
        changed(SETTINGS, gate={"max_unknown": -1}), changed(SETTINGS, gate={"max_unknown": "0"}), changed(SETTINGS, gate={"extra": 1}),
        changed(SETTINGS, gate="high"),
    ],
    "tenant": [
        *(changed(PROD, **{key: None}) for key in ("tenant", "account", "role", "external_id")),
        changed(PROD, tenant="Prod"), changed(PROD, account="12345"), changed(PROD, role="ParapetScan"),
        changed(PROD, role="arn:aws:iam::123456789012:user/x"), changed(PROD, external_id="a b"), changed(PROD, external_id="x"),
        changed(PROD, regions=[]), changed(PROD, regions=["eu-wset-1"]), changed(PROD, regions="everywhere"),
        changed(PROD, scanners=[]), changed(PROD, scanners=["iamm"]), changed(PROD, scanners="iam"),
        changed(PROD, frameworks={"a": 1}), changed(PROD, labels=["a"]), changed(PROD, labels={"a": []}), changed(PROD, extrenal_id="x"),
    ],
    # Judged by the schema alone.
    "waiver": [
        *(changed(WAIVER, **{key: None}) for key in ("waiver", "rule", "match", "reason", "approved_by", "expires")),
        changed(WAIVER, match={}), changed(WAIVER, match={"arn": "*"}), changed(WAIVER, match={"tags": {}}),
        changed(WAIVER, match={"name": "x"}), changed(WAIVER, reason=" "), changed(WAIVER, approved_by="alice"),
        changed(WAIVER, expires="next year"), changed(WAIVER, expires="2027-13-01"), changed(WAIVER, evidence="9f2c"),
        changed(WAIVER, waiver="A b"), changed(WAIVER, until="2027-01-01"),
    ],
}
OVERLAYS = [
    {"s3-bucket-versioning": {"sevrity": "low"}}, {"s3-bucket-versioning": {"severity": "lwo"}}, {"Bad Id": {"severity": "low"}},
    {"s3-bucket-versioning": {"disabled": True}}, {"s3-bucket-versioning": {"disabled": {"reason": "x"}}},
    {"s3-bucket-versioning": {"disabled": {"reason": "", "expires": "2027-01-01"}}},
    {"s3-bucket-versioning": {"disabled": {"reason": "x", "expires": "soon"}}}, {"s3-bucket-versioning": "low"}]


@pytest.mark.parametrize("format", FORMATS)
def test_good_files(format, schemas):
    for text in GOOD[format]:
        assert errors(schemas, format, text) == [], text


@pytest.mark.parametrize("format", FORMATS)
def test_faulty_files_are_refused(format, schemas):
    for text in BAD[format]:
        assert errors(schemas, format, text), text
    if format == "tenant":
        for rules in OVERLAYS:
            assert errors(schemas, format, changed(PROD, rules=rules)), rules


PLACES = {
    "rule": "policies/mine.yaml", "fragment": "policies/fragments/a.yaml", "framework": "frameworks/acme.yaml",
    "settings": "parapet.yaml", "tenant": "tenants/prod.yaml"}


@pytest.mark.parametrize("format", PLACES)
def test_the_program_refuses_them_too(format, tmp_path):
    """A schema is no stricter than the program: what it refuses is an error there."""
    repository = Repository(tmp_path / "posture")
    for text in BAD[format]:
        repository.write(PLACES[format], text)
        found = diagnostics(repository, "--worktree")["diagnostics"]
        assert any(entry["severity"] == "error" and entry["file"] == PLACES[format] for entry in found), text


@pytest.fixture(scope="session")
def sarif_schema():
    """OASIS's schema of SARIF 2.1.0. It is not part of this repository."""
    folder = Path(os.environ.get("PARAPET_SCHEMAS") or ROOT.parent / "shared/schemas")
    path = folder / "sarif-schema-2.1.0.json"
    if not path.exists():
        pytest.skip(f"{path.name} is missing: set PARAPET_SCHEMAS to its folder")
    document = json.loads(path.read_text())
    validator = jsonschema.validators.validator_for(document)
    validator.check_schema(document)
    return validator(document)
