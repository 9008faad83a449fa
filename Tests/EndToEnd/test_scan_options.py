"""What a scan can be told: tenants at once, a deadline, how far it is."""
import collections
import json
import os
import pty
import re
import subprocess
import time

import pytest

import seed

from conftest import EXTERNAL_ID, ROLE, binary, environment, git
from fault_proxy import FaultProxy, deny, slow

# Tenants of one account, each with its own role and external ID.
ROLES = {name: f"arn:aws:iam::123456789012:role/Scan-{name}" for name in "abcde"}


def tenant(name, role=ROLE, external_id=EXTERNAL_ID):
    return f'tenant: {name}\naccount: "123456789012"\nrole: {role}\nexternal_id: {external_id}\n'


@pytest.fixture
def strict(server):
    """A proxy that lets all of the five in but b."""
    with FaultProxy(server.url, trust={ROLES[name]: f"px-of-tenant-{name}" for name in "acde"}) as proxy:
        yield proxy


@pytest.fixture
def five(repository):
    """Tenants a to e, of which b cannot be collected; only S3 in one region."""
    (repository.path / "tenants/prod.yaml").unlink()
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    for name in "abcde":
        repository.write(f"tenants/{name}.yaml", tenant(name, ROLES[name], f"px-of-tenant-{name}"))
    repository.commit()
    return repository


@pytest.mark.parametrize("jobs", [1, 3])
def test_tenants_land_whole_and_in_order_while_one_fails(jobs, strict, five, tmp_path):
    result = five.scan(strict.url, "--jobs", jobs, "--verdicts", tmp_path / "verdicts.ndjson")
    assert result.code == 3, result
    assert "tenant b was not collected" in result.err
    assert re.findall(r"^(\w+) \(123456789012\): score", result.out, re.M) == ["a", "c", "d", "e"]
    # Whole: what ends a summary stands before the next one begins.
    assert re.findall(r"^(\w) \(|show parapet/results:(\w)/", result.out, re.M) == [
        pair for name in "acde" for pair in ((name, ""), ("", name))]
    subjects = git(five.path, "log", "--reverse", "--format=%s", "parapet/results").splitlines()
    assert [re.match(r"posture\((\w)\)", subject)[1] for subject in subjects] == ["a", "c", "d", "e"]
    # Each has its own numbers.
    names = git(five.path, "ls-tree", "-r", "--name-only", "parapet/journal").splitlines()
    lines = [json.loads(five.show("parapet/journal", name)) for name in names]
    assert len({line["calls"] for line in lines}) == 1 and lines[0]["calls"] * 4 <= len(strict.calls)
    assert len((tmp_path / "verdicts.ndjson").read_text().splitlines()) % 4 == 0


def test_tenants_are_collected_at_once(strict, five):
    strict.fail("s3", "ListBuckets", slow(1.5))
    five.scan(strict.url, "--jobs", "4")
    lists = [call for call in strict.calls if call.operation == "ListBuckets"]
    assert len(lists) == 4
    assert max(call.began for call in lists) < min(call.ended for call in lists)


def test_a_tenant_past_its_deadline_is_incomplete(proxy, repository):
    settings = (repository.path / "parapet.yaml").read_text()
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    assert "max_unknown: 0" in settings
    repository.write("parapet.yaml", settings.replace("max_unknown: 0", "max_unknown: 100000"))
    repository.commit()
    proxy.fail("s3", "GetBucketVersioning", slow(6))
    began = time.monotonic()
    result = repository.scan(proxy.url, "--deadline", "3s")
    assert time.monotonic() - began < 20
    assert result.code == 3, result
    assert "the deadline of 3s is over" in result.err
    assert "TenantDeadlineExceeded" in result.out
    buckets = [one for one in repository.resources() if one["type"] == "AWS::S3::Bucket"]
    assert buckets and all(one["uncollected"]["Versioning"] == "TenantDeadlineExceeded" for one in buckets)
    assert all("Encryption" not in one["uncollected"] for one in buckets)


def test_a_list_past_the_deadline_is_a_gap(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    proxy.fail("s3", "ListBuckets", slow(6))
    result = repository.scan(proxy.url, "--deadline", "2s")
    assert result.code == 3, result
    scan = json.loads(repository.show("parapet/snapshots", "prod/_scan.json"))
    assert [gap["code"] for gap in scan["gaps"]] == ["TenantDeadlineExceeded"]


def test_a_deadline_before_the_regions_are_known(proxy, repository):
    repository.write("tenants/prod.yaml", tenant("prod") + "regions: all\n")
    repository.commit()
    proxy.fail("ec2", "DescribeRegions", slow(6))
    result = repository.scan(proxy.url, "--deadline", "1s")
    assert result.code == 3 and "TenantDeadlineExceeded" in result.err, result


@pytest.mark.parametrize("arguments, message", [
    (["--jobs", "0"], "--jobs takes a number from 1"), (["--deadline", "60"], "such as 90s, 60m or 2h"),
    (["--log-format", "xml"], "log-format")])
def test_values_that_are_none(arguments, message, repository, server):
    result = repository.scan(server.url, *arguments)
    assert result.code == 2 and message in result.err, result


@pytest.mark.parametrize("arguments, code", [
    (["--log-format", "json", "--verbose"], 3), (["--log-format=json", "nobody"], 2),
    (["--log-format", "json", "--jobs", "0"], 2), (["--log-format", "json", "--no-such-option"], 2)])
def test_every_line_on_standard_error_is_json(arguments, code, strict, five):
    five.write("waivers/bad.yaml", "waiver: bad\n")
    five.commit()
    five.write("parapet.yaml", (five.path / "parapet.yaml").read_text() + "\n# not committed\n")
    result = five.scan(strict.url, *arguments)
    assert result.code == code, result
    lines = [json.loads(line) for line in result.err.splitlines()]
    assert lines
    for line in lines:
        assert line["level"] in ("info", "warning", "error") and line["message"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["time"])
    if code == 3:
        assert any(line.get("path") == "waivers/bad.yaml" and line["level"] == "error" for line in lines)
        assert any("tenant b was not collected" in line["message"] and "trust" in line["help"] for line in lines)


def test_a_terminal_shows_how_far_it_is(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    proxy.fail("s3", "GetBucketVersioning", slow(1))
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [binary(), "scan"], cwd=repository.path, env=environment(proxy.url, TERM="xterm"), stdout=subprocess.PIPE,
        stderr=follower)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:
        pass
    process.communicate()
    os.close(leader)
    assert process.returncode == 1
    bars = re.findall(r"\r\x1b\[2Kprod \[(#*)(-*)\] (\d+) calls done, (?:about|at least) (\d+) left, \d+/s", shown.decode())
    assert bars, shown
    assert all(len(done) + len(left) == 20 for done, left, _, _ in bars)
    # It gets somewhere: what is left at the end is less than what was done.
    assert int(bars[-1][2]) > int(bars[-1][3]), bars[-1]
    assert all(len(line) < 80 for line in shown.decode().split("\r\x1b[2K"))
    assert shown.endswith(b"\r\x1b[2K")


def test_elsewhere_nothing_is_overwritten(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    assert repository.scan(proxy.url).err == ""


def plan(repository, endpoint, *arguments):
    result = repository.scan(endpoint, "--plan", "--format", "json", *arguments)
    assert result.code == 0, result
    [one] = json.loads(result.out)["tenants"]
    return one


def operations(plan):
    return {f"{call['service']}:{call['operation']}" for call in plan["calls"]}


def test_a_plan_makes_no_call(proxy, repository):
    before = repository.state()
    planned = plan(repository, proxy.url)
    text = repository.scan(proxy.url, "--plan")
    assert text.code == 0 and "per resource of AWS::S3::Bucket" in text.out and "sts:AssumeRole" in text.out
    assert proxy.calls == [] and repository.state() == before
    assert not planned["total"]["complete"] and planned["total"]["each"]["AWS::S3::Bucket"] > 5
    listed = [call for call in planned["calls"] if call["operation"] == "ListBuckets"]
    assert [(call["basis"], call["regions"], call["calls"]) for call in listed] == [("once", 1, 1)]


def test_a_plan_with_the_last_snapshot_has_the_numbers_of_the_scan(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3, iam]\nregions: [eu-west-1, us-east-1]\n")
    repository.commit()
    repository.scan(proxy.url)
    planned = plan(repository, proxy.url)
    # Some services are signed for under another name.
    numbers = collections.Counter()
    for call in planned["calls"]:
        service = {"s3control": "s3"}.get(call["service"], call["service"])
        service = "s3express" if call["operation"] == "ListDirectoryBuckets" else service
        numbers[service, call["operation"]] += call["calls"]
    services = {service for service, _ in numbers}
    made = {(call.service, call.operation) for call in proxy.calls if call.service in services}
    assert set(numbers) >= made
    assert planned["total"]["complete"]
    # A report is asked for until it is ready, a bulk answer is not where there is nothing that it could tell of, and lists can
    # have further pages.
    varying = {
        ("iam", "GenerateCredentialReport"), ("iam", "GetAccountAuthorizationDetails"), ("iam", "ListPolicies")}
    assert abs(planned["total"]["known"] - len(proxy.calls)) <= 4
    made_services = {service for service, _ in made}
    counted = {name: (number, proxy.count(*name)) for name, number in numbers.items() if name[0] in made_services}
    assert {name: pair for name, pair in counted.items() if pair[0] != pair[1]}.keys() <= varying, counted


def test_a_disabled_scanner_is_not_in_the_plan(server, repository):
    assert "iam:ListUsers" in operations(plan(repository, server.url))
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    found = operations(plan(repository, server.url))
    assert {name.split(":")[0] for name in found} == {"sts", "s3", "s3control"} and "s3:ListBuckets" in found
    found = operations(plan(repository, server.url, "--rule", "s3-bucket-versioning"))
    assert "s3:GetBucketVersioning" in found and "s3:GetBucketAcl" not in found


def test_one_rule_collects_only_what_it_needs(proxy, repository, tmp_path):
    before = repository.state()
    result = repository.scan(proxy.url, "--rule", "s3-bucket-versioning", "--verdicts", tmp_path / "v")
    assert result.code in (0, 1), result
    assert "nothing landed" in result.out and "score" not in result.out
    assert repository.state() == before
    assert {json.loads(line)["rule"] for line in (tmp_path / "v").read_text().splitlines()} == {"s3-bucket-versioning"}
    assert {call.operation for call in proxy.calls if call.service == "s3"} == {
        "ListBuckets", "GetBucketLocation", "GetBucketVersioning", "GetBucketTagging"}


def test_a_fix_is_seen_on_its_resource_alone(own_server, repository, tmp_path):
    arn = "arn:aws:s3:::acme-website"
    asked = ["--rule", "s3-bucket-versioning", "--resource", arn, "--verdicts", tmp_path / "v"]

    def verdict():
        with FaultProxy(own_server.url) as proxy:
            result = repository.scan(proxy.url, *asked)
            assert "nothing landed" in result.out, result
            assert proxy.count("s3", "GetBucketVersioning") == 1
        [line] = (tmp_path / "v").read_text().splitlines()
        assert json.loads(line)["id"] == "acme-website"
        return json.loads(line)["verdict"]

    assert verdict() == "fail"
    seed.Account(own_server.url).client("s3").put_bucket_versioning(
        Bucket="acme-website", VersioningConfiguration={"Status": "Enabled"})
    assert verdict() == "pass"


@pytest.mark.parametrize("arguments, services", [
    (["--service", "s3"], {"sts", "s3"}), (["--service", "guardduty"], {"sts", "guardduty"}),
    (["--service", "ebs"], {"sts", "ec2"})])
def test_a_service_is_that_of_scanners_or_types(arguments, services, proxy, repository):
    result = repository.scan(proxy.url, *arguments)
    assert result.code in (0, 1) and "nothing landed" in result.out, result
    assert {call.service for call in proxy.calls} == services


@pytest.mark.parametrize("arguments, message, help", [
    (["--rule", "s3-bucket-versionin"], "there is no rule", "did you mean `s3-bucket-versioning`"),
    (["--service", "guarduty"], "there is no service", "did you mean `guardduty`"),
    (["--resource", "no-arn"], "no resource type has ARNs", "parapet resources list"),
    (["--resource", "arn:aws:iam::999999999999:user/x"], "none of the tenants is the account 999999999999", ""),
    (["--resource", "arn:aws:s3:::acme-websit"], "there is no resource `arn:aws:s3:::acme-websit` in prod",
     "did you mean `arn:aws:s3:::acme-website`"),
    (["--rule", "iam-root-mfa", "--service", "s3"], "no rule judges", ""),
])
def test_what_is_not_there_is_named(arguments, message, help, proxy, repository):
    repository.scan(proxy.url, "--no-push")
    result = repository.scan(proxy.url, *arguments)
    assert result.code == 2, result
    assert message in result.err and help in result.err, result


def test_a_resource_that_may_be_in_a_list_that_failed_is_unknown(proxy, repository):
    proxy.fail("s3", "ListBuckets", deny())
    result = repository.scan(proxy.url, "--resource", "arn:aws:s3:::acme-website")
    assert result.code == 3 and "AccessDenied" in result.out, result
