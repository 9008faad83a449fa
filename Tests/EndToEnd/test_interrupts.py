"""Scans and collections that are ended at random moments: whatever is left is whole."""
import json
import os
import random
import re
import signal
import subprocess
import time

import pytest

from conftest import ACCESS_KEY, SECRET_KEY, TOKEN, binary, environment, git
from fault_proxy import FaultProxy, slow

BRANCHES = ["parapet/snapshots", "parapet/results", "parapet/journal"]
SEED = 20260115


class Runs:
    """Starts the program, ends it by a signal, and looks at what it left."""

    def __init__(self, repository, proxy, temporary):
        self.repository, self.proxy, self.temporary = repository, proxy, temporary
        self.scan = None
        self.temporary.mkdir()
        repository.write("tenants/_defaults.yaml", "scanners: [s3, ebs]\nregions: [eu-west-1, us-east-1]\n")
        repository.commit()

    def start(self, *arguments):
        return subprocess.Popen(
            [binary(), *map(str, arguments)], cwd=self.repository.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=environment(self.proxy.url, TMPDIR=str(self.temporary)))

    def end(self, process, kind, wait):
        """Sends a signal after `wait`; returns whether it hit, and what was printed."""
        wait(process)
        process.send_signal(kind)
        out, err = process.communicate(timeout=60)
        # The program starts to catch signals some milliseconds after its start.
        was_hit = process.returncode in (130, -signal.SIGINT, -signal.SIGKILL)
        assert was_hit or process.returncode in (0, 1, 3), (process.returncode, err)
        if process.returncode == 130:
            assert kind == signal.SIGINT
            assert re.search(r"^error: interrupted(: .+)?$", err, re.M), err
        return was_hit, out, err

    def tips(self):
        return [self.repository.tip(branch) for branch in BRANCHES]

    def check_landings(self):
        """Results name a snapshot that is there and holds what it says; the journal names both."""
        snapshots, results, journal = self.tips()
        if not any((snapshots, results, journal)):
            return 0
        git(self.repository.path, "fsck", "--strict", "--no-dangling")
        for name in git(self.repository.path, "ls-tree", "-r", "--name-only", "parapet/results").splitlines():
            if name.endswith(".json"):
                json.loads(self.repository.show("parapet/results", name))
        scan = json.loads(self.repository.show("parapet/snapshots", "prod/_scan.json"))
        assert "AWS::S3::Bucket" in scan["types"] and scan == (self.scan or scan)
        self.scan = scan
        [name] = git(self.repository.path, "ls-tree", "-r", "--name-only", "parapet/journal").splitlines()
        lines = [json.loads(line) for line in self.repository.show("parapet/journal", name).splitlines()]
        assert (lines[-1]["snapshot"], lines[-1]["results"]) == (snapshots, results)
        return len(lines)

    def check_no_secrets(self, *folders):
        planted = [text.encode() for text in (ACCESS_KEY, SECRET_KEY, TOKEN, *self.proxy.secrets)]
        assert len(planted) > 3
        for folder in (self.temporary, self.repository.path, *folders):
            for file in folder.rglob("*"):
                if file.is_file():
                    content = file.read_bytes()
                    assert not any(secret in content for secret in planted), file


@pytest.fixture
def runs(repository, proxy, tmp_path):
    return Runs(repository, proxy, tmp_path / "temporary")


def after(seconds):
    return lambda process: time.sleep(seconds)


def once_noted(record, seconds):
    """Waits until references are locked, and a moment longer."""
    def wait(process):
        while process.poll() is None and not (record.exists() and record.stat().st_size > 0):
            time.sleep(0.0005)
        time.sleep(seconds)
    return wait


def test_scans_that_are_ended_at_random_land_whole_or_not_at_all(runs):
    pick = random.Random(SEED)
    record = runs.repository.path / ".git/parapet-references"
    began = time.monotonic()
    runs.start("scan").communicate()
    whole = time.monotonic() - began
    landings, hits = runs.check_landings(), {signal.SIGINT: 0, signal.SIGKILL: 0}
    assert landings == 1
    for number in range(36):
        kind = (signal.SIGINT, signal.SIGKILL)[number % 2]
        # Every third within the landing, or in the look at the locks before it.
        near = number % 3 == 0
        wait = once_noted(record, pick.uniform(0, 0.02)) if near else after(pick.uniform(0.02, whole))
        before = runs.tips()
        was_hit, _, err = runs.end(runs.start("scan"), kind, wait)
        hits[kind] += was_hit
        assert "locked" not in err, err
        if kind == signal.SIGINT and was_hit:
            # Nothing is left to be put in order.
            landed = "have landed" in err
            assert (runs.tips() != before) == landed, err
            assert runs.check_landings() == landings + landed
            assert not list((runs.repository.path / ".git").rglob("*.lock"))
            landings += landed
        else:
            # The next one puts in order what is left.
            process = runs.start("scan")
            _, err = process.communicate()
            assert process.returncode in (1, 3), err
            found = runs.check_landings()
            assert found in (landings + 1, landings + 2)
            landings = found
        assert git(runs.repository.path, "for-each-ref", "refs/parapet") == ""
    # How many find the program still at work is a matter of the machine.
    assert min(hits.values()) >= 5, hits
    runs.check_no_secrets()


def test_collections_that_are_ended_at_random_are_whole_or_absent(runs, tmp_path):
    pick = random.Random(SEED + 1)
    out = tmp_path / "out" / "snapshot"
    began = time.monotonic()
    runs.start("collect", "prod", "--out", out).communicate()
    whole = time.monotonic() - began
    expected = {file.relative_to(out) for file in out.rglob("*.json")}
    before, hits = runs.tips(), 0
    for number in range(14):
        subprocess.run(["rm", "-rf", str(out.parent)], check=True)
        kind = (signal.SIGINT, signal.SIGKILL)[number % 2]
        wait = after(pick.uniform(0.02, whole))
        if number % 3 == 0:
            def wait(process, more=pick.uniform(0, 0.01)):
                while process.poll() is None and not list(out.parent.glob(".*")) and not out.exists():
                    time.sleep(0.0005)
                time.sleep(more)
        was_hit, _, err = runs.end(runs.start("collect", "prod", "--out", out), kind, wait)
        hits += was_hit
        if kind == signal.SIGINT and was_hit:
            assert out.exists() == ("is written" in err or "the snapshot is in" in err), err
            assert not out.parent.exists() or list(out.parent.iterdir()) == [out]
        if out.exists():
            assert {file.relative_to(out) for file in out.rglob("*.json")} == expected
            for file in out.rglob("*.json"):
                json.loads(file.read_text())
    assert hits >= 7 and runs.tips() == before == ["", "", ""]
    subprocess.run(["rm", "-rf", str(out)], check=True)
    process = runs.start("collect", "prod", "--out", out)
    process.communicate()
    assert process.returncode in (0, 3) and list(out.parent.iterdir()) == [out]
    runs.check_no_secrets(tmp_path / "out")


def test_a_folder_of_many_files_is_whole_or_absent(runs, tmp_path):
    """Long enough under way to be hit while it writes."""
    pick = random.Random(SEED + 2)
    items = [{
        "configurationItemCaptureTime": "2026-01-10T00:00:00.000Z", "awsAccountId": "111122223333",
        "configurationItemStatus": "OK", "resourceType": "AWS::EC2::Volume", "resourceId": f"vol-{number}",
        "awsRegion": "eu-west-1", "tags": {}, "supplementaryConfiguration": {},
        "configuration": {"volumeId": f"vol-{number}", "size": 8, "encrypted": False}} for number in range(400)]
    file = tmp_path / "x_ConfigSnapshot_20260115T093000Z_x.json"
    file.write_text(json.dumps({"fileVersion": "1.0", "configurationItems": items}))
    out = tmp_path / "out" / "snapshot"
    caught = 0
    for number in range(8):
        subprocess.run(["rm", "-rf", str(out)], check=True)
        kind = (signal.SIGINT, signal.SIGKILL)[number % 2]

        def wait(process, more=pick.uniform(0, 0.01)):
            while process.poll() is None and not out.exists() and not list(tmp_path.glob("out/.*")):
                time.sleep(0.0002)
            time.sleep(more)
        process = runs.start("snapshot", "import", "--aws-config", file, "--out", out)
        was_hit, _, err = runs.end(process, kind, wait)
        unfinished = list(tmp_path.glob("out/.*"))
        caught += was_hit and (kind == signal.SIGINT or bool(unfinished))
        assert kind == signal.SIGKILL or not unfinished
        assert not out.exists() or len(list(out.rglob("*.json"))) == 401
        assert kind == signal.SIGKILL or not was_hit or out.exists()
        if number % 2:
            # What was left is no obstacle, and goes.
            subprocess.run(["rm", "-rf", str(out)], check=True)
            process = runs.start("snapshot", "import", "--aws-config", file, "--out", out)
            process.communicate()
            assert process.returncode == 0 and list(out.parent.iterdir()) == [out]
    assert caught >= 4


def test_an_interrupt_says_which_tenants_have_landed(runs):
    role = "arn:aws:iam::123456789012:role/Scan-z"
    runs.repository.write(
        "tenants/z.yaml", f'tenant: z\naccount: "123456789012"\nrole: {role}\nexternal_id: px-of-tenant-z\n')
    runs.repository.commit()
    runs.proxy.trust[role] = "px-of-tenant-z"
    process = runs.start("scan", "--jobs", "1", "--log-format", "json")
    while process.poll() is None and not runs.repository.tip("parapet/journal"):
        time.sleep(0.01)
    runs.proxy.fail("s3", "*", slow(5))
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130, err
    last = json.loads(err.splitlines()[-1])
    assert last["level"] == "error"
    assert last["message"] == "interrupted: the results of prod have landed, and nothing else"


def test_a_landing_under_way_is_finished_first(runs):
    """And a second interrupt ends it at once; the next scan goes on all the same."""
    other = os.open(runs.repository.path / ".git/parapet-references", os.O_RDWR | os.O_CREAT)
    import fcntl
    process = runs.start("scan")
    time.sleep(0.3)
    fcntl.flock(other, fcntl.LOCK_EX)
    waits = runs.start("scan")
    time.sleep(1)
    waits.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert waits.poll() is None
    waits.send_signal(signal.SIGINT)
    _, err = waits.communicate(timeout=10)
    assert waits.returncode == 130
    assert "what is being written is finished first" in err and "error: interrupted: nothing has landed" in err
    fcntl.flock(other, fcntl.LOCK_UN)
    os.close(other)
    process.communicate(timeout=60)
    assert process.returncode in (1, 3) and runs.check_landings() == 1
