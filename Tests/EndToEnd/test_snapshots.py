"""`parapet collect` and `parapet snapshot`: snapshots without verdicts, looked at and compared."""
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
    assert result.code == 0, result
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
    assert parapet("collect", "prod", "--out", tmp_path / "a", cwd=repository.path, endpoint=proxy.url).code == 0
    proxy.fail("ec2", "DescribeVolumes", deny())
    proxy.fail("s3", "GetBucketAcl", deny())
    result = parapet("collect", "prod", "--out", tmp_path / "b", cwd=repository.path, endpoint=proxy.url)
    assert result.code == 3, result
    shown = json.loads(parapet("snapshot", "show", tmp_path / "b", "--format", "json").out)
    assert {(gap["type"], gap["operation"]) for gap in shown["gaps"]} == {("AWS::EC2::Volume", "ec2:DescribeVolumes")}
    assert {(one["type"], one["member"], one["code"]) for one in shown["uncollected"]} == {
        ("AWS::S3::Bucket", "Acl", "AccessDenied")}
    difference = json.loads(parapet("snapshot", "diff", tmp_path / "a", tmp_path / "b", "--format", "json").out)
    assert difference["removed"] == difference["added"] == []
    assert {(one["type"], one["code"]) for one in difference["uncollected"]} == {
        ("AWS::EC2::Volume", shown["gaps"][0]["code"])}
    changes = [change for one in difference["changed"] for change in one["changes"]]
    assert {(one["pointer"], one["change"], one["code"]) for one in changes} == {
        ("/config/Acl", "uncollected", "AccessDenied")}
    back = json.loads(parapet("snapshot", "diff", tmp_path / "b", tmp_path / "a", "--format", "json").out)
    assert back["removed"] == back["added"] == back["uncollected"] == []
    assert len(back["first_collected"]) == len(difference["uncollected"])


def test_a_change_of_the_account_shows(own_server, repository, tmp_path):
    for name in ("old", "new"):
        result = parapet("collect", "prod", "--out", tmp_path / name, cwd=repository.path, endpoint=own_server.url)
        assert result.code == 0, result
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
