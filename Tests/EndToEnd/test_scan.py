"""A scan from the role to the commit, against what boto3 says of the same account."""
import fnmatch
import json
import re
from pathlib import Path

import boto3
import pytest

import conftest
import documents
import oracle
import seed
from aws_server import AWSServer
from conftest import EXTERNAL_ID, REGIONS, ROLE, ROOT, Repository, git, parapet, verdicts
from fault_proxy import FaultProxy

BRANCHES = ["parapet/snapshots", "parapet/results", "parapet/journal"]


@pytest.fixture(scope="module")
def scanned(server, tmp_path_factory):
    """One scan of the seeded account, looked at by many tests."""
    folder = tmp_path_factory.mktemp("scanned")
    repository = Repository(folder / "posture")
    repository.write(
        "tenants/prod.yaml", conftest.TENANT + "session: {tags: {team: security}, source_identity: parapet@acme}\n")
    repository.commit()
    with FaultProxy(server.url, trust={ROLE: EXTERNAL_ID}) as proxy:
        repository.result = repository.scan(proxy.url, "--verdicts", folder / "verdicts.ndjson")
        repository.calls = list(proxy.calls)
        repository.assumed = list(proxy.assumed)
    repository.verdicts = verdicts(folder / "verdicts.ndjson")
    repository.account = seed.Account(server.url)
    return repository


def test_findings_make_the_exit_code_1(scanned):
    assert scanned.result.code == 1, scanned.result
    assert "score" in scanned.result.out
    for branch in BRANCHES:
        assert scanned.tip(branch)[:10] in scanned.result.out


def test_the_role_is_assumed_with_its_external_id(scanned):
    assert len(scanned.assumed) == 1
    form = scanned.assumed[0]
    assert (form["RoleArn"], form["ExternalId"]) == (ROLE, EXTERNAL_ID)
    assert form["RoleSessionName"].startswith("parapet-")
    assert (form["Tags.member.1.Key"], form["Tags.member.1.Value"]) == ("team", "security")
    assert form["SourceIdentity"] == "parapet@acme"
    assert form["PolicyArns.member.1.arn"] == "arn:aws:iam::aws:policy/SecurityAudit"
    statement = json.loads(form["Policy"])["Statement"][0]
    # Where the list does not fit, actions of a kind become one.
    spared = statement["NotAction"]
    assert statement["Effect"] == "Deny"
    for action, is_spared in {"s3:ListAllMyBuckets": True, "iam:ListUsers": True, "s3:GetObject": False, "iam:CreateUser": False}.items():
        assert any(fnmatch.fnmatchcase(action, pattern) for pattern in spared) == is_spared, action
    policies = [value for name, value in form.items() if name.startswith("Policy")]
    assert sum(map(len, policies)) <= 2048


def test_documents_equal_boto3s(scanned):
    expected = documents.documents(scanned.account, REGIONS, ROOT / "Sources/Resources/manifests")
    found = {(one["type"], one["region"], one["id"]): one for one in scanned.resources()}
    assert sorted(found) == sorted(expected)
    for key, envelope in found.items():
        assert set(envelope.get("uncollected", {}).values()) <= {"NotRequested"}, key
        assert envelope["config"] == expected[key]["config"], key
        assert envelope["tags"] == expected[key]["tags"], key
    assert len(found) >= 35


def test_verdicts_equal_the_oracles(scanned):
    expected = oracle.verdicts(scanned.account, REGIONS)
    found = {key: line["verdict"] for key, line in scanned.verdicts.items()}
    assert found == expected
    # An oracle that says one thing only would prove nothing.
    for rule in {key[0] for key in expected}:
        print(rule, sorted({value for key, value in expected.items() if key[0] == rule}))
    assert len({key[0] for key in expected}) == 30


def test_findings_are_the_failures(scanned):
    failures = {key for key, line in scanned.verdicts.items() if line["verdict"] == "fail"}
    findings = scanned.findings()
    found = {
        (one["rule"], one["resource"]["type"], one["resource"]["id"], one["resource"]["region"])
        for one in findings["findings"]}
    assert found == failures
    assert findings["unknown"] == []
    assert len({one["id"] for one in findings["findings"]}) == len(failures)


def test_evidence_points_to_what_is_in_the_snapshot(scanned):
    envelopes = {(one["type"], one["id"]): one for one in scanned.resources()}
    for finding in scanned.findings()["findings"]:
        assert finding["evidence"], finding
        for item in finding["evidence"]:
            if item["id"] == "*":
                continue
            value = envelopes[item["type"], item["id"]]["config"]
            for part in item["pointer"].split("/")[1:]:
                value = value[int(part)] if isinstance(value, list) else (value or {}).get(part)
            assert value == item["value"], (finding["rule"], item)


def test_reports_agree(scanned):
    findings = scanned.findings()["findings"]
    summary = json.loads(scanned.show("parapet/results", "prod/summary.json"))
    assert sum(summary["open"].values()) == len(findings)
    compliance = json.loads(scanned.show("parapet/results", "prod/compliance/soc2-tsc.json"))
    by_control = {one["control"]: one for one in compliance["controls"]}
    failing = {one["rule"] for one in findings}
    for control in by_control.values():
        rules = {rule["rule"] for rule in control["rules"]}
        judged = sum(rule["verdicts"]["pass"] for rule in control["rules"])
        expected = "not_covered" if not rules else "failed" if rules & failing else "passed" if judged else "not_applicable"
        assert control["status"] == expected, control
    covered = [one for one in by_control.values() if not one["status"].startswith("not_")]
    passed = [one for one in covered if one["status"] == "passed"]
    assert compliance["percentage"] == len(passed) * 100 // len(covered)
    for name in ("README.md", "prod/findings.md", "prod/compliance/soc2-tsc.md"):
        assert scanned.show("parapet/results", name).startswith("# ")


def test_git_is_clean(scanned):
    assert git(scanned.path, "fsck", "--strict", "--full") == ""
    assert git(scanned.path, "status", "--porcelain") == ""
    trailers = git(scanned.path, "log", "-1", "--format=%(trailers:key=Parapet-Snapshot,valueonly)", "parapet/results")
    assert trailers.strip() == scanned.tip("parapet/snapshots")


def test_each_call_is_made_once(scanned):
    seen = [(call.service, call.operation, call.region, call.path) for call in scanned.calls if call.service == "s3"]
    assert len(seen) == len(set(seen))


def test_a_scan_without_changes_adds_one_journal_line(proxy, repository):
    assert repository.scan(proxy.url).code == 1
    before = {branch: repository.tip(branch) for branch in BRANCHES}
    again = repository.scan(proxy.url)
    assert again.code == 1 and "unchanged" in again.out
    after = {branch: repository.tip(branch) for branch in BRANCHES}
    assert after["parapet/snapshots"] == before["parapet/snapshots"]
    assert after["parapet/results"] == before["parapet/results"]
    assert git(repository.path, "rev-parse", "parapet/journal^") == before["parapet/journal"]
    [month] = git(repository.path, "ls-tree", "-r", "--name-only", "parapet/journal").splitlines()
    lines = [json.loads(line) for line in repository.show("parapet/journal", month).splitlines()]
    assert len(lines) == 2
    assert re.fullmatch(r"prod/\d{4}-\d\d\.ndjson", month)
    assert lines[1]["results"] == before["parapet/results"]
    assert lines[1]["snapshot"] == before["parapet/snapshots"]


def test_a_fixed_resource_resolves_its_finding(own_server, repository):
    repository.scan(own_server.url)
    before = {one["id"]: one for one in repository.findings()["findings"]}
    s3 = seed.Account(own_server.url).client("s3")
    s3.put_bucket_versioning(Bucket="acme-website", VersioningConfiguration={"Status": "Enabled"})
    assert repository.scan(own_server.url).code == 1
    after = {one["id"]: one for one in repository.findings()["findings"]}
    [resolved] = set(before) - set(after)
    assert (before[resolved]["rule"], before[resolved]["resource"]["id"]) == ("s3-bucket-versioning", "acme-website")
    assert all(after[id]["first_seen"] == before[id]["first_seen"] for id in after)
    assert "1 resolved" in git(repository.path, "log", "-1", "--format=%s", "parapet/results")
    assert "acme-website" in git(repository.path, "log", "-1", "-p", "parapet/snapshots")


@pytest.mark.parametrize("kind", ["bare", "worktree", "shallow"])
def test_other_clones_scan_too(kind, proxy, repository, tmp_path):
    clone = tmp_path / "clone"
    if kind == "bare":
        git(repository.path, "clone", "-q", "--bare", str(repository.path), str(clone))
        git(clone, "remote", "remove", "origin")
    elif kind == "worktree":
        git(repository.path, "worktree", "add", "-q", "-b", "other", str(clone))
    else:
        repository.write("policies/NOTE.md", "second commit\n")
        repository.commit()
        git(repository.path, "clone", "-q", "--depth", "1", f"file://{repository.path}", str(clone))
    result = parapet("scan", "--no-push", cwd=clone, endpoint=proxy.url)
    assert result.code == 1, result
    assert git(clone, "show", "parapet/results:prod/summary.json")
    assert git(clone, "fsck", "--strict") == ""


def test_results_are_pushed_to_origin(proxy, repository, tmp_path):
    origin = tmp_path / "origin.git"
    git(repository.path, "init", "-q", "--bare", str(origin))
    git(repository.path, "remote", "add", "origin", str(origin))
    git(repository.path, "push", "-q", "origin", "main")
    result = repository.scan(proxy.url)
    assert result.code == 1 and "pushed" in result.out, result
    for branch in BRANCHES:
        assert git(origin, "rev-parse", branch) == repository.tip(branch)
    # A fresh shallow clone, as a workflow makes it, goes on where the branches are.
    clone = tmp_path / "clone"
    git(repository.path, "clone", "-q", "--depth", "1", "--branch", "main", f"file://{origin}", str(clone))
    again = parapet("scan", cwd=clone, endpoint=proxy.url)
    assert again.code == 1 and "unchanged" in again.out, again
    assert git(origin, "rev-list", "--count", "parapet/journal") == "2"
    assert git(origin, "rev-list", "--count", "parapet/results") == "1"
    assert git(origin, "fsck", "--strict") == ""


def test_all_regions_asks_ec2(proxy, repository):
    repository.write("tenants/prod.yaml", (repository.path / "tenants/prod.yaml").read_text() + "regions: all\n")
    repository.write("tenants/_defaults.yaml", "scanners: [ebs]\n")
    repository.commit()
    result = repository.scan(proxy.url)
    assert result.code == 1, result
    assert proxy.count("ec2", "DescribeRegions") == 1
    regions = {one["id"] for one in repository.resources() if one["type"] == "AWS::::Region"}
    assert {"eu-west-1", "us-east-1", "ap-southeast-2"} <= regions and len(regions) > 10


def test_a_disabled_scanner_makes_no_calls(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    assert repository.scan(proxy.url).code == 1
    assert {call.service for call in proxy.calls} == {"sts", "s3", "s3express"}


def test_an_empty_account_lacks_what_should_exist(repository, tmp_path):
    with AWSServer() as server:
        result = repository.scan(server.url, "--verdicts", tmp_path / "v")
        assert result.code == 1, result
        found = verdicts(tmp_path / "v")
        expected = oracle.verdicts(seed.Account(server.url), REGIONS)
    assert {key: line["verdict"] for key, line in found.items()} == expected
    for rule in ("cloudtrail-enabled", "cloudtrail-global-service-events"):
        assert found[rule, "AWS::::Account", "123456789012", "global"]["verdict"] == "fail"
    assert found["guardduty-enabled", "AWS::::Region", "eu-west-1", "eu-west-1"]["verdict"] == "fail"


def everyone(action, **more):
    return {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*", **more}


ORG = "aws:PrincipalOrgID"
ODD_POLICIES = {
    "any-organisation": everyone("s3:GetObject", Condition={"StringLike": {ORG: "*"}}),
    "all-but-one-organisation": everyone("s3:GetObject", Condition={"StringNotEquals": {ORG: "o-abc1234567"}}),
    "organisation-if-there": everyone("s3:GetObject", Condition={"StringEqualsIfExists": {ORG: "o-abc1234567"}}),
    "any-address": everyone("s3:GetObject", Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
    "some-addresses": everyone("s3:GetObject", Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}),
    "odd-case": everyone("S3:getobject", Condition={"StringEquals": {"AWS:principalorgid": ["o-abc1234567"]}}),
    "encrypted-transport": everyone("s3:G?tObject", Condition={"Bool": {"aws:SecureTransport": "true"}}),
    "a-distribution": everyone("s3:GetObject", Condition={"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::1:distribution/X"}}),
    "all-but-deleting": {"Effect": "Allow", "Principal": "*", "NotAction": "s3:DeleteBucket", "Resource": "*"},
    "named-in-a-list": everyone("s3:PutObject", Principal={"AWS": ["arn:aws:iam::123456789012:root"]}),
}


def test_odd_bucket_policies_equal_the_oracles(repository, tmp_path):
    with AWSServer() as server:
        account = seed.Account(server.url)
        s3 = account.client("s3")
        for name, statement in ODD_POLICIES.items():
            s3.create_bucket(Bucket=name)
            statement["Resource"] = f"arn:aws:s3:::{name}/*"
            s3.put_bucket_policy(Bucket=name, Policy=seed.policy(statement))
        iam = account.client("iam")
        iam.update_account_password_policy(MinimumPasswordLength=14, PasswordReusePrevention=24)
        assert repository.scan(server.url, "--verdicts", tmp_path / "v").code == 1
        found = {key: line["verdict"] for key, line in verdicts(tmp_path / "v").items()}
        expected = oracle.verdicts(account, REGIONS)
    assert found == expected
    judged = {expected["s3-bucket-policy-no-public-read", "AWS::S3::Bucket", name, "us-east-1"] for name in ODD_POLICIES}
    assert judged == {"pass", "fail"}


def test_200_buckets_are_collected_at_once(repository):
    with AWSServer() as server:
        s3 = boto3.client(
            "s3", region_name="us-east-1", endpoint_url=server.url, aws_access_key_id="x", aws_secret_access_key="x")
        for number in range(200):
            s3.create_bucket(Bucket=f"bucket-{number:03}")
        with FaultProxy(server.url) as proxy:
            assert repository.scan(proxy.url).code == 1
            print("most at once:", proxy.most_at_once(), "calls:", len(proxy.calls))
            assert 8 < proxy.most_at_once() <= 64
    assert len([one for one in repository.resources() if one["type"] == "AWS::S3::Bucket"]) == 200


def test_an_endpoint_for_one_service(server, repository):
    """AWS_ENDPOINT_URL_S3 wins over AWS_ENDPOINT_URL."""
    with FaultProxy(server.url) as buckets, FaultProxy(server.url) as others:
        # S3 Control signs its calls as S3.
        own = {"AWS_ENDPOINT_URL_S3": buckets.url, "AWS_ENDPOINT_URL_S3_CONTROL": buckets.url}
        assert repository.scan(others.url, **own).code == 1
        assert {call.service for call in buckets.calls} == {"s3", "s3express"}
        assert "s3" not in {call.service for call in others.calls}


def test_the_binary_works_alone(server, tmp_path):
    """Copied into an empty directory, it has its rules, frameworks, manifests and models with it."""
    import shutil

    from conftest import binary
    alone = tmp_path / "bin" / "parapet"
    alone.parent.mkdir()
    shutil.copy(binary(), alone)
    repository = Repository(tmp_path / "posture")
    import subprocess

    from conftest import environment
    result = subprocess.run(
        [str(alone), "scan"], cwd=repository.path, env=environment(server.url), capture_output=True, text=True)
    assert result.returncode == 1, result
    assert Path(repository.path, ".git/refs/heads/parapet").is_dir()
