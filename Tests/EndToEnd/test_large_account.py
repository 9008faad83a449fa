"""An account of 2,000 resources is collected completely, and to the same bytes each time."""
import json
from collections import Counter

import pytest

from aws_server import AWSServer
from conftest import TENANT, Repository, parapet
from large_account import LISTS, REGIONS, SCANNERS, LargeAccount

pytestmark = pytest.mark.slow

# The member of a document that boto3's list names, where that is not the id.
NAMED_BY = {"AWS::SQS::Queue": "QueueUrl"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """What boto3 lists, and the folders of two collections."""
    folder = tmp_path_factory.mktemp("large")
    repository = Repository(folder / "posture")
    settings = f"regions: [{', '.join(REGIONS)}]\nscanners: [{', '.join(SCANNERS)}]\n"
    repository.write("tenants/prod.yaml", TENANT + settings)
    repository.commit()
    with AWSServer() as server:
        account = LargeAccount(server.url)
        account.seed()
        results = [
            parapet("collect", "prod", "--out", folder / name, cwd=repository.path, endpoint=server.url)
            for name in ("first", "second")]
        listed = account.listed()
    for result in results:
        # 3: not everything could be read.
        assert result.code == 3, result
    return listed, folder / "first", folder / "second"


def envelopes(folder):
    files = [path for path in folder.rglob("*.json") if not path.name.startswith("_")]
    return [json.loads(path.read_text()) for path in files]


def test_everything_that_boto3_lists_is_collected(collected):
    listed, first, _ = collected
    found = {}
    others = Counter()
    for one in envelopes(first):
        if one["type"] not in LISTS:
            others[one["type"], one["region"]] += 1
            continue
        name = one["config"][NAMED_BY[one["type"]]] if one["type"] in NAMED_BY else one["id"]
        found.setdefault((one["type"], one["region"]), []).append(name)
    found = {key: sorted(names) for key, names in found.items()}
    assert {key: len(names) for key, names in found.items()} == {key: len(names) for key, names in listed.items()}
    assert found == listed
    # Such as settings of a region, of which there is one.
    assert [key for key, number in others.items() if number > 1] == []
    assert sum(map(len, listed.values())) >= 2_000
    assert len(listed) >= 40


def test_nothing_is_left_out(collected):
    _, first, _ = collected
    [scan] = [json.loads(path.read_text()) for path in first.rglob("_scan.json")]
    # What moto does not implement.
    assert {gap["code"] for gap in scan["gaps"]} <= {"500"}
    assert not {gap["type"] for gap in scan["gaps"]} & set(LISTS)
    uncollected = {(one["type"], *gap) for one in envelopes(first) for gap in one.get("uncollected", {}).items()}
    # No rule and no scanner of this tenant asks for it.
    assert {code for kind, _, code in uncollected if kind in LISTS} <= {"NotRequested"}
    assert ("AWS::::Region", "GuardDuty", "NotRequested") in uncollected


def test_collecting_again_makes_the_same_bytes(collected):
    _, first, second = collected
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (first, second)]
    assert contents[0].keys() == contents[1].keys()
    [description] = [path for path in contents[0] if path.name == "_scan.json"]
    scans = [json.loads(files.pop(description)) for files in contents]
    assert scans[0].pop("collectedAt") <= scans[1].pop("collectedAt")
    assert scans[0] == scans[1]
    assert [path for path, content in contents[0].items() if contents[1][path] != content] == []
    assert len(contents[0]) >= 2_000
