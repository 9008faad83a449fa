"""What AWS does wrong: a named state, never a crash, never a pass."""
import os
import sys

import pytest

from conftest import EXTERNAL_ID, ROLE, ROOT, git, verdicts
from fault_proxy import (
    FaultProxy, answer, burst, close, deny, drip, endless_pages, expired, flood, html, redirect, relabel, repeated_token,
    reset, skewed, slow, throttle, truncate, unavailable)

BOMB = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(10)) + "]><x>&a9;</x>"
DEEP = "<a>" * 10_000 + "</a>" * 10_000


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


def test_one_denied_region_leaves_the_other(healthy, repository, proxy, tmp_path):
    proxy.fail("ec2", "DescribeVolumes", deny("UnauthorizedOperation", region="us-east-1"))
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and "UnauthorizedOperation" in result.out
    volumes = {key: line["verdict"] for key, line in found.items() if key[0] == "ebs-volume-encrypted"}
    assert volumes.pop(("ebs-volume-encrypted", "AWS::EC2::Volume", "*", "us-east-1")) == "unknown"
    assert volumes == {
        key: verdict for key, verdict in healthy.items() if key[0] == "ebs-volume-encrypted" and key[3] == "eu-west-1"}


@pytest.mark.parametrize("fault", [
    throttle(times=2), unavailable(times=2), close(times=2), truncate(times=1), slow(1.5, times=1), reset(times=2),
    *(burst(2, status) for status in (500, 502, 503, 504)), skewed(7200, times=1),
    skewed(-3000, "InvalidSignatureException", times=1), relabel("text/html", times=1),
], ids=["throttled", "unavailable", "closed", "truncated", "slow", "reset", "500", "502", "503", "504", "fast clock",
        "slow clock", "wrong label"])
def test_a_passing_fault_is_retried(fault, healthy, repository, proxy, tmp_path):
    proxy.fail("cloudtrail", "DescribeTrails", fault)
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 1, result
    assert {key: line["verdict"] for key, line in found.items()} == healthy
    assert fault.hits == fault.times


@pytest.mark.parametrize("fault, code", [
    (throttle(), "Throttling"), (unavailable(), "ServiceUnavailable"), (close(), "NetworkFailure"),
    (truncate(), "TruncatedResponse"), (reset(), "NetworkFailure"), (html(), "UnexpectedContentType"),
    (deny("NotImplemented", 501), "NotImplemented"), (burst(times=1_000), "500"), (answer("", "text/html"), "UnexpectedContentType"),
    (answer("", ""), "MalformedResponse"), (answer(BOMB, ""), "MalformedResponse"), (answer(DEEP, ""), "MalformedResponse"),
    (answer("{}}", "application/json"), None), (answer("just text", "text/plain"), "UnexpectedContentType"),
], ids=["throttled", "unavailable", "closed", "truncated", "reset", "html", "not implemented", "burst", "nothing as html",
        "nothing", "bomb", "deep", "wrong json", "text"])
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
    # What is no JSON is malformed where JSON is due, and of another kind elsewhere.
    code = code or ("MalformedResponse" if call[0] in ("cloudtrail", "guardduty") else "UnexpectedContentType")
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


def test_a_wrong_clock_is_set_once(repository, proxy, tmp_path):
    """Also where every operation refuses: the offset is kept, so that one more attempt is enough for the whole scan."""
    fault = proxy.fail("iam", "GetAccountSummary", skewed(7200))
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and fault.hits == 2, result
    assert {line["verdict"] for key, line in found.items() if key[0] == "iam-root-mfa"} == {"unknown"}
    assert "RequestTimeTooSkewed" in result.out


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "RequestExpired"])
def test_expired_credentials_are_fetched_once(code, healthy, repository, proxy, tmp_path):
    proxy.fail("iam", "ListUsers", expired(code, times=1))
    result, found = scan(repository, proxy, tmp_path)
    assert {key: line["verdict"] for key, line in found.items()} == healthy, result
    assert proxy.count("sts", "AssumeRole") == 2


def test_credentials_that_stay_expired_are_named(repository, proxy, tmp_path):
    fault = proxy.fail("iam", "ListUsers", expired())
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and "ExpiredToken" in result.out, result
    assert fault.hits == 2 and proxy.count("sts", "AssumeRole") == 2
    assert {line["verdict"] for key, line in found.items() if key[0] == "iam-user-mfa"} == {"unknown"}


@pytest.mark.parametrize("code, status", [
    ("PermanentRedirect", 301), ("TemporaryRedirect", 307), ("AuthorizationHeaderMalformed", 400)])
def test_a_bucket_elsewhere_is_followed_once(code, status, healthy, repository, proxy, tmp_path):
    fault = proxy.fail("s3", "GetBucketVersioning", redirect("us-west-2", code, status, region="eu-west-1"))
    result, found = scan(repository, proxy, tmp_path)
    assert fault.hits > 0
    assert {key: line["verdict"] for key, line in found.items()} == healthy, result
    assert "us-west-2" in {call.region for call in proxy.calls if call.operation == "GetBucketVersioning"}


@pytest.mark.parametrize("region", ["cn-north-1", "evil.example", "us-west-2"])
def test_a_bucket_that_is_nowhere_is_named(region, repository, proxy, tmp_path):
    proxy.fail("s3", "GetBucketVersioning", redirect(region))
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and "PermanentRedirect" in result.out, result
    assert {line["verdict"] for key, line in found.items() if key[0] == "s3-bucket-versioning"} == {"unknown"}
    assert {call.region for call in proxy.calls} <= {"eu-west-1", "us-east-1", "us-west-2"}


@pytest.mark.parametrize("fault, code", [
    (repeated_token(), "RepeatedPageToken"), (endless_pages(items=False), "EmptyPages"),
    pytest.param(endless_pages(), "TooManyPages", marks=pytest.mark.slow)], ids=["repeated", "empty", "endless"])
def test_pages_without_end_are_named(fault, code, repository, proxy, tmp_path):
    proxy.fail("iam", "ListUsers", fault)
    result, found = scan(repository, proxy, tmp_path)
    assert result.code == 3 and code in result.out, result
    users = {line["verdict"] for key, line in found.items() if key[0] == "iam-user-mfa"}
    assert users == {"unknown"}, "no part of a list is taken for the whole"


@pytest.mark.slow
def test_a_body_that_crawls_is_given_up(repository, proxy, tmp_path):
    proxy.fail("iam", "GetAccountSummary", drip())
    proxy.forget()
    result = repository.scan(proxy.url, "--verdicts", tmp_path / "verdicts.ndjson", AWS_MAX_ATTEMPTS="1")
    found = verdicts(tmp_path / "verdicts.ndjson")
    assert result.code == 3 and "SlowResponse" in result.out, result
    assert {line["verdict"] for key, line in found.items() if key[0] == "iam-root-mfa"} == {"unknown"}


def test_an_answer_of_200_mb_is_refused_while_it_comes(repository, proxy, tmp_path):
    proxy.fail("iam", "GetAccountSummary", flood(200 << 20))
    # A launcher of its own: a child counts the memory of what starts it, and this process holds those 200 MB.
    result = repository.scan(proxy.url, prefix=[sys.executable, ROOT / "Benchmarks/launch.py", tmp_path / "usage"])
    assert "ResponseTooLarge" in result.out, result
    status, _, _, peak_kilobytes = (tmp_path / "usage").read_text().split()
    assert os.waitstatus_to_exitcode(int(status)) == 3
    assert int(peak_kilobytes) < 300 << 10
    assert int(peak_kilobytes) > 10 << 10, "it was measured"


def test_a_role_is_refused_by_the_trust_table(server, repository):
    """The server itself takes any role with any ExternalId; the table wants the pair."""
    other = "arn:aws:iam::123456789012:role/Other"
    with FaultProxy(server.url, trust={ROLE: "px-another-one", other: EXTERNAL_ID}) as proxy:
        result = repository.scan(proxy.url)
        assert result.code == 3 and "AccessDenied" in result.err, result
        assert [form["ExternalId"] for form in proxy.assumed] == [EXTERNAL_ID]


@pytest.mark.parametrize("service, operation, values", [
    ("cloudtrail", "list_public_keys", {}), ("guardduty", "list_coverage", {"DetectorId": "d"}),
    ("iam", "get_mfa_device", {"SerialNumber": "a" * 9})], ids=["json", "rest-json", "query"])
def test_the_proxy_answers_501_for_what_the_server_lacks(service, operation, values, proxy):
    import boto3
    import botocore.exceptions

    client = boto3.client(
        service, region_name="eu-west-1", endpoint_url=proxy.url, aws_access_key_id="a", aws_secret_access_key="b")
    proxy.forget()
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        getattr(client, operation)(**values)
    assert caught.value.response["Error"]["Code"] == "NotImplemented"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert len(proxy.calls) == 1, "nobody tries that again"
