"""Regions that cannot be read, and services that a region does not have: one line each, and never a pass."""
import dataclasses
import json
import re

import pytest

from conftest import verdicts
from fault_proxy import deny

OFF = "eu-south-1"
DENIED = "User: x is not authorized to perform this with an explicit deny in a service control policy"


@pytest.fixture
def regional(repository):
    repository.write("tenants/_defaults.yaml", f"scanners: [s3, ebs, kms]\nregions: [eu-west-1, {OFF}]\n")
    repository.commit()
    return repository


def kinds(found, region):
    return {line["verdict"] for key, line in found.items() if key[3] == region}


@pytest.mark.parametrize("faults, code, words", [
    ({"ec2": deny("AuthFailure", 401, region=OFF), "kms": deny("UnrecognizedClientException", 400, region=OFF)},
     "RegionNotEnabled", f"the account has not enabled {OFF} (AuthFailure, UnrecognizedClientException)"),
    ({"ec2": deny("OptInRequired", 401, region=OFF), "kms": deny("OptInRequired", 400, region=OFF)},
     "RegionNotEnabled", f"the account has not enabled {OFF} (OptInRequired)"),
    ({"ec2": deny("UnauthorizedOperation", 403, region=OFF, message=DENIED),
      "kms": deny("AccessDeniedException", 400, region=OFF, message=DENIED)},
     "RegionDenied", f"a service control policy denies everything in {OFF}"),
], ids=["refused", "not opted in", "denied above"])
def test_a_region_that_is_off_is_one_line(faults, code, words, regional, proxy, tmp_path):
    for service, fault in faults.items():
        proxy.fail(service, "*", fault)
    # What the scanners ask for in every region besides.
    for service in ("s3", "s3express"):
        proxy.fail(service, "*", dataclasses.replace(faults["kms"]))
    result = regional.scan(proxy.url, "--verdicts", tmp_path / "v")
    assert result.code == 3, result
    [line] = [line for line in result.err.splitlines() if OFF in line]
    assert words in line
    [cause] = [line for line in result.out.splitlines() if code in line]
    assert re.match(rf"\s+{code} in {OFF}: \d+ resources, \d+ rules$", cause), cause
    found = verdicts(tmp_path / "v")
    assert kinds(found, OFF) == {"unknown"}
    assert "unknown" not in kinds(found, "eu-west-1")
    scan = json.loads(regional.show("parapet/snapshots", "prod/_scan.json"))
    assert {gap["code"] for gap in scan["gaps"] if gap["region"] == OFF} == {code}
    # It says so again and again, in the same words.
    before = regional.tip("parapet/snapshots")
    regional.scan(proxy.url)
    assert regional.tip("parapet/snapshots") == before


def test_a_service_without_a_host_is_unknown(regional, proxy, tmp_path):
    regional.write("tenants/_defaults.yaml", f"scanners: [s3, logging]\nregions: [eu-west-1, {OFF}]\n")
    regional.commit()
    result = regional.scan(
        proxy.url, "--verdicts", tmp_path / "v", AWS_ENDPOINT_URL_GUARDDUTY="http://guardduty.invalid:9")
    assert result.code == 3, result
    for region in ("eu-west-1", OFF):
        assert [line for line in result.err.splitlines() if f" {region} " in line and "guardduty" in line] == [
            f"warning: tenant prod: guardduty cannot be reached in {region} (HostNotFound); what it has there is unknown"]
    found = [line for key, line in verdicts(tmp_path / "v").items() if key[0] == "guardduty-enabled"]
    assert {line["verdict"] for line in found} == {"unknown"} and len(found) == 2
    assert all("HostNotFound" in line["reason"] for line in found)
