"""Commands that tell people and editors what there is: validate --format, resources, rules."""
import json
import os
import pty
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT, RULE, TENANT, Repository, binary, diagnostics, environment, git, parapet
from parapet_yaml import Parapet

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
    files = [path for path in ROOT.glob("policies/**/*.yaml") if path.parent.name not in ("fragments", "tables")]
    builtin = {yaml.load(path.read_text(), Parapet)["rule"] for path in files}
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
