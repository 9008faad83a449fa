"""`parapet collect` and `parapet snapshot`: snapshots without verdicts, looked at and compared."""
import gzip
import json

import pytest

import seed
from conftest import git, parapet
from fault_proxy import deny


@pytest.fixture
def collected(repository, proxy, tmp_path):
    """A folder that `collect` filled."""
    repository.before = repository.state()
    result = parapet("collect", "prod", "--out", tmp_path / "new/folder", cwd=repository.path, endpoint=proxy.url)
    # The server does not implement every operation.
    assert result.code in (0, 3), result
    assert "AWS::S3::Bucket" in result.out
    return tmp_path / "new/folder"


def test_collect_writes_what_a_scan_writes(collected, repository, proxy, tmp_path):
    assert repository.state() == repository.before
    repository.scan(proxy.url)
    git(repository.path, "clone", "-q", "-b", "parapet/snapshots", repository.path, tmp_path / "scanned")
    ours = {str(path.relative_to(collected)): path.read_bytes() for path in collected.rglob("*.json")}
    scanned = tmp_path / "scanned/prod"
    theirs = {str(path.relative_to(scanned)): path.read_bytes() for path in scanned.rglob("*.json")}
    facts, scan_facts = json.loads(ours.pop("_scan.json")), json.loads(theirs.pop("_scan.json"))
    assert ours == {name: content for name, content in theirs.items() if not name.startswith("_policy/")}
    assert facts.pop("collectedAt").endswith("Z")
    assert facts == scan_facts
    # Both are snapshots, and equal ones.
    result = parapet("snapshot", "diff", collected, "parapet/snapshots:prod", cwd=repository.path)
    assert (result.code, result.out) == (0, "no differences\n"), result


def test_a_collected_folder_can_be_judged(collected, repository):
    result = parapet("evaluate", "--snapshot", collected, "--counts", cwd=repository.path)
    assert result.code == 0, result
    assert len(json.loads(result.out)["rules"]) >= 30


def test_collect_refuses_what_it_would_mix_up(collected, repository, proxy):
    result = parapet("collect", "prod", "--out", collected, cwd=repository.path, endpoint=proxy.url)
    assert result.code == 2
    assert "is not empty" in result.err
    result = parapet("collect", "prd", "--out", collected, cwd=repository.path, endpoint=proxy.url)
    assert result.code == 2
    assert "did you mean `prod`" in result.err


def test_a_list_that_was_denied_is_a_gap(repository, proxy, tmp_path):
    before = parapet("collect", "prod", "--out", tmp_path / "a", cwd=repository.path, endpoint=proxy.url)
    assert before.code in (0, 3), before
    proxy.fail("ec2", "DescribeVolumes", deny())
    proxy.fail("s3", "GetBucketAcl", deny())
    result = parapet("collect", "prod", "--out", tmp_path / "b", cwd=repository.path, endpoint=proxy.url)
    assert result.code == 3, result
    old, new = (
        json.loads(parapet("snapshot", "show", tmp_path / name, "--format", "json").out) for name in ("a", "b"))
    [gap] = [gap for gap in new["gaps"] if gap not in old["gaps"] and gap["region"] == "eu-west-1"]
    assert (gap["type"], gap["operation"]) == ("AWS::EC2::Volume", "ec2:DescribeVolumes")
    assert {(one["type"], one["member"], one["code"]) for one in new["uncollected"] if one not in old["uncollected"]} == {
        ("AWS::S3::Bucket", "Acl", "AccessDenied")}
    difference = json.loads(parapet("snapshot", "diff", tmp_path / "a", tmp_path / "b", "--format", "json").out)
    assert difference["removed"] == difference["added"] == []
    assert {(one["type"], one["code"]) for one in difference["uncollected"]} == {
        ("AWS::EC2::Volume", gap["code"])}
    changes = [change for one in difference["changed"] for change in one["changes"]]
    assert {(one["pointer"], one["change"], one["code"]) for one in changes} == {
        ("/config/Acl", "uncollected", "AccessDenied")}
    back = json.loads(parapet("snapshot", "diff", tmp_path / "b", tmp_path / "a", "--format", "json").out)
    assert back["removed"] == back["added"] == back["uncollected"] == []
    assert len(back["first_collected"]) == len(difference["uncollected"])


def test_a_change_of_the_account_shows(own_server, repository, tmp_path):
    for name in ("old", "new"):
        result = parapet("collect", "prod", "--out", tmp_path / name, cwd=repository.path, endpoint=own_server.url)
        assert result.code in (0, 3), result
        if name == "old":
            s3 = seed.Account(own_server.url).client("s3", "eu-west-1")
            bucket = next(one["Name"] for one in s3.list_buckets()["Buckets"])
            s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "new"}]})
            volume = seed.Account(own_server.url).client("ec2", "eu-west-1").create_volume(
                AvailabilityZone="eu-west-1a", Size=9)["VolumeId"]
    text = parapet("snapshot", "diff", tmp_path / "old", tmp_path / "new").out
    assert f"+ AWS::EC2::Volume  eu-west-1  {volume}\n" in text
    assert '+ /tags/team: "new"' in text or "/tags/team" in text
    assert text.endswith("1 added, 1 changed\n")


def test_documents_are_shown(collected):
    shown = json.loads(parapet("snapshot", "show", collected, "--type", "AWS::S3::Bucket").out)
    assert len(shown) >= 5
    one = parapet("snapshot", "show", collected, "--id", shown[0]["arn"])
    assert json.loads(one.out) == shown[0]
    assert parapet("snapshot", "show", collected, "--id", "nothing").code == 2
    missing = parapet("snapshot", "show", collected, "--type", "AWS::S3::Buckt")
    assert missing.code == 2
    assert "did you mean `AWS::S3::Bucket`" in missing.err
    assert parapet("snapshot", "show", collected / "nothing").code == 2


CONFIG_TYPES = {
    "AWS::EC2::Volume": {"volumeId": "vol-1", "encrypted": False, "size": 8},
    "AWS::IAM::Role": {"roleName": "r", "arn": "arn:aws:iam::111122223333:role/r", "attachedManagedPolicies": []},
    "AWS::Lambda::Function": {"functionName": "f"},
}


def config_file(path, **changes):
    """A configuration snapshot as AWS Config delivers it."""
    items = [{
        "configurationItemCaptureTime": "2026-01-10T00:00:00.000Z", "awsAccountId": "111122223333",
        "configurationItemStatus": "OK", "resourceType": type, "resourceId": "x", "awsRegion": "eu-west-1", "tags": {},
        "configuration": configuration, "supplementaryConfiguration": {}, **changes}
        for type, configuration in CONFIG_TYPES.items()]
    content = json.dumps({"fileVersion": "1.0", "configurationItems": items}).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("suffix", ["json", "json.gz"])
def test_import(tmp_path, suffix):
    file = config_file(tmp_path / f"111122223333_Config_eu-west-1_ConfigSnapshot_20260115T093000Z_x.{suffix}")
    result = parapet("snapshot", "import", "--aws-config", file, "--out", tmp_path / "out")
    assert result.code == 0, result
    assert "2 resources of 111122223333, collected at 2026-01-15T09:30:00Z" in result.out
    assert "not imported: 1 × AWS::Lambda::Function" in result.err
    volume = json.loads(parapet("snapshot", "show", tmp_path / "out", "--id", "vol-1").out)
    assert volume["config"] == {"Encrypted": False, "Size": 8, "VolumeId": "vol-1"}
    assert volume["uncollected"]["KmsKeyId"] == "NotRecorded"
    # It can be judged; what was not recorded is unknown.
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/x.yaml").write_text("""\
rule: encrypted
title: Encrypted with a key
severity: low
resource: AWS::EC2::Volume
pass_when: {KmsKeyId: {exists: true}}
tests:
  - {expect: pass, given: {KmsKeyId: k}}
  - {expect: fail, given: {}}
""")
    counts = parapet("evaluate", "--snapshot", tmp_path / "out", "--policies", tmp_path / "rules", "--counts")
    assert json.loads(counts.out)["rules"] == [{"rule": "encrypted", "pass": 0, "fail": 0, "not_applicable": 0, "unknown": 1}]


def test_import_says_what_is_wrong(tmp_path):
    def run(file, *more):
        return parapet("snapshot", "import", "--aws-config", file, "--out", tmp_path / "out", *more)

    file = config_file(tmp_path / "snapshot.json")
    assert "does not say when it was made" in run(file).err
    assert "`soon` is no moment" in run(file, "--at", "soon").err
    (tmp_path / "bad.json").write_text("{")
    result = run(tmp_path / "bad.json", "--at", "2026-01-15T00:00:00Z")
    assert (result.code, "it is not JSON" in result.err) == (2, True), result
    (tmp_path / "bad.json.gz").write_bytes(gzip.compress(b"x" * 100)[:-9])
    assert "is no whole gzip file" in run(tmp_path / "bad.json.gz", "--at", "2026-01-15T00:00:00Z").err
    assert run(tmp_path / "none.json", "--at", "2026-01-15T00:00:00Z").code == 2
    assert not (tmp_path / "out").exists()
    assert run(file, "--at", "2026-01-15T00:00:00Z").code == 0
    assert "is not empty" in run(file, "--at", "2026-01-15T00:00:00Z").err
