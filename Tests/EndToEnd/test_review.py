"""`parapet review`: what a change does to the findings of the last scan, and what it cannot do to its own gate."""
import json
import re

import jsonschema
import pytest

import conftest
from conftest import git, parapet
from days import day

RULE, PASSING, FAILING = "every-bucket", "acme-website", "mine"
TENANT = conftest.TENANT + "regions: [us-east-1, eu-west-1]\nscanners: [s3]\nframeworks: [soc2-tsc]\n"
OWN = """\
rule: every-bucket
title: Buckets have good names
severity: high
resource: AWS::S3::Bucket
pass_when: {Name: {ne: %s}}
tests:
  - {expect: pass, given: {Name: good}}
  - {expect: fail, given: {Name: %s}}
"""
SETTINGS = """\
version: 1
results: {branch: parapet/results, allow_public: false}
gate: {fail_on: high, max_unknown: 1000}
waivers: {max_days: 30, max_severity: high, approvers: ["@alice"]}
"""
SECRET = "a-secret-that-nobody-may-see"


def waiver(bucket, expires="2099-01-01", approver="@mallory"):
    return (
        f"waiver: mine\nrule: {RULE}\nmatch: {{tenant: prod, id: {bucket}}}\nreason: mine\n"
        f'approved_by: "{approver}"\nexpires: {expires}\n')


@pytest.fixture(scope="module")
def scanned(server, tmp_path_factory):
    """A scan by a rule that all buckets pass."""
    repository = conftest.Repository(tmp_path_factory.mktemp("review") / "posture")
    repository.write("parapet.yaml", SETTINGS)
    repository.write("tenants/prod.yaml", TENANT)
    repository.write("policies/every-bucket.yaml", OWN % ("nobody", "nobody"))
    repository.commit()
    assert repository.scan(server.url).code in (0, 1, 3)
    repository.bucket = next(one["id"] for one in repository.resources() if one["type"] == "AWS::S3::Bucket")
    return repository


@pytest.fixture
def head(scanned):
    """A branch of its own for the change; the repository is as it was afterwards."""
    git(scanned.path, "switch", "-q", "-c", "head", "main")
    yield scanned
    git(scanned.path, "reset", "-q", "--hard")
    git(scanned.path, "switch", "-q", "main")
    git(scanned.path, "branch", "-q", "-D", "head")


def bad(repository):
    """The rule, as one bucket fails it."""
    return OWN % (repository.bucket, repository.bucket)


def review(repository, *arguments, **more):
    before = repository.state()
    result = parapet(
        "review", "--base", "main", "--head", "head", "--format", "json", *arguments, cwd=repository.path,
        # No service can be asked.
        prefix=("unshare", "--net", "--map-root-user"), **more)
    assert repository.state() == before
    document = json.loads(result.out) if result.out else None
    if document:
        schema = json.loads(parapet("schema", "review").out)
        jsonschema.Draft202012Validator(schema).validate(document)
    return result, document


def change(document, name="prod"):
    [tenant] = [one for one in document["tenants"] if one["tenant"] == name]
    return tenant["change"]


def test_nothing_differs(head):
    head.write("README.md", "another word\n")
    head.commit()
    result, document = review(head)
    assert result.code == 0, result
    found = change(document)
    assert found["score"]["before"] == found["score"]["after"] == json.loads(
        head.show("parapet/results", "prod/summary.json"))["score"]
    assert found["open"] == json.loads(head.show("parapet/results", "prod/summary.json"))["open"]
    assert not found["opened"] and not found["resolved"] and not found["frameworks"]


@pytest.mark.parametrize(("arguments", "code"), [
    ([], 1), (["--fail-on", "critical"], 0), (["--fail-on", "high"], 1), (["--fail-on", "never"], 0),
    (["--tenant", "prod"], 1),
])
def test_a_finding_that_a_rule_opens(head, arguments, code):
    head.write("policies/every-bucket.yaml", bad(head))
    head.commit()
    result, document = review(head, *arguments)
    assert result.code == code, result
    [opened] = change(document)["opened"]
    assert (opened["rule"], opened["resource"]["id"]) == (RULE, head.bucket)
    assert document["conclusion"] == ("findings" if code else "passed") and document["tests"]["passed"] == 2
    text = parapet("review", "--base", "main", "--head", "head", *arguments, cwd=head.path)
    assert text.code == code and f"+ high     {RULE} {head.bucket}" in text.out, text


def test_what_a_scan_would_say(head, server):
    """A scan after the merge says what the review said before."""
    head.write("policies/every-bucket.yaml", bad(head))
    head.write("tenants/prod.yaml", TENANT + "rules: {s3-bucket-versioning: {severity: critical}}\n")
    head.commit()
    _, document = review(head)
    predicted = change(document)
    # In a copy, so that the other tests find the scan that they know.
    copy = head.path.parent / "copy"
    git(head.path, "clone", "-q", "--branch", "head", ".", copy)
    for branch in ("results", "snapshots", "journal"):
        git(copy, "branch", "-q", f"parapet/{branch}", f"origin/parapet/{branch}")
    assert parapet("scan", "--no-push", cwd=copy, endpoint=server.url).code in (0, 1, 3)
    summary = json.loads(git(copy, "show", "parapet/results:prod/summary.json"))
    assert summary["score"] == predicted["score"]["after"] and summary["open"] == predicted["open"]
    assert predicted["score"]["before"] != predicted["score"]["after"]


def test_branches_as_they_were_fetched(head):
    """A clone has the results under origin's name alone."""
    head.write("policies/every-bucket.yaml", bad(head))
    head.commit()
    clone = head.path.parent / "clone"
    git(head.path, "clone", "-q", "--branch", "head", ".", clone)
    git(clone, "remote", "set-head", "origin", "main")
    result = parapet("review", "--format", "json", cwd=clone)
    assert result.code == 1 and "where the head left origin/HEAD" in result.err, result
    assert len(change(json.loads(result.out))["opened"]) == 1
    git(clone, "update-ref", "-d", "refs/remotes/origin/parapet/journal")
    result = parapet("review", cwd=clone)
    assert result.code == 3 and "there is no branch `parapet/journal` here" in result.out, result


def test_findings_that_are_open_anyway(head):
    head.write("README.md", "another word\n")
    head.commit()
    assert review(head, "--all", "--fail-on", "info")[0].code == 1
    head.write("policies/every-bucket.yaml", bad(head))
    head.commit()
    # A commit of the results at which the finding is open: then it is not new.
    git(head.path, "branch", "-q", "-f", "keep", "parapet/results")
    _, document = review(head)
    [opened] = change(document)["opened"]
    findings = head.findings()
    findings["findings"].append({**opened, "first_seen": "2026-01-01T00:00:00Z"})
    git(head.path, "switch", "-q", "keep")
    head.write("prod/findings.json", json.dumps(findings))
    head.commit()
    git(head.path, "switch", "-q", "head")
    assert review(head)[0].code == 1
    assert review(head, "--baseline", "keep")[0].code == 0


def test_errors_in_the_head_stand_on_their_lines(head):
    head.write("tenants/prod.yaml", TENANT + "rules: {no-such-rule: {severity: low}}\n")
    head.commit()
    result, document = review(head)
    assert result.code == 2 and not document["tenants"] and document["conclusion"] == "configuration"
    [error] = [one for one in document["diagnostics"] if one["severity"] == "error"]
    assert (error["file"], error["line"], error["column"]) == ("tenants/prod.yaml", 8, 9)
    text = parapet("review", "--base", "main", "--head", "head", cwd=head.path)
    assert text.code == 2 and "tenants/prod.yaml:8:9" in text.err and "not compared" in text.out, text


@pytest.mark.parametrize(("arguments", "message"), [
    (["--base", "nothing"], "nothing"), (["--head", "nothing"], "nothing"), (["--tenant", "prd"], "`prd`"),
    (["--fail-on", "hihg"], "hihg"), (["--baseline", "nothing"], "nothing"), (["--format", "xml"], "xml"),
])
def test_a_wrong_command_line(scanned, arguments, message):
    result = parapet("review", "--base", "main", *arguments, cwd=scanned.path)
    assert result.code == 2 and message in result.err, result


# What a hostile head tries: files; the keys of the gate that are named; what else the output says.
HOSTILE = {
    "lowers-the-threshold": (
        {"parapet.yaml": SETTINGS.replace("fail_on: high", "fail_on: never")}, {"gate.fail_on": ("high", "never")}, None),
    "allows-unknown": (
        {"parapet.yaml": SETTINGS.replace("max_unknown: 1000", "max_unknown: 999999, new_only: false")},
        {"gate.max_unknown": ("1000", "999999"), "gate.new_only": (None, "false")}, None),
    "approves-its-own-waiver": (
        {"waivers/mine.yaml": waiver("BUCKET", "SOON", "@alice")}, {}, "nobody could be asked"),
    "adds-itself-to-the-approvers": (
        {"parapet.yaml": SETTINGS.replace('["@alice"]', '["@alice", "@mallory"]'),
         "waivers/mine.yaml": waiver("BUCKET", "SOON")},
        {"waivers.approvers": ('["@alice"]', '["@alice", "@mallory"]')}, "nobody could be asked"),
    "raises-max-days": (
        {"parapet.yaml": SETTINGS.replace("max_days: 30", "max_days: 36500"), "waivers/mine.yaml": waiver("BUCKET")},
        {"waivers.max_days": ("30", "36500")}, "nobody could be asked"),
    "names-its-own-host": (
        {"parapet.yaml": SETTINGS + "hosts: {webhook: [evil.example.com]}\n"},
        {"hosts.webhook": (None, "[evil.example.com]")}, "parapet.yaml:5:8"),
    "references-a-secret": (
        {"parapet.yaml": SETTINGS + 'hosts: {webhook: ["${AWS_SECRET_ACCESS_KEY}"]}\n',
         "tenants/prod.yaml": TENANT + 'notifications: [{slack: {webhook: "${AWS_SECRET_ACCESS_KEY}"}}]\n'},
        {"hosts.webhook": (None, '["${AWS_SECRET_ACCESS_KEY}"]')}, "tenants/prod.yaml:8:1"),
    "adds-a-pack": (
        {"parapet.yaml": SETTINGS + "packs: [{git: 'https://evil.example.com/x', ref: main}]\n"},
        {"packs": (None, '[{git: "https://evil.example.com/x", ref: main}]')}, "parapet.yaml:5:8"),
    "moves-the-results": (
        {"parapet.yaml": SETTINGS.replace("branch: parapet/results", "branch: forged/results")},
        {"results.branch": ("parapet/results", "forged/results")}, None),
    "publishes-the-results": (
        {"parapet.yaml": SETTINGS.replace("allow_public: false", "allow_public: true")},
        {"results.allow_public": ("false", "true")}, None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_head(head, name):
    """The rule that it adds opens a finding, and none of its tricks hides that."""
    files, gates, said = HOSTILE[name]
    head.write("policies/every-bucket.yaml", bad(head))
    for path, text in files.items():
        head.write(path, text.replace("BUCKET", head.bucket).replace("SOON", day(20)))
    head.commit()
    # Results that say that all is well.
    for branch in ("results", "snapshots", "journal"):
        git(head.path, "branch", "-q", "-f", f"forged/{branch}", "head")
    result, document = review(head, AWS_SECRET_ACCESS_KEY=SECRET)
    assert result.code == 1 and document["conclusion"] == "findings", result
    found = change(document)
    assert [one["resource"]["id"] for one in found["opened"]] == [head.bucket] and not found["waived"]
    assert {one["key"]: (one.get("base"), one.get("head")) for one in document["gate_changes"]} == gates
    text = parapet(
        "review", "--base", "main", "--head", "head", cwd=head.path, AWS_SECRET_ACCESS_KEY=SECRET)
    assert text.code == 1 and SECRET not in text.text + result.text
    for key in gates:
        assert f"  {key}: " in text.out, text
    if said:
        assert said in text.text, text
    if "waivers/mine.yaml" in files:
        [waiting] = document["waivers"]
        assert waiting["counts"] is False and waiting["waiver"] == "mine"


@pytest.mark.parametrize("branch", [".github/workflows", ".github/results", "main", "parapet/../../x"])
def test_results_stay_out_of_the_way(head, branch):
    head.write("parapet.yaml", SETTINGS.replace("branch: parapet/results", f"branch: {branch}"))
    head.commit()
    result, document = review(head)
    assert result.code == 2, result
    [error] = [one for one in document["diagnostics"] if one["severity"] == "error"]
    assert (error["code"], error["file"], error["line"]) == ("settings/branch", "parapet.yaml", 2)
    assert {"key": "results.branch", "base": "parapet/results", "head": branch} in document["gate_changes"]


def test_names_of_the_head_do_not_move_the_cursor(head):
    head.write("parapet.yaml", SETTINGS + 'hosts: {webhook: ["\\u001b[2J"]}\n')
    head.commit()
    text = parapet("review", "--base", "main", "--head", "head", cwd=head.path)
    assert "\x1b" not in text.text and "hosts.webhook" in text.out, text
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", text.text)
