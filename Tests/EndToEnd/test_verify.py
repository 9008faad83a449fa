"""`parapet verify`: what git holds of scans can be made again, byte for byte."""
import json

import pytest

import conftest
from conftest import git, parapet
from days import day

FRAGMENT = """\
fragment: versioned
resource: AWS::S3::Bucket
when: {Versioning.Status: Enabled}
"""
RULE = conftest.RULE.replace("pass_when: {Versioning.Status: Enabled}", "pass_when: {use: versioned}")
EVERY_BUCKET = """\
rule: every-bucket
title: Every bucket fails
severity: low
resource: AWS::S3::Bucket
pass_when: {Name: nobody}
tests:
  - {expect: pass, given: {Name: nobody}}
  - {expect: fail, given: {Name: somebody}}
"""
WAIVER = f"""\
waiver: legacy
rule: mine
match: {{tenant: prod, id: "*"}}
reason: until the migration ends
approved_by: "@alice"
expires: {day(200)}
"""


@pytest.fixture(scope="module")
def scanned(server, tmp_path_factory):
    """Two scans; between them a rule, a waiver and an overlay come."""
    repository = conftest.Repository(tmp_path_factory.mktemp("verify") / "posture")
    repository.write("tenants/prod.yaml", conftest.TENANT + "regions: [us-east-1]\nscanners: [s3]\nframeworks: [soc2-tsc]\n")
    repository.write("policies/every-bucket.yaml", EVERY_BUCKET)
    repository.commit()
    assert repository.scan(server.url).code in (0, 1, 3)
    bucket = next(resource["id"] for resource in repository.resources() if resource["type"] == "AWS::S3::Bucket")
    repository.write("policies/fragments/versioned.yaml", FRAGMENT)
    repository.write("policies/mine.yaml", RULE)
    repository.write("waivers/legacy.yaml", WAIVER.replace('"*"', bucket))
    repository.write("waivers/faulty.yaml", "waiver: Faulty\n")
    repository.write(
        "tenants/prod.yaml", (repository.path / "tenants/prod.yaml").read_text()
        + "trusted: {accounts: ['210987654321']}\n"
        + "owner_tags: []\n"
        + "rules:\n  mine: {severity: high}\n  s3-bucket-versioning: {disabled: {reason: old, expires: 2024-01-01}}\n")
    repository.commit()
    assert repository.scan(server.url).code in (0, 1, 3)
    return repository


def verify(repository, *arguments):
    result = parapet("verify", "--format", "json", *arguments, cwd=repository.path)
    return result, json.loads(result.out) if result.out else None


def test_every_scan_is_verified(scanned):
    result, lines = verify(scanned, "--all")
    assert result.code == 0, result
    assert len(lines) == 2 and all(line["verified"] for line in lines), lines
    assert lines[0]["commit"] == scanned.tip("parapet/results")
    text = parapet("verify", cwd=scanned.path)
    assert text.code == 0 and "all equal" in text.out, text


def test_owners_are_recorded(scanned):
    """Each scan by its own tags: the settings' at first, then none."""
    for revision, keys in (("~1", ["owner", "team"]), ("", [])):
        policy = json.loads(scanned.show("parapet/snapshots" + revision, "prod/_policy/tenant.json"))
        findings = json.loads(scanned.show("parapet/results" + revision, "prod/findings.json"))["findings"]
        assert policy["owner_tags"] == keys and findings
        assert {one["owner"] for one in findings if "owner" in one} == ({"payments"} if keys else set())


def test_the_recorded_policy_counts_and_not_the_newest(scanned):
    before = (scanned.path / "policies/mine.yaml").read_text()
    scanned.write("policies/mine.yaml", before.replace("severity: low", "severity: critical"))
    scanned.commit()
    assert verify(scanned, "--all")[0].code == 0


@pytest.mark.parametrize(("path", "change"), [
    ("prod/findings.json", lambda text: text.replace('"status": "open"', '"status": "waived"', 1)),
    ("prod/summary.json", lambda text: text.replace('"score": ', '"score": 1', 1)),
    ("README.md", lambda text: text + "\n"),
    ("prod/findings.md", None),
    ("other/findings.json", lambda text: "{}"),
])
def test_a_changed_byte_is_found(scanned, path, change, monkeypatch):
    """Somebody with write access amends the results."""
    tip = scanned.tip("parapet/results")
    folder = scanned.path.parent / "forged"
    git(scanned.path, "worktree", "add", "-q", "--detach", str(folder), tip)
    try:
        file = folder / path
        if change:
            file.parent.mkdir(exist_ok=True)
            before = file.read_text() if file.exists() else ""
            file.write_text(change(before))
            assert file.read_text() != before
        else:
            file.unlink()
        git(folder, "add", "-A")
        monkeypatch.setenv("GIT_COMMITTER_DATE", git(folder, "log", "-1", "--format=%cI"))
        git(folder, "commit", "-q", "--amend", "--no-edit")
        forged = git(folder, "rev-parse", "HEAD")
    finally:
        git(scanned.path, "worktree", "remove", "--force", str(folder))
    result, lines = verify(scanned, forged)
    assert result.code == 1, result
    assert lines[0]["differing"] == [path], lines


def test_what_cannot_be_verified_says_why(scanned):
    assert verify(scanned, "HEAD")[0].code == 2
    assert "names no snapshot" in verify(scanned, "HEAD")[0].err
    missing = verify(scanned, "no-such-commit")[0]
    assert missing.code == 2 and "no-such-commit" in missing.err
    empty = conftest.Repository(scanned.path.parent / "empty")
    result = verify(empty)[0]
    assert result.code == 2 and "there is no branch `parapet/results`" in result.err, result
