"""What AWS does wrong: a named state, never a crash, never a pass."""
import pytest

from conftest import EXTERNAL_ID, ROLE, git, verdicts
from fault_proxy import FaultProxy, close, deny, html, slow, throttle, truncate, unavailable


def scan(repository, proxy, tmp_path, *arguments):
    proxy.forget()
    result = repository.scan(proxy.url, "--verdicts", tmp_path / "verdicts.ndjson", *arguments)
    return result, verdicts(tmp_path / "verdicts.ndjson") if (tmp_path / "verdicts.ndjson").exists() else {}


@pytest.fixture
def healthy(repository, proxy, tmp_path):
    """The verdicts of a scan without faults, in a repository of its own."""
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 1, result
    return {key: line["verdict"] for key, line in found.items()}


def test_a_role_that_does_not_trust_the_caller(server, repository):
    before = repository.state()
    for trust in ({}, {ROLE: "another-external-id"}):
        with FaultProxy(server.url, trust=trust) as proxy:
            result = repository.scan(proxy.url)
            assert result.code == 3, result
            assert "tenant prod" in result.err and "AccessDenied" in result.err and "external_id" in result.err
            assert {call.operation for call in proxy.calls} == {"AssumeRole"}
        assert repository.state() == before, "nothing landed"


def test_one_refused_tenant_does_not_stop_the_others(server, repository):
    other = "arn:aws:iam::123456789012:role/Other"
    repository.write(
        "tenants/aaa.yaml", f'tenant: aaa\naccount: "123456789012"\nrole: {other}\nexternal_id: px-other-one\n')
    repository.commit()
    with FaultProxy(server.url, trust={ROLE: EXTERNAL_ID}) as proxy:
        result = repository.scan(proxy.url)
    assert result.code == 3, result
    assert "tenant aaa" in result.err and "prod (123456789012)" in result.out
    assert repository.show("parapet/results", "prod/summary.json")


def test_no_credentials(repository, server):
    result = repository.scan(server.url, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="", AWS_SESSION_TOKEN="")
    assert result.code == 3 and "AWS_ACCESS_KEY_ID" in result.err, result


def test_no_server(repository):
    before = repository.state()
    result = repository.scan("http://127.0.0.1:9")
    assert result.code == 4 and "AssumeRole" in result.err, result
    assert repository.state() == before


# Every call that a scan makes, and the rules that cannot be decided without it.
DEPENDENTS = {
    ("s3", "GetBucketEncryption"): {"s3-bucket-default-encryption"},
    ("s3", "GetBucketPolicy"): {"s3-bucket-policy-no-public-read", "s3-bucket-policy-no-public-write"},
    ("s3", "GetBucketPolicyStatus"): set(),
    ("s3", "GetBucketAcl"): {
        "s3-bucket-acl-no-public-read", "s3-bucket-acl-no-public-write", "s3-bucket-acl-no-authenticated-users"},
    ("s3", "GetPublicAccessBlock"): {"s3-bucket-public-access-block"},
    ("s3", "GetBucketVersioning"): {"s3-bucket-versioning"},
    ("s3", "GetBucketLogging"): {"s3-bucket-access-logging"},
    ("s3", "GetBucketTagging"): set(),
    ("iam", "GetLoginProfile"): {"iam-user-console-mfa"},
    ("iam", "ListMFADevices"): {"iam-user-mfa", "iam-user-console-mfa"},
    ("iam", "ListAccessKeys"): {"iam-user-access-key-rotated-90"},
    ("iam", "GetAccessKeyLastUsed"): set(),
    ("iam", "ListAttachedUserPolicies"): {"iam-user-administrator-access-policy", "iam-user-no-direct-policies"},
    ("iam", "GetUserPolicy"): {"iam-inline-policy-no-administrative-privileges"},
    ("iam", "ListUserPolicies"): {"iam-inline-policy-no-administrative-privileges", "iam-user-no-direct-policies"},
    ("iam", "ListAttachedRolePolicies"): {"iam-role-administratoraccess-policy"},
    ("iam", "GetRolePolicy"): {"iam-inline-policy-no-administrative-privileges"},
    ("iam", "ListRolePolicies"): {"iam-inline-policy-no-administrative-privileges"},
    ("iam", "GetAccountSummary"): {"iam-root-mfa", "iam-root-no-access-key"},
    ("iam", "GetAccountPasswordPolicy"): {"iam-password-policy-min-length", "iam-password-policy-reuse-24"},
    ("ec2", "GetEbsEncryptionByDefault"): {"ebs-default-encryption"},
    ("cloudtrail", "GetTrailStatus"): {"cloudtrail-enabled", "cloudtrail-global-service-events", "cloudtrail-trail-logging"},
    ("cloudtrail", "GetEventSelectors"): set(),
    ("guardduty", "GetDetector"): {"guardduty-enabled"},
}

LISTS = {
    ("s3", "ListBuckets"): "s3-bucket-",
    ("iam", "ListUsers"): "iam-user-",
    ("iam", "ListRoles"): "iam-role-",
    ("ec2", "DescribeSecurityGroups"): "sg-",
    ("ec2", "DescribeVolumes"): "ebs-volume-",
    ("ec2", "DescribeInstances"): "ec2-instance-",
    ("cloudtrail", "DescribeTrails"): "cloudtrail-",
    ("guardduty", "ListDetectors"): "guardduty-",
}


@pytest.mark.parametrize("call", DEPENDENTS, ids=":".join)
def test_a_denied_call_is_unknown(call, healthy, repository, proxy, tmp_path):
    fault = proxy.fail(*call, deny())
    result, found = scan(repository, proxy, tmp_path)
    assert fault.hits > 0, "the scan does not make this call"
    changed = {key: line["verdict"] for key, line in found.items() if healthy.get(key) != line["verdict"]}
    assert set(changed.values()) <= {"unknown"}, "a denied call moves verdicts to unknown alone"
    assert {key[0] for key in changed} == DEPENDENTS[call]
    if DEPENDENTS[call]:
        assert result.code == 3 and "AccessDenied" in result.out, result
        assert "AccessDenied" in str(repository.findings()["unknown"])
    else:
        assert result.code == 1, result
    uncollected = [one["uncollected"] for one in repository.resources() if "uncollected" in one]
    assert uncollected and all(set(one.values()) == {"AccessDenied"} for one in uncollected)
    for envelope in repository.resources():
        for pointer in envelope.get("uncollected", {}):
            assert pointer.split("/")[0] not in envelope["config"] or "/" in pointer


@pytest.mark.parametrize("call", LISTS, ids=":".join)
def test_a_denied_list_is_unknown(call, healthy, repository, proxy, tmp_path):
    proxy.fail(*call, deny())
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3, result
    rules = {key[0] for key in healthy if key[0].startswith(LISTS[call])}
    assert rules
    for rule in rules:
        kinds = {line["verdict"] for key, line in found.items() if key[0] == rule}
        assert kinds == {"unknown"}, (rule, kinds)
    for key, line in found.items():
        if line["verdict"] != "unknown":
            assert healthy[key] == line["verdict"], key


def test_one_denied_region_leaves_the_other(healthy, repository, proxy, tmp_path):
    proxy.fail("ec2", "DescribeVolumes", deny("UnauthorizedOperation", region="us-east-1"))
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and "UnauthorizedOperation" in result.out
    volumes = {key: line["verdict"] for key, line in found.items() if key[0] == "ebs-volume-encrypted"}
    assert volumes.pop(("ebs-volume-encrypted", "AWS::EC2::Volume", "*", "us-east-1")) == "unknown"
    assert volumes == {
        key: verdict for key, verdict in healthy.items() if key[0] == "ebs-volume-encrypted" and key[3] == "eu-west-1"}


@pytest.mark.parametrize("fault", [throttle(times=2), unavailable(times=2), close(times=2), truncate(times=1), slow(1.5, times=1)],
                         ids=["throttled", "unavailable", "closed", "truncated", "slow"])
def test_a_passing_fault_is_retried(fault, healthy, repository, proxy, tmp_path):
    proxy.fail("cloudtrail", "DescribeTrails", fault)
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 1, result
    assert {key: line["verdict"] for key, line in found.items()} == healthy
    assert fault.hits == fault.times


@pytest.mark.parametrize("fault, code", [
    (throttle(), "Throttling"), (unavailable(), "ServiceUnavailable"), (close(), "NetworkFailure"),
    (truncate(), "NetworkFailure"), (html(), "MalformedResponse"), (deny("NotImplemented", 501), "NotImplemented"),
], ids=["throttled", "unavailable", "closed", "truncated", "html", "not implemented"])
@pytest.mark.parametrize("call, rule", [
    (("s3", "GetBucketVersioning"), "s3-bucket-versioning"), (("iam", "GetAccountSummary"), "iam-root-mfa"),
    (("ec2", "GetEbsEncryptionByDefault"), "ebs-default-encryption"),
    (("cloudtrail", "DescribeTrails"), "cloudtrail-enabled"), (("guardduty", "GetDetector"), "guardduty-enabled"),
], ids=["rest-xml", "query", "ec2", "json", "rest-json"])
def test_a_lasting_fault_is_named(call, rule, fault, code, repository, proxy, tmp_path):
    fault.hits = 0
    proxy.fail(*call, fault)
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3, result
    kinds = {line["verdict"] for key, line in found.items() if key[0] == rule}
    assert "pass" not in kinds and "unknown" in kinds
    reasons = {line["reason"] for key, line in found.items() if key[0] == rule and line["verdict"] == "unknown"}
    assert any(code in reason for reason in reasons), reasons
    assert git(repository.path, "fsck", "--strict") == ""


def test_an_interrupted_scan_leaves_nothing(repository, proxy):
    import signal
    import subprocess
    import time

    from conftest import binary, environment
    proxy.fail("iam", "ListUsers", slow(5))
    before = repository.state()
    for kind in (signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen(
            [binary(), "scan"], cwd=repository.path, env=environment(proxy.url), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        time.sleep(1)
        process.send_signal(kind)
        process.communicate(timeout=10)
        assert process.returncode == (130 if kind == signal.SIGINT else -signal.SIGKILL)
        assert repository.state() == before
