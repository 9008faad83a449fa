"""What all end-to-end tests share: a seeded server with the proxy in front, and repositories."""
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

import seed
from aws_server import AWSServer
from fault_proxy import FaultProxy

ROOT = Path(__file__).resolve().parents[2]
ROLE = "arn:aws:iam::123456789012:role/ParapetScan"
EXTERNAL_ID = "px-7Q3kz9vJ2mWfB4sD"
REGIONS = ["eu-west-1", "us-east-1"]
ACCESS_KEY, SECRET_KEY, TOKEN = "AKIAPLANTEDKEY000001", "planted+secret/key=0123456789abcdefghijklm", "planted-session-token-9876543210"

TENANT = f"""\
tenant: prod
account: "123456789012"
role: {ROLE}
external_id: {EXTERNAL_ID}
"""

RULE = """\
rule: mine
title: Mine
severity: low
resource: AWS::S3::Bucket
pass_when: {Versioning.Status: Enabled}
tests:
  - {expect: fail, given: {Name: b, Versioning: {Status: Suspended}}}
  - {expect: pass, given: {Name: b, Versioning: {Status: Enabled}}}
"""


def binary():
    """The program under test: the newest build, or PARAPET_BINARY."""
    if path := os.environ.get("PARAPET_BINARY"):
        return path
    builds = [ROOT / ".build" / kind / "parapet" for kind in ("release", "debug")]
    found = [path for path in builds if path.exists()]
    if not found:
        pytest.exit("parapet is not built: make release", returncode=2)
    return str(max(found, key=lambda path: path.stat().st_mtime))


class Result:
    """How a run of the program ended."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def text(self):
        return self.out + self.err

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def environment(endpoint=None, **more):
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    variables = {
        **kept, "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null", "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_SESSION_TOKEN": TOKEN, "AWS_EC2_METADATA_DISABLED": "true",
        # The server is not AWS's: no rate has to be found out.
        "PARAPET_REQUESTS_PER_SECOND": "1000"}
    if endpoint:
        variables["AWS_ENDPOINT_URL"] = endpoint
    return {**variables, **more}


def parapet(*arguments, cwd=None, endpoint=None, prefix=(), timeout=120, **variables):
    return Result(subprocess.run(
        [*prefix, binary(), *map(str, arguments)], cwd=cwd, env=environment(endpoint, **variables), capture_output=True,
        text=True, errors="replace", timeout=timeout))


def git(repository, *arguments, check=True):
    author = ["-c", "user.name=Test", "-c", "user.email=test@localhost"]
    return subprocess.run(
        ["git", "-C", str(repository), *author, *arguments], check=check, capture_output=True, text=True).stdout.strip()


def diagnostics(repository, *arguments):
    """What `parapet validate` finds, as JSON."""
    return json.loads(parapet("validate", "--format", "json", *arguments, cwd=repository.path).out)


class Repository:
    """A GitOps repository with the tenant `prod`."""

    def __init__(self, path):
        self.path = Path(path)
        made = parapet("init", self.path)
        assert made.code == 0, made
        (self.path / "tenants/example.yaml").unlink()
        self.write("tenants/prod.yaml", TENANT)
        self.commit("Add the tenant")

    def write(self, path, content):
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, message="Change"):
        git(self.path, "add", "-A")
        git(self.path, "commit", "-q", "-m", message)

    def scan(self, endpoint, *arguments, **more):
        return parapet("scan", *arguments, cwd=self.path, endpoint=endpoint, **more)

    def show(self, branch, path):
        return git(self.path, "show", f"{branch}:{path}")

    def findings(self):
        return json.loads(self.show("parapet/results", "prod/findings.json"))

    def resources(self):
        """All envelopes of the newest snapshot."""
        names = git(self.path, "ls-tree", "-r", "--name-only", "parapet/snapshots").splitlines()
        return [
            json.loads(self.show("parapet/snapshots", name))
            for name in names if name.endswith(".json") and "/_" not in name]

    def tip(self, branch):
        return git(self.path, "rev-parse", "--verify", "-q", branch, check=False)

    def state(self):
        """References and files: what a failed run must leave as it was."""
        digest = hashlib.sha256()
        for file in sorted(self.path.rglob("*")):
            if file.is_file() and ".git" not in file.relative_to(self.path).parts:
                digest.update(str(file).encode() + file.read_bytes())
        return git(self.path, "for-each-ref", check=False), digest.hexdigest()


def verdicts(path):
    """The decisions that `--verdicts` wrote, by rule and resource."""
    lines = [json.loads(line) for line in Path(path).read_text().splitlines()]
    return {(line["rule"], line["type"], line["id"], line["region"]): line for line in lines}


@pytest.fixture(scope="session")
def server():
    """One seeded account for all tests that only read it."""
    with AWSServer() as server:
        seed.seed(server.url)
        yield server


@pytest.fixture
def own_server():
    """A server that a test may change, seeded."""
    with AWSServer() as server:
        seed.seed(server.url)
        yield server


@pytest.fixture
def proxy(server):
    with FaultProxy(server.url, trust={ROLE: EXTERNAL_ID}) as proxy:
        yield proxy


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "posture")
