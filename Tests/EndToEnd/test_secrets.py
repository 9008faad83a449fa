"""No secret that people leave in an account reaches an output, a file or a git object."""
import base64
import gzip
import json
import random
import string

import pytest

import seed
from conftest import verdicts
from test_credentials import everything

REGION = "eu-west-1"
RULE = """\
rule: user-data
title: User data has no secrets
severity: low
resource: AWS::EC2::Instance
message: "secrets in {UserData.Secrets}"
pass_when: {UserData.Secrets: {count: {eq: 0}}}
tests:
  - {expect: fail, given: {UserData: {Secrets: [{Line: 1, Kind: jwt}]}}}
  - {expect: pass, given: {UserData: {Secrets: []}}}
  - {expect: unknown, given: {UserData: !uncollected AccessDenied}}
"""


def text(alphabet, count, source=random.Random(20260115)):
    return "".join(source.choice(alphabet) for _ in range(count))


MIXED = string.ascii_letters + string.digits
UPPER = string.ascii_uppercase + "234567"
SECRETS = {
    "aws-access-key": "AKIA" + text(UPPER, 16), "aws-secret-key": text(MIXED + "+/", 40), "github-token": "ghp_" + text(MIXED, 36),
    "slack-token": "xoxb-" + text(string.digits, 24), "stripe-key": "sk_live_" + text(MIXED, 24),
    "jwt": f"eyJ{text(MIXED, 30)}.eyJ{text(MIXED, 60)}.{text(MIXED, 43)}", "google-api-key": "AIza" + text(MIXED, 35),
    "npm-token": "npm_" + text(MIXED, 36), "high-entropy": text(MIXED, 32), "password-like-key": text(string.ascii_lowercase, 12),
    "private-key": f"-----BEGIN PRIVATE KEY-----\n{text(MIXED, 64)}\n-----END PRIVATE KEY-----",
}


def script(kind):
    value = SECRETS[kind]
    return f"#!/bin/bash\necho start\nexport DB_PASSWORD='{value}'\necho '{value}'\n" if kind != "password-like-key" else (
        f"#!/bin/bash\necho start\nexport DB_PASSWORD='{value}'\n")


def run(ec2, user_data, tags):
    """Starts an instance; user data is sent as it is."""
    return ec2.run_instances(
        ImageId="ami-12c6146b", InstanceType="t3.micro", MinCount=1, MaxCount=1, UserData=user_data,
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": key, "Value": tags[key]} for key in tags]}],
    )["Instances"][0]["InstanceId"]


@pytest.fixture
def planted(own_server):
    """Instance -> what was planted in it."""
    account = seed.Account(own_server.url)
    ec2 = account.client("ec2", REGION)
    found = {}
    for kind, secret in SECRETS.items():
        # What people make up is a secret for its name alone.
        more = {} if kind == "password-like-key" else {"note": secret}
        found[run(ec2, script(kind), {"Name": kind, "apiKey": secret, **more})] = kind
    found[run(ec2, "#!/bin/bash\necho nothing", {"Name": "none"})] = "none"
    found[run(ec2, gzip.compress(script("github-token").encode()), {"Name": "gzip"})] = "gzip"
    found[run(ec2, bytes(range(256)), {"Name": "binary"})] = "binary"
    s3 = account.client("s3", REGION)
    s3.put_bucket_tagging(Bucket=s3.list_buckets()["Buckets"][0]["Name"], Tagging={
        "TagSet": [{"Key": "token", "Value": SECRETS["github-token"]}]})
    return found


def leaks(content, secret):
    """Stretches of 8 characters of the secret that stand in the content, as they are or in base 64."""
    parts = [secret[start:start + 8] for start in range(len(secret) - 7) if "-----" not in secret[start:start + 8]]
    encoded = [base64.b64encode(secret.encode()[shift:])[:-4].decode() for shift in range(3)]
    return [part for part in parts + encoded if part.encode() in content]


def test_planted_secrets_stay_where_they_are(planted, own_server, repository, tmp_path):
    repository.write("policies/ec2/user-data.yaml", RULE)
    repository.commit()
    result = repository.scan(own_server.url, "--verbose", "--verdicts", tmp_path / "verdicts.ndjson")
    assert result.code in (1, 3), result
    instances = {one["id"]: one for one in repository.resources() if one["id"] in planted}
    assert len(instances) == len(planted)
    decided = verdicts(tmp_path / "verdicts.ndjson")
    for id, kind in planted.items():
        one, data = instances[id], instances[id]["config"]["UserData"]
        verdict = decided["user-data", "AWS::EC2::Instance", id, REGION]["verdict"]
        if kind == "none":
            assert (data["Secrets"], verdict) == ([], "pass")
        elif kind == "binary":
            assert "Secrets" not in data
            assert (one["uncollected"]["UserData/Secrets"], verdict) == ("NotText", "unknown")
        elif kind == "gzip":
            assert data["Encoding"] == "gzip"
            assert verdict == "fail"
        else:
            assert data["Secrets"][0]["Line"] == 3, (kind, data)
            assert kind in {secret["Kind"] for secret in data["Secrets"]}, (kind, data)
            assert one["tags"]["Name"] == kind
            assert one["tags"]["apiKey"].startswith("(secret "), one["tags"]
            assert verdict == "fail"
    outputs = list(everything(repository)) + [
        ("output", result.text.encode()), ("verdicts", (tmp_path / "verdicts.ndjson").read_bytes())]
    assert len(outputs) > 10
    assert any(b"(secret github-token " in content for _, content in outputs)
    for kind, secret in SECRETS.items():
        for where, content in outputs:
            assert not leaks(content, secret), (kind, where)


def test_equal_secrets_are_equal_between_scans_and_rotations_show(own_server, repository):
    ec2 = seed.Account(own_server.url).client("ec2", REGION)
    id = run(ec2, script("github-token"), {"Name": "x", "password": "hunter2"})

    def hashes(**variables):
        repository.scan(own_server.url, **variables)
        one = next(one for one in repository.resources() if one["id"] == id)
        return [secret.get("Hash") for secret in one["config"]["UserData"]["Secrets"]], one["tags"]["password"]

    first = hashes()
    assert all(len(hash) == 16 for hash in first[0])
    assert first[1] == "(secret password-like-key)"
    assert hashes() == first
    keyed = hashes(PARAPET_DIGEST_KEY="0123456789abcdef0123456789abcdef")
    assert keyed[0] != first[0]
    assert len(keyed[1]) == len("(secret password-like-key 0123456789abcdef)")
    ec2.modify_instance_attribute(InstanceId=id, UserData={"Value": base64.b64encode(script("npm-token").encode())})
    assert hashes()[0] != first[0]


def test_a_short_key_is_refused(repository, own_server):
    result = repository.scan(own_server.url, PARAPET_DIGEST_KEY="short")
    assert result.code == 2
    assert "PARAPET_DIGEST_KEY is shorter than 16 bytes" in result.err
