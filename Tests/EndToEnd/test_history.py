"""`parapet history` and `parapet diff`: what git tells of scans."""
import json

import boto3
import pytest

import conftest
from aws_server import AWSServer
from conftest import git, parapet

CREDENTIALS = {
    "aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
TENANT = conftest.TENANT + "regions: [us-east-1]\nscanners: [s3]\n"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """Four scans: a bucket without versions; one more; the first one fixed; a rule that does not run any more."""
    repository = conftest.Repository(tmp_path_factory.mktemp("history") / "posture")
    repository.write("tenants/prod.yaml", TENANT)
    repository.commit()
    commits = []

    def scan():
        assert repository.scan(server.url).code in (0, 1, 3)
        commits.append(repository.tip("parapet/results"))

    with AWSServer() as server:
        s3 = boto3.client("s3", endpoint_url=server.url, **CREDENTIALS)
        s3.create_bucket(Bucket="first")
        scan()
        s3.create_bucket(Bucket="second")
        scan()
        s3.put_bucket_versioning(Bucket="first", VersioningConfiguration={"Status": "Enabled"})
        scan()
        repository.write(
            "tenants/prod.yaml", TENANT
            + "rules: {s3-bucket-versioning: {disabled: {reason: by design, expires: 2099-01-01}}}\n")
        repository.commit()
        scan()
    assert len(set(commits)) == 4
    return repository, commits


def told(repository, *arguments):
    result = parapet(*arguments, "--format", "json", cwd=repository.path)
    assert result.code == 0, result
    return json.loads(result.out)


def named(lines):
    return {(line["rule"], line["resource"]) for line in lines}


def test_what_lies_between_two_scans(scanned):
    repository, commits = scanned
    [more] = told(repository, "diff", commits[0], commits[1])
    assert {line["resource"] for line in more["opened"]} == {"second"} and not more["resolved"]
    [fixed] = told(repository, "diff", commits[1], commits[2])
    assert named(fixed["resolved"]) == {("s3-bucket-versioning", "first")} and not fixed["opened"]
    assert fixed["to"]["score"] > fixed["from"]["score"]
    [withdrawn] = told(repository, "diff")
    assert named(withdrawn["withdrawn"]) == {("s3-bucket-versioning", "second")} and not withdrawn["resolved"]
    text = parapet("diff", commits[1], commits[2], cwd=repository.path)
    assert text.code == 0 and "s3-bucket-versioning first" in text.out, text


def test_history_tells_of_every_scan(scanned):
    repository, commits = scanned
    [history] = told(repository, "history")
    assert [scan["commit"] for scan in history["scans"]] == commits
    assert [scan["resolved"] for scan in history["scans"]] == [0, 0, 1, 0]
    assert [scan["opened"] for scan in history["scans"]][0] == 0 < history["scans"][1]["opened"]
    summary = json.loads(repository.show(commits[2], "prod/summary.json"))
    assert history["scans"][2]["score"] == summary["score"] and history["scans"][2]["open"] == summary["open"]
    assert sum(month["resolved"] for month in history["months"]) == 1
    text = parapet("history", "prod", cwd=repository.path)
    assert text.code == 0 and "median days to fix: " in text.out and commits[0][:10] in text.out, text


def test_days_stand_for_commits(scanned):
    repository, commits = scanned
    day = git(repository.path, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", commits[3])
    [difference] = told(repository, "diff", commits[0], day)
    assert difference["to"]["commit"] == commits[3]
    early = parapet("diff", "2001-01-01", cwd=repository.path)
    assert early.code == 2 and "no results up to 2001-01-01" in early.err, early


@pytest.mark.parametrize(("arguments", "message"), [
    (["history", "prd"], "did you mean `prod`"),
    (["history", "--since", "yesterday"], "--since"),
    (["diff", "--tenant", "prd"], "did you mean `prod`"),
    (["diff", "no-such-commit"], "no-such-commit"),
])
def test_what_cannot_be_told_says_why(scanned, arguments, message):
    result = parapet(*arguments, cwd=scanned[0].path)
    assert result.code == 2 and message in result.err, result


def test_denied_calls_resolve_nothing(tmp_path):
    """A finding whose attribute cannot be read any more is neither open nor resolved, and keeps its date."""
    from fault_proxy import FaultProxy, deny
    repository = conftest.Repository(tmp_path / "posture")
    repository.write("tenants/prod.yaml", TENANT)
    repository.commit()
    with AWSServer() as server:
        boto3.client("s3", endpoint_url=server.url, **CREDENTIALS).create_bucket(Bucket="first")
        assert repository.scan(server.url).code in (0, 1, 3)
        before = {finding["id"]: finding for finding in repository.findings()["findings"]}
        with FaultProxy(server.url) as proxy:
            proxy.fail("s3", "GetBucketVersioning", deny())
            assert repository.scan(proxy.url).code == 3
        lost = repository.findings()
        [undecided] = [finding for finding in lost["undecided"] if finding["rule"] == "s3-bucket-versioning"]
        assert undecided["first_seen"] == before[undecided["id"]]["first_seen"]
        assert "1 cannot be judged any more" in git(repository.path, "log", "-1", "--format=%s", "parapet/results")
        [difference] = told(repository, "diff")
        assert named(difference["undecided"]) == {("s3-bucket-versioning", "first")} and not difference["resolved"]
        assert repository.scan(server.url).code in (0, 1, 3)
    after = {finding["id"]: finding for finding in repository.findings()["findings"]}
    assert after == before
    assert repository.findings()["undecided"] == []
    assert parapet("verify", "--all", cwd=repository.path).code == 0
