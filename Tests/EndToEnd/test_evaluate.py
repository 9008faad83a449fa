"""`parapet evaluate`, `explain` and `test --from`: verdicts on snapshots that were collected before."""
import json

import pytest

from conftest import git, parapet, verdicts

RULE = """\
rule: volume-is-large
title: Volumes hold at least 14 GiB
severity: high
resource: AWS::EC2::Volume
pass_when: {Size: {gte: 14}}
message: "volume {VolumeId} holds {Size} GiB"
tests:
  - {expect: fail, given: {VolumeId: v, Size: 3}}
  - {expect: pass, given: {VolumeId: v, Size: 20}}
"""
SIZES = {"v1": 3, "v2": 20, "v3": None, "v4": 13}


def volume(name, size, **more):
    config = {"VolumeId": name} if size is None else {"VolumeId": name, "Size": size}
    return {
        "type": "AWS::EC2::Volume", "id": name, "arn": "", "account": "111122223333", "region": "eu-west-1", "tags": {},
        "collectedAt": "2026-01-15T00:00:00Z", "config": config, **more}


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/volume-is-large.yaml").write_text(RULE)
    return tmp_path / "rules"


def records():
    return [volume(name, size) for name, size in SIZES.items()] + [
        volume("v5", None, uncollected={"Size": "AccessDenied"})]


def as_lines(folder):
    (folder / "snapshot.ndjson").write_text("".join(json.dumps(record) + "\n" for record in records()))
    return folder / "snapshot.ndjson"


def as_array(folder):
    (folder / "snapshot.json").write_text(json.dumps(records(), indent=2))
    return folder / "snapshot.json"


def as_folder(folder):
    place = folder / "snapshot/eu-west-1/AWS--EC2--Volume"
    place.mkdir(parents=True)
    for record in records():
        (place / f"{record['id']}.json").write_text(json.dumps(record))
    return folder / "snapshot"


@pytest.mark.parametrize("form", [as_lines, as_array, as_folder])
@pytest.mark.parametrize("jobs", [1, 2])
def test_counts(rules, tmp_path, form, jobs):
    result = parapet("evaluate", "--snapshot", form(tmp_path), "--policies", rules, "--counts", "--jobs", jobs)
    assert result.code == 0, result
    assert json.loads(result.out) == {
        "rules": [{"rule": "volume-is-large", "pass": 1, "fail": 2, "not_applicable": 0, "unknown": 2}]}


def test_verdicts(rules, tmp_path):
    out = tmp_path / "verdicts.ndjson"
    result = parapet("evaluate", "--snapshot", as_lines(tmp_path), "--policies", rules, "--verdicts", out)
    assert result.code == 0 and "2 failures, 2 unknown" in result.out, result
    found = {key[2]: line for key, line in verdicts(out).items()}
    assert {name: line["verdict"] for name, line in found.items()} == {
        "v1": "fail", "v2": "pass", "v3": "unknown", "v4": "fail", "v5": "unknown"}
    assert found["v1"] == {
        "rule": "volume-is-large", "type": "AWS::EC2::Volume", "id": "v1", "region": "eu-west-1",
        "account": "111122223333", "verdict": "fail", "reason": "volume v1 holds 3 GiB",
        "evidence": [{"type": "AWS::EC2::Volume", "id": "v1", "pointer": "/Size", "value": 3}]}
    assert "absent" in found["v3"]["reason"] and "AccessDenied" in found["v5"]["reason"]
    lines = out.read_text().splitlines()
    assert lines == sorted(lines, key=lambda line: json.loads(line)["id"])


@pytest.mark.parametrize("severity, code", [("critical", 0), ("high", 1), ("info", 1)])
def test_a_threshold(rules, tmp_path, severity, code):
    result = parapet(
        "evaluate", "--snapshot", as_lines(tmp_path), "--policies", rules, "--fail-on", severity)
    assert result.code == code, result


@pytest.mark.parametrize("content, place, message", [
    ("{\n", ":1: ", "is not JSON"), ('{"type": "x"}\n', ":1: ", "is no resource"),
    (json.dumps(volume("v", 1)) + '\n{"type"\n', ":2: ", "is not JSON"),
    (json.dumps(volume("v", 1)) + "\n" + "[" * 10_000 + "\n", ":2: ", "is not JSON"),
    (json.dumps(volume("v", 1)) + '\n{"config": 123456789012345678901234567890}\n', ":2: ", "is not JSON"),
])
def test_bad_records_are_named(rules, tmp_path, content, place, message):
    (tmp_path / "bad.ndjson").write_text(content)
    result = parapet(
        "evaluate", "--snapshot", tmp_path / "bad.ndjson", "--policies", rules, "--counts", "--now", "2026-01-15")
    assert result.code == 2 and result.out == "", result
    assert place in result.err and message in result.err, result


def test_a_snapshot_without_a_time(rules, tmp_path):
    record = volume("v", 1)
    del record["collectedAt"]
    (tmp_path / "one.ndjson").write_text(json.dumps(record))
    arguments = "evaluate", "--snapshot", tmp_path / "one.ndjson", "--policies", rules, "--counts"
    result = parapet(*arguments)
    assert result.code == 2 and "--now 2026-01-15T00:00:00Z" in result.err, result
    assert parapet(*arguments, "--now", "2026-01-15").code == 0
    assert parapet(*arguments, "--now", "soon").code == 2


def test_a_snapshot_that_is_not_there(rules, tmp_path):
    result = parapet("evaluate", "--snapshot", tmp_path / "none", "--policies", rules, "--counts")
    assert result.code == 2 and "No such file" in result.err, result


def test_types_that_the_file_does_not_have(rules, tmp_path):
    (tmp_path / "empty.ndjson").write_text("")
    result = parapet(
        "evaluate", "--snapshot", tmp_path / "empty.ndjson", "--policies", rules, "--counts", "--now", "2026-01-15")
    (counts,) = json.loads(result.out)["rules"]
    assert counts["unknown"] == 1 and counts["pass"] == 0, result


def test_the_last_scan_judged_again(repository, proxy, tmp_path):
    """The same verdicts as the scan had, from its own branch."""
    scan_verdicts, again = tmp_path / "scan.ndjson", tmp_path / "again.ndjson"
    assert repository.scan(proxy.url, "--verdicts", scan_verdicts).code in (0, 1, 3)
    result = parapet(
        "evaluate", "--snapshot", "parapet/snapshots:prod", "--verdicts", again, cwd=repository.path)
    assert result.code == 0, result
    ran = {key[0] for key in verdicts(scan_verdicts)}
    found = {key: line["verdict"] for key, line in verdicts(again).items() if key[0] in ran}
    assert found == {key: line["verdict"] for key, line in verdicts(scan_verdicts).items()}

    own = parapet("evaluate", "--tenant", "prod", "--verdicts", again, cwd=repository.path)
    assert own.code == 0 and verdicts(again) == verdicts(scan_verdicts), own
    nobody = parapet("evaluate", "--tenant", "prud", cwd=repository.path)
    assert nobody.code == 2 and "there is no tenant `prud`" in nobody.err and "prod" in nobody.err, nobody

    explained = parapet(
        "explain", "iam-user-administrator-access-policy", "bob", "--tenant", "prod", cwd=repository.path)
    assert explained.code == 0 and explained.out.startswith("fail iam-user-administrator-access-policy"), explained
    assert "/AttachedPolicies/0/PolicyArn is" in explained.out, explained
    as_json = parapet(
        "explain", "iam-user-administrator-access-policy", "bob", "--tenant", "prod", "--format", "json",
        cwd=repository.path)
    (tree,) = json.loads(as_json.out)
    assert tree["verdict"] == "fail" and tree["fail_when"]["truth"] == "true", as_json
    wrong = parapet("explain", "iam-user-administrator-access-policy", "bop", "--tenant", "prod", cwd=repository.path)
    assert wrong.code == 2 and "bob" in wrong.err, wrong

    recorded = parapet(
        "test", "--from", "parapet/snapshots:prod#bob", "iam-user-administrator-access-policy", cwd=repository.path)
    assert recorded.code == 0 and recorded.out.startswith('  - {"expect":"fail"'), recorded
    assert git(repository.path, "rev-parse", "parapet/snapshots")


def test_what_one_scan_left_out_is_unknown(rules, tmp_path):
    """Two scans in one folder: a type that one of them did not ask for is known of neither."""
    folder = as_folder(tmp_path)
    for tenant, types in (("a", ["AWS::EC2::Volume"]), ("b", ["AWS::S3::Bucket"])):
        (folder / tenant).mkdir()
        (folder / tenant / "_scan.json").write_text(json.dumps({"types": types, "gaps": []}))
    result = parapet("evaluate", "--snapshot", folder, "--policies", rules, "--counts", "--now", "2026-01-15")
    (counts,) = json.loads(result.out)["rules"]
    assert counts["unknown"] == 3 and counts["pass"] == 1, result


def test_faulty_waivers_stop_no_evaluation(repository, proxy):
    assert repository.scan(proxy.url).code in (0, 1, 3)
    (repository.path / "waivers").mkdir(exist_ok=True)
    (repository.path / "waivers/broken.yaml").write_text("waiver: [\n")
    result = parapet("evaluate", "--tenant", "prod", "--worktree", cwd=repository.path)
    assert result.code == 0 and "waivers/broken.yaml" in result.err, result
