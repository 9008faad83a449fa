"""What a scan can be told: tenants at once, a deadline, how far it is."""
import json
import os
import pty
import re
import subprocess
import time

import pytest

from conftest import EXTERNAL_ID, ROLE, binary, environment, git
from fault_proxy import FaultProxy, slow

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
    assert re.search(r"\r\x1b\[2Kscanning prod: \d+ calls, \d+ resources, \d+ calls/s", shown.decode()), shown
    assert shown.endswith(b"\r\x1b[2K")


def test_elsewhere_nothing_is_overwritten(proxy, repository):
    repository.write("tenants/_defaults.yaml", "scanners: [s3]\nregions: [eu-west-1]\n")
    repository.commit()
    assert repository.scan(proxy.url).err == ""
